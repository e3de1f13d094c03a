import { join, resolve } from 'node:path';
import type { OutFolder } from '../../pipeline/index.ts';
import { makeFolder, writeFileAtomically } from '../../tables/index.ts';

/** A file of the import, by its name in the folder. */
export interface Written {
  readonly name: string;
  readonly text: string;
}

/** Writes the files of an import into its folder. */
export function writeImport(out: OutFolder, files: readonly Written[]): void {
  makeFolder(resolve(out.path));
  for (const { name, text } of files) writeFileAtomically(join(out.path, name), text);
}

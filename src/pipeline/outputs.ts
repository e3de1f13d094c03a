import { readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordOutput, RunLog } from '../batch/index.ts';
import { jsonValue, sha256, writeFileAtomically } from '../tables/index.ts';

/** The files that a run writes into its folder, each whole or not at all. */
export interface Outputs {
  /** @param path relative to the folder, with `/` */
  write(path: string, text: string): void;
  /** What was written so far, for the record. */
  readonly written: readonly RecordOutput[];
}

export function openOutputs(folder: string, log: RunLog): Outputs {
  const written: RecordOutput[] = [];
  return {
    written,
    write(path, text) {
      writeFileAtomically(join(folder, path), text);
      written.push({ path, sha256: sha256(text) });
      log.write('wrote', { path });
    },
  };
}

/**
 * Removes what an earlier run wrote here and this one did not, so that no table of other tubes or rules stays beside ours.
 * Goes by the list in the former run.json: files that it does not name are not touched. Nor are those of another command:
 * `analyze` on the table of a run, into the same folder, must not take away the table that it reads.
 */
export function removeFormerOutputs(folder: string, command: string, written: readonly RecordOutput[]): void {
  const current = new Set(written.map((one) => one.path));
  for (const path of formerOutputs(join(folder, 'run.json'), command)) {
    if (isInside(path) && !current.has(path)) rmSync(join(folder, path), { force: true });
  }
}

/** Where `export` lists what it wrote of a run. */
const EXPORTS = 'exports/exports.json';

/** Removes the exports of the run that was here before: they would tell of other results than the tables beside them. */
export function removeFormerExports(folder: string): void {
  const list = join(folder, EXPORTS);
  if (!statSync(list, { throwIfNoEntry: false })?.isFile()) return;
  const found = jsonValue(readFileSync(list, 'utf8'));
  const files = typeof found === 'object' && found !== null && 'files' in found ? pathsOf(found.files) : [];
  for (const path of [...files, EXPORTS]) if (isInside(path)) rmSync(join(folder, path), { force: true });
  removeEmptyFolders(join(folder, 'exports'));
}

/** Folders of a folder that hold nothing any more, and itself; what a person put there stays. */
function removeEmptyFolders(path: string): void {
  const inner = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of inner) removeEmptyFolders(join(path, name));
  if (readdirSync(path).length === 0) rmdirSync(path);
}

const isInside = (path: string): boolean => !path.split('/').includes('..') && !path.startsWith('/');

function formerOutputs(record: string, command: string): string[] {
  if (!statSync(record, { throwIfNoEntry: false })?.isFile()) return [];
  const found = jsonValue(readFileSync(record, 'utf8'));
  if (typeof found !== 'object' || found === null || !('outputs' in found)) return [];
  return 'command' in found && found.command === command ? pathsOf(found.outputs) : [];
}

function pathsOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'path' in one && typeof one.path === 'string' ? [one.path] : [],
  );
}

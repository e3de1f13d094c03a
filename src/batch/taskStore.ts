import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { makeFolder, sha256, writeFileAtomically } from '../tables/index.ts';
import type { TubeResult } from '../tube/index.ts';

/** Finished tasks of a run, each one a file: so a run that was killed goes on where it stopped. */
export interface TaskStore {
  /**
   * What is kept under a key; undefined where there is none, or where its file is damaged. Who asks knows what is kept under
   * its own keys: results of tubes, where nothing else is said.
   */
  read<T = TubeResult>(key: string): T | undefined;
  write(key: string, result: unknown): void;
  /** Removes the files of all others: those of earlier versions of template, sheet or files. */
  keepOnly(keys: ReadonlySet<string>): void;
}

const suffix = '.task';
const digestLength = 64;

/** A store in a folder of our own; the folder is made at the first write. */
export function taskStore(folder: string): TaskStore {
  const fileOf = (key: string) => join(folder, `${key}${suffix}`);
  return {
    read: (key) => readTask(fileOf(key)),
    write(key, result) {
      makeFolder(folder);
      // Densities are mostly empty bins: packed at the quickest level they take a tenth of the disk.
      const content = deflateRawSync(serialize(result), { level: 1 });
      writeFileAtomically(fileOf(key), Buffer.concat([Buffer.from(sha256(content), 'latin1'), content]));
    },
    keepOnly(keys) {
      if (statSync(folder, { throwIfNoEntry: false }) === undefined) return;
      const others = readdirSync(folder).filter(
        (name) => name.endsWith(suffix) && !keys.has(name.slice(0, -suffix.length)),
      );
      for (const name of others) rmSync(join(folder, name), { force: true });
    },
  };
}

// The digest in front proves that the content is what this program wrote, whole: it needs no second check of its shape.
function readTask<T>(path: string): T | undefined {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const bytes = readFileSync(path);
  const content = bytes.subarray(digestLength);
  if (bytes.toString('latin1', 0, digestLength) !== sha256(content)) return undefined;
  const result: T = deserialize(inflateRawSync(content));
  return result;
}

import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { makeFolder } from './makeFolder.ts';

/**
 * Writes a whole file under a temporary name beside it, syncs, renames: a reader sees the old file or the new one,
 * never half of one. Parent folders are made. Throws what the system says (disk full, not writable).
 */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  makeFolder(dirname(resolve(path)));
  writeFileAtomic.sync(path, typeof content === 'string' ? content : Buffer.from(content));
}

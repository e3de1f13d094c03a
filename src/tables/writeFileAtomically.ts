import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/**
 * Writes a whole file under a temporary name beside it, syncs, renames: a reader sees the old file or the new one,
 * never half of one. Parent folders are made. Throws what the system says (disk full, not writable).
 */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileAtomic.sync(path, typeof content === 'string' ? content : Buffer.from(content));
}

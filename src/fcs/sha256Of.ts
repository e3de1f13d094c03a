import { createHash } from 'node:crypto';
import type { ByteSource } from './byteSource.ts';

/** A file may be of any size: it is hashed by so many bytes at a time. */
const BLOCK_BYTES = 1 << 20;

/**
 * SHA-256 of all bytes of a file, as 64 lower-case hex digits. Of bytes in memory `tables` makes it.
 * @throws what the system says where the file cannot be read
 */
export function sha256Of(source: ByteSource): string {
  const hash = createHash('sha256');
  for (let done = 0; done < source.sizeBytes; done += BLOCK_BYTES) {
    hash.update(source.read(done, Math.min(BLOCK_BYTES, source.sizeBytes - done)));
  }
  return hash.digest('hex');
}

import { createHash } from 'node:crypto';
import type { FcsFile, OpenSource } from '../fcs/index.ts';

/** Hashes a whole file of which DATA is read anyhow: its bytes pass by, the others are read here. */
export interface HashedFile {
  /** Bytes of DATA, in their order. */
  readonly add: (bytes: Uint8Array) => void;
  /** SHA-256 of the file, as of `sha256Of`; asked for once, after the last byte of DATA. */
  readonly sha256: () => string;
}

/** The rest of a file is read by so many bytes at a time. */
const PART_BYTES = 1 << 20;

export function hashedFile(source: OpenSource, { layout }: FcsFile): HashedFile {
  const hash = createHash('sha256');
  const read = (from: number, to: number): void => {
    for (let at = from; at < to; at += PART_BYTES) hash.update(source.read(at, Math.min(PART_BYTES, to - at)));
  };
  let at = Math.min(layout.offsetBytes, source.sizeBytes);
  read(0, at);
  return {
    add(bytes) {
      hash.update(bytes);
      at += bytes.length;
    },
    sha256() {
      read(at, source.sizeBytes);
      return hash.digest('hex');
    },
  };
}

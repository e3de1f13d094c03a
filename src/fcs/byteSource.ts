import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that can be asked for by place: a file on disk, or an array in memory. */
export interface ByteSource {
  /** Name for problems: what a person should see, never a full path. */
  readonly name: string;
  readonly sizeBytes: number;
  /**
   * @param offsetBytes from the start of the file; may pass 2³², may lie past the end
   * @param lengthBytes how many are wanted
   * @param into where they may be put, at its beginning, instead of a new array; as long as is wanted, or longer
   * @returns the bytes there are: fewer than wanted at the end of the file, none past it; not to be written to, unless they
   *   lie in `into`
   */
  read(offsetBytes: number, lengthBytes: number, into?: Uint8Array): Uint8Array;
}

export interface OpenSource extends ByteSource {
  close(): void;
}

/**
 * Opens a file for reading by place; the caller closes it. Nothing is read ahead.
 * @param displayName the name that problems show; default: the last part of the path
 * @throws what the system says where the file cannot be opened or read
 */
export function openFile(path: string, displayName?: string): OpenSource {
  const descriptor = openSync(path, 'r');
  return {
    name: displayName ?? lastPart(path),
    sizeBytes: sizeOrClose(descriptor),
    read: (offsetBytes, lengthBytes, into) => readAt(descriptor, offsetBytes, lengthBytes, into),
    close: () => closeSync(descriptor),
  };
}

/** The same door for bytes in memory. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    read: (offsetBytes, lengthBytes) => bytes.subarray(offsetBytes, offsetBytes + Math.max(0, lengthBytes)),
  };
}

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function sizeOrClose(descriptor: number): number {
  try {
    const status = fstatSync(descriptor);
    // A folder opens like a file, and fails only when it is read.
    if (status.isDirectory()) throw Object.assign(new Error('EISDIR: a folder, not a file'), { code: 'EISDIR' });
    return status.size;
  } catch (fault) {
    closeSync(descriptor);
    throw fault;
  }
}

function readAt(descriptor: number, offsetBytes: number, lengthBytes: number, into?: Uint8Array): Uint8Array {
  const length = Math.max(0, lengthBytes);
  const bytes = into === undefined ? new Uint8Array(length) : into.subarray(0, length);
  let filled = 0;
  // One call may return less than asked for, also inside a file.
  while (filled < bytes.length) {
    const got = readSync(descriptor, bytes, filled, bytes.length - filled, offsetBytes + filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}

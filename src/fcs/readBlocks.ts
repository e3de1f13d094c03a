import type { ByteSource } from './byteSource.ts';
import type { FcsFile } from './fcsFile.ts';

/** Whole events of DATA, as bytes. */
export interface RowBlock {
  readonly firstEvent: number;
  readonly eventCount: number;
  /** The first value begins at this bit of `bytes`: 0 unless events are no whole bytes. */
  readonly firstBit: number;
  readonly bytes: Uint8Array;
}

// About what a core's cache holds; at least a thousand rows, unless a row is enormous.
const wantedBytes = 1 << 20;
const fewestRows = 1_000;
const mostRows = 16_000;
const mostBytes = 1 << 24;

/** Events in a block of this file: 1 000 to 16 000, fewer where 1 000 would be more than 16 MiB. */
function rowsPerBlock(eventBits: number): number {
  const eventBytes = Math.max(1, eventBits / 8);
  const wanted = Math.min(mostRows, Math.max(fewestRows, Math.floor(wantedBytes / eventBytes)));
  const rows = Math.max(1, Math.min(wanted, Math.floor(mostBytes / eventBytes)));
  // Events of odd bits begin at whole bytes again every eighth.
  return eventBits % 8 === 0 || rows < 8 ? rows : rows - (rows % 8);
}

/**
 * The events of a file in blocks of whole rows, in file order; nothing for free text, which has no rows.
 * @throws where the source gives fewer bytes than when the file was described: it changed while it was read
 */
export function* readBlocks(source: ByteSource, file: FcsFile): Generator<RowBlock> {
  const { eventBits, offsetBytes } = file.layout;
  if (eventBits === 0) return;
  const step = rowsPerBlock(eventBits);
  for (let firstEvent = 0; firstEvent < file.eventCount; firstEvent += step) {
    const eventCount = Math.min(step, file.eventCount - firstEvent);
    const startBit = firstEvent * eventBits;
    const startByte = Math.floor(startBit / 8);
    const lengthBytes = Math.ceil(((firstEvent + eventCount) * eventBits) / 8) - startByte;
    const bytes = source.read(offsetBytes + startByte, lengthBytes);
    if (bytes.length < lengthBytes) throw new Error(`${file.name} became shorter while it was read`);
    yield { firstEvent, eventCount, firstBit: startBit - 8 * startByte, bytes };
  }
}

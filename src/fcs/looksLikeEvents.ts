import type { ByteSource } from './byteSource.ts';
import { columnDecoder } from './decodeColumn.ts';
import type { ByteOrder, FcsParameter } from './fcsFile.ts';

const sampledEvents = 512;
// Cells beyond all that were seen before are rare, and bytes that are no events mostly lie far outside.
const leastShareInside = 0.9;

/** Events that begin at `firstEvent`, counted from the begin of DATA, beyond its end too. */
interface Stretch {
  readonly firstEvent: number;
  readonly eventCount: number;
}

interface Rows {
  readonly offsetBytes: number;
  readonly eventBits: number;
  readonly byteOrder: ByteOrder;
  readonly parameters: readonly FcsParameter[];
}

/**
 * True where the values of a stretch lie where those of DATA do: nearly all in their range, as wide again on either side,
 * bits above $PnR included. Time goes on, and is not asked; text is none, though bytes of text are small integers.
 */
export function looksLikeEvents(source: ByteSource, rows: Rows, known: Stretch, asked: Stretch): boolean {
  if (known.eventCount === 0 || asked.eventCount === 0) return false;
  const parameters = rows.parameters.filter(({ dataType, isTime }) => dataType !== 'A' && !isTime);
  const before = columnsOf(source, { ...rows, parameters }, known);
  const behind = columnsOf(source, { ...rows, parameters }, asked);
  if (isText(behind.bytes) && !isText(before.bytes)) return false;
  let inside = 0;
  let all = 0;
  for (const [c, column] of behind.columns.entries()) {
    const { low, high } = wideRange(before.columns[c] ?? column);
    all += column.length;
    inside += column.filter((value) => value >= low && value <= high).length;
  }
  return all > 0 && inside >= leastShareInside * all;
}

function columnsOf(
  source: ByteSource,
  { offsetBytes, eventBits, byteOrder, parameters }: Rows,
  stretch: Stretch,
): { bytes: Uint8Array; columns: Float64Array[] } {
  const eventCount = Math.min(sampledEvents, stretch.eventCount);
  const startBit = stretch.firstEvent * eventBits;
  const startByte = Math.floor(startBit / 8);
  const endByte = Math.ceil((startBit + eventCount * eventBits) / 8);
  const bytes = source.read(offsetBytes + startByte, endByte - startByte);
  const block = { firstEvent: 0, eventCount, firstBit: startBit - 8 * startByte, bytes };
  const columns = parameters.map((parameter) => {
    const column = new Float64Array(eventCount);
    columnDecoder({ ...parameter, maskBits: parameter.bits }, eventBits, byteOrder)(block, column);
    return column;
  });
  return { bytes, columns };
}

function wideRange(column: Float64Array): { low: number; high: number } {
  const finite = column.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const span = Math.max(high - low, Math.abs(high), 1);
  return { low: low - span, high: high + span };
}

/** Text, or a checksum, filled up with zeros. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0 || (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13));
}

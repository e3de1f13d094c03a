import type { ByteSource } from './byteSource.ts';
import { columnDecoder, type DecodeColumn } from './decodeColumn.ts';
import type { FcsFile } from './fcsFile.ts';
import { linearise } from './linearise.ts';
import { readColumns } from './readColumns.ts';

/** Events read in one piece. */
const RUN_EVENTS = 8;

/** Events in a row. */
export interface EventRange {
  readonly firstEvent: number;
  readonly eventCount: number;
}

/**
 * Some events of a file, all parameters: short runs spread evenly over it, so that a large file costs as little as a small one.
 * @param mostEvents about how many; a file with fewer is read whole
 * @returns one column a parameter, in the file's order; log amplifiers made linear, gain not applied, NaN and infinities kept
 */
export function readSample(source: ByteSource, file: FcsFile, mostEvents: number): readonly Float64Array[] {
  return readRanges(source, file, spreadRanges(file.eventCount, mostEvents));
}

/** As `readSample`, of events in a row; the file must hold them. */
export function readEventRange(source: ByteSource, file: FcsFile, range: EventRange): readonly Float64Array[] {
  return readRanges(source, file, [range]);
}

function spreadRanges(eventCount: number, mostEvents: number): readonly EventRange[] {
  if (eventCount === 0) return [];
  if (eventCount <= mostEvents) return [{ firstEvent: 0, eventCount }];
  const runs = Math.max(1, Math.floor(mostEvents / RUN_EVENTS));
  const step = (eventCount - RUN_EVENTS) / Math.max(1, runs - 1);
  return Array.from({ length: runs }, (_, run) => ({ firstEvent: Math.floor(run * step), eventCount: RUN_EVENTS }));
}

function readRanges(source: ByteSource, file: FcsFile, ranges: readonly EventRange[]): Float64Array[] {
  const { eventBits, byteOrder } = file.layout;
  const columns = eventBits === 0 ? fromText(source, file, ranges) : [];
  if (eventBits !== 0) {
    const decoders = file.parameters.map((parameter) => columnDecoder(parameter, eventBits, byteOrder));
    const count = ranges.reduce((sum, range) => sum + range.eventCount, 0);
    columns.push(...decoders.map(() => new Float64Array(count)));
    let at = 0;
    for (const range of ranges) {
      readRows(source, file, range, { decoders, columns, at });
      at += range.eventCount;
    }
  }
  for (const [c, parameter] of file.parameters.entries()) linearise(parameter, columns[c]!);
  return columns;
}

interface Target {
  readonly decoders: readonly DecodeColumn[];
  readonly columns: readonly Float64Array[];
  /** Row of the columns that takes the first event. */
  readonly at: number;
}

function readRows(
  source: ByteSource,
  file: FcsFile,
  { firstEvent, eventCount }: EventRange,
  { decoders, columns, at }: Target,
): void {
  const { eventBits, offsetBytes } = file.layout;
  const startBit = firstEvent * eventBits;
  const startByte = Math.floor(startBit / 8);
  const lengthBytes = Math.ceil((startBit + eventCount * eventBits) / 8) - startByte;
  const bytes = source.read(offsetBytes + startByte, lengthBytes);
  if (bytes.length < lengthBytes) throw new Error(`${file.name} became shorter while it was read`);
  const block = { firstEvent: at, eventCount, firstBit: startBit - 8 * startByte, bytes };
  for (const [c, decode] of decoders.entries()) decode(block, columns[c]!);
}

/** Free text has no rows to be found by position: it is read whole. */
function fromText(source: ByteSource, file: FcsFile, ranges: readonly EventRange[]): Float64Array[] {
  const indices = file.parameters.map(({ index }) => index);
  const { columns } = readColumns(source, file, indices, { amplification: 'stored' });
  const events = ranges.flatMap(({ firstEvent, eventCount }) =>
    Array.from({ length: eventCount }, (_, i) => firstEvent + i),
  );
  return columns.map((column) => Float64Array.from(events, (event) => column[event]!));
}

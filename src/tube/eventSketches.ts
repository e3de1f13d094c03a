import { type ByteSource, type FcsFile, readEventRange } from '../fcs/index.ts';

/** The lowest hashes of a tube's events: two tubes that share a twentieth of them have some dozen in common. */
const SKETCH_EVENTS = 256;
const BLOCK_EVENTS = 1 << 14;
/** Scatter is what a compensated copy, or one with a changed channel, leaves as it was. */
const scatter = /^(?:FSC?|SSC?)(?![a-z])/i;
const FEWEST_SCATTER = 3;

/**
 * What the events of a tube are known by wherever they stand in another one: shuffled, cut out of its middle, appended or
 * mixed in. Of all events the lowest hashes of their values without time, and the same of their scatter alone.
 * @returns hashes, ascending, of the one and of the other; none where events of this tube repeat each other, as few or coarse values do by chance
 */
export function eventSketches(source: ByteSource, file: FcsFile): readonly (readonly number[])[] {
  const measured = file.parameters.filter((one) => !one.isTime).map((one) => one.index - 1);
  const lit = measured.filter((i) => scatter.test(file.parameters[i]!.name));
  const sets = lit.length < FEWEST_SCATTER || lit.length === measured.length ? [measured] : [measured, lit];
  const lowest = sets.map(() => new Map<number, number>());
  const limits = sets.map(() => Number.POSITIVE_INFINITY);
  // Free text is read whole for any of its events: in one piece, not once a block.
  const blockEvents = file.layout.eventBits === 0 ? file.eventCount : BLOCK_EVENTS;
  for (let firstEvent = 0; firstEvent < file.eventCount; firstEvent += blockEvents) {
    const eventCount = Math.min(blockEvents, file.eventCount - firstEvent);
    const words = readEventRange(source, file, { firstEvent, eventCount }).map(wordsOf);
    sets.forEach((set, k) => {
      const columns = set.map((i) => words[i]!);
      limits[k] = addLowest(lowest[k]!, hashesOf(columns, eventCount), limits[k]!);
    });
  }
  return lowest.map(lowestOf);
}

/** 32-bit floats as words; a negative zero is a zero. */
function wordsOf(column: Float64Array): Uint32Array {
  const floats = new Float32Array(column.length);
  for (let i = 0; i < column.length; i++) floats[i] = column[i]! + 0;
  return new Uint32Array(floats.buffer);
}

/** 53 bits of every event. @param columns 32-bit floats as words */
function hashesOf(columns: readonly Uint32Array[], eventCount: number): Float64Array {
  const high = new Uint32Array(eventCount).fill(0x9e3779b9);
  const low = new Uint32Array(eventCount).fill(0x85ebca6b);
  for (const column of columns) {
    for (let i = 0; i < eventCount; i++) {
      high[i] = mixWord(high[i]! ^ column[i]!, 0x7feb352d);
      low[i] = mixWord(low[i]! + column[i]!, 0x846ca68b);
    }
  }
  const hashes = new Float64Array(eventCount);
  for (let i = 0; i < eventCount; i++) hashes[i] = high[i]! * 2 ** 21 + (low[i]! >>> 11);
  return hashes;
}

/** A finaliser of a 32-bit hash: every bit of the word changes about half of the bits. */
function mixWord(word: number, factor: number): number {
  let bits = Math.imul(word ^ (word >>> 16), factor);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  return bits ^ (bits >>> 16);
}

/** Counts hashes up to the limit. @returns the limit, lower where enough are known */
function addLowest(lowest: Map<number, number>, hashes: Float64Array, limit: number): number {
  let most = limit;
  for (const hash of hashes) {
    if (hash > most) continue;
    lowest.set(hash, (lowest.get(hash) ?? 0) + 1);
    if (lowest.size < 2 * SKETCH_EVENTS) continue;
    const sorted = [...lowest.keys()].sort((a, b) => a - b);
    most = sorted[SKETCH_EVENTS - 1]!;
    for (const other of sorted.slice(SKETCH_EVENTS)) lowest.delete(other);
  }
  return most;
}

function lowestOf(lowest: ReadonlyMap<number, number>): readonly number[] {
  const kept = [...lowest].sort(([a], [b]) => a - b).slice(0, SKETCH_EVENTS);
  return kept.some(([, count]) => count > 1) ? [] : kept.map(([hash]) => hash);
}

import { codeLength } from './codeLength.ts';

const groupCount = 8;
// Names one of eight channels; a file with more pays a little less than it should.
const bitsOfChoice = 3;

/**
 * Bits that it takes to describe the values of several channels, each by a smooth histogram of its own or, where that is
 * shorter, by one in each eighth of an earlier channel: what is in one population is so in many channels, and a reading
 * that mixes the bits of two channels must not be paid for having both in one.
 * @param columns integers; all of the same length
 * @param widths bits of each
 * @param deepest levels of halving that are told apart
 */
export function describedBits(columns: readonly Float64Array[], widths: readonly number[], deepest: number): number {
  const groups = columns.map(eighths);
  let sum = 0;
  for (const [c, column] of columns.entries()) {
    const bits = widths[c] ?? 0;
    let least = codeLength(column, bits, deepest);
    for (let earlier = 0; earlier < c; earlier++) {
      const own = groups[earlier] as Uint8Array;
      let length = bitsOfChoice;
      for (let group = 0; group < groupCount; group++) {
        const part = column.filter((_, event) => own[event] === group);
        if (part.length > 0) length += codeLength(part, bits, deepest);
      }
      least = Math.min(least, length);
    }
    sum += least;
  }
  return sum;
}

/** The eighth of the sorted column in which each value lies; equal values lie in one. */
function eighths(column: Float64Array): Uint8Array {
  const sorted = Float64Array.from(column).sort();
  const cuts = Array.from(
    { length: groupCount - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / groupCount)],
  );
  return Uint8Array.from(column, (value) => cuts.filter((cut) => cut !== undefined && value >= cut).length);
}

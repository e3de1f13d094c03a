import type { Spillover } from './spillover.ts';

const brightFraction = 0.05;
// Fewer bright events give no 5 % quantile.
const fewestBright = 50;
const lowestFraction = 0.05;
const smallestSpillover = 0.05;
// The lowest ratio of detector to dye equals S in raw values and lies at or below 0 in compensated ones. Measured on
// nine published tubes, raw and compensated by their own matrix: between .5 and 1.5 S for 4-15 pairs of raw tubes and
// for at most 1 of compensated ones; below .25 S for 0-4 and 5-28. A plain regression slope tells them apart in none
// of the tubes where the bright cells of one dye carry the other as well.
const rawFrom = 0.5;
const rawTo = 1.5;
const compensatedBelow = 0.25;
const fewestPairs = 3;
const majority = 3;

/** What the values say: how many pairs of dye and detector still hold their spillover, and how many have lost it. */
export interface ValuesVerdict {
  readonly verdict: 'raw' | 'compensated' | 'undecided';
  readonly pairCount: number;
  readonly rawPairCount: number;
  readonly compensatedPairCount: number;
}

/**
 * Looks at the brightest 5 % of each dye: in raw values a detector never reads less than the dye spills into it, so
 * that the lowest ratios equal S; after compensation they lie around 0 or below. Pairs with S > .05 count; a verdict
 * needs three pairs, and three times as many as speak against it.
 * @param columns one a channel of the matrix, in its order, all of one length; linear values
 */
export function spilloverInValues(spillover: Spillover, columns: readonly Float64Array[]): ValuesVerdict {
  const n = spillover.channels.length;
  const counts = { pairCount: 0, rawPairCount: 0, compensatedPairCount: 0 };
  for (let dye = 0; dye < n; dye++) {
    const bright = brightest(columns[dye] ?? new Float64Array());
    if (bright.length < fewestBright) continue;
    for (let detector = 0; detector < n; detector++) {
      const expected = spillover.matrix[dye * n + detector]!;
      if (detector === dye || expected <= smallestSpillover) continue;
      const share = lowestRatio(columns[dye]!, columns[detector]!, bright) / expected;
      counts.pairCount++;
      if (share >= rawFrom && share <= rawTo) counts.rawPairCount++;
      if (share < compensatedBelow) counts.compensatedPairCount++;
    }
  }
  return { verdict: verdictOf(counts.rawPairCount, counts.compensatedPairCount), ...counts };
}

function verdictOf(raw: number, compensated: number): ValuesVerdict['verdict'] {
  if (raw >= fewestPairs && raw >= majority * compensated) return 'raw';
  if (compensated >= fewestPairs && compensated >= majority * raw) return 'compensated';
  return 'undecided';
}

/** Indices of the brightest events of a column that lie above zero. */
function brightest(column: Float64Array): Uint32Array {
  const sorted = column.filter(Number.isFinite).sort();
  const threshold = sorted[Math.floor((1 - brightFraction) * sorted.length)] ?? 0;
  const found: number[] = [];
  column.forEach((value, i) => {
    if (value >= threshold && value > 0) found.push(i);
  });
  return Uint32Array.from(found);
}

function lowestRatio(dye: Float64Array, detector: Float64Array, events: Uint32Array): number {
  const ratios = Float64Array.from(events, (event) => detector[event]! / dye[event]!).sort();
  return ratios[Math.floor(lowestFraction * ratios.length)]!;
}

import { type PairSlopes, quantile } from './pairSlopes.ts';
import type { Spillover } from './spillover.ts';

// Measured on 14 published tubes of six instruments, raw and compensated by their own matrix, whole and 500 events of
// each (docs/fcs.md). Pairs whose lowest ratio lies at .5 to 1.5 S: 1 to 13 of a raw tube, 0 or 1 of a compensated one.
// Below .25 S: 0 to 3 of a raw tube beside 8 of the other kind, 2 to 13 of a compensated one.
const rawFrom = 0.5;
const rawTo = 1.5;
const freeBelow = 0.25;
const smallestSpillover = 0.05;
const fewestPairs = 3;
const majority = 3;
/** Of the pairs that can be seen, the part that must hold the spillover: a foreign matrix fits a few by chance. */
const leastRawPart = 0.4;
/** A pair is asked where its spillover stands two, not three, times above the noise. */
const visible = 2 / 3;
/** A matrix twice too strong leaves ratios of half of it, one that fits leaves .8 to 1.2. */
const poorestFit = 0.7;
/** Bright events that give a 5 % quantile of the ratios. */
const fewestBright = 20;
/** Above three times the noise over this ratio nothing can be seen of a pair. */
const coarsest = 0.3;
const smallestSlope = 0.03;
// What tells compensated values from raw ones beside a matrix of another panel, in which most pairs are free of *that*
// matrix's spillover too. Slopes that stand up: 14 to 50 % of the pairs of raw tubes, 0 to 15 % of compensated ones
// (cells that carry both markers). Lowest ratios below the floor, which only compensation can make: no pair of any raw
// tube, at least one of every compensated one but drawn ones without the noise of photons.
const mostSlopesWithNegative = 0.2;
const mostSlopesWithout = 0.05;
/** With fewer bright events the lowest ratio is one event's, and may lie below the floor by chance. */
const manyBright = 100;
const mostSlopesOfFew = 0.16;
const fewestSeen = 6;

/** What the values say of a matrix: how many pairs of dye and detector hold its spillover, and how many are free of it. */
export interface ValuesVerdict {
  readonly verdict: 'raw' | 'compensated' | 'undecided';
  /** Pairs with enough spillover to be seen above the noise. */
  readonly pairCount: number;
  readonly rawPairCount: number;
  readonly compensatedPairCount: number;
  /** `badly`: applying the matrix would take away what is not there; `transposed`: rows and columns seem exchanged. */
  readonly misfit: 'none' | 'badly' | 'transposed';
}

/** A misfit in words, the same wherever it is told. */
export const misfitWords = {
  badly: 'the matrix fits badly: applied, it takes away light that is not there',
  transposed: 'rows and columns of the matrix seem exchanged: the values hold the spillover of the matrix turned',
} as const satisfies Record<Exclude<ValuesVerdict['misfit'], 'none'>, string>;

/**
 * Judges by the brightest events of each dye whether values still hold the spillover of a matrix, are free of all
 * spillover, or do not go with this matrix. A verdict needs three pairs, and three times as many as speak against it.
 * @param pairs of one tube, or of several pooled
 */
export function judgePairs(
  spillover: Pick<Spillover, 'channels' | 'matrix'>,
  pairs: readonly PairSlopes[],
): ValuesVerdict {
  const usable = pairs.filter(({ count }) => count >= fewestBright);
  const own = sharesOf(spillover.matrix, spillover.channels.length, usable);
  const counts = countsOf(own);
  const verdict = verdictOf(counts, usable);
  return { verdict, ...counts, misfit: misfitOf(verdict, own, spillover, usable) };
}

interface Share {
  readonly low: number;
  readonly high: number;
}

/** Lowest and upper ratios of the pairs that can be seen, in parts of the matrix's own spillover. */
function sharesOf(matrix: ArrayLike<number>, n: number, pairs: readonly PairSlopes[]): Share[] {
  return pairs.flatMap(({ dye, detector, ratios, seen }) => {
    const expected = matrix[dye * n + detector]!;
    if (expected <= smallestSpillover || expected <= visible * seen) return [];
    return [{ low: quantile(ratios, 0.05) / expected, high: quantile(ratios, 0.75) / expected }];
  });
}

type Counts = Pick<ValuesVerdict, 'pairCount' | 'rawPairCount' | 'compensatedPairCount'>;

function countsOf(shares: readonly Share[]): Counts {
  return {
    pairCount: shares.length,
    rawPairCount: shares.filter(({ low }) => low >= rawFrom && low <= rawTo).length,
    compensatedPairCount: shares.filter(({ low }) => low < freeBelow).length,
  };
}

function looksRaw({ pairCount, rawPairCount: raw, compensatedPairCount: free }: Counts): boolean {
  return raw >= fewestPairs && raw >= majority * free && raw >= leastRawPart * pairCount;
}

/** Free of the spillover of this matrix: compensated, unless the matrix is of another panel. */
export function isFreeOfSpillover({ rawPairCount: raw, compensatedPairCount: free }: Counts): boolean {
  return free >= fewestPairs && free >= majority * raw;
}

function verdictOf(counts: Counts, pairs: readonly PairSlopes[]): ValuesVerdict['verdict'] {
  if (looksRaw(counts)) return 'raw';
  if (!isFreeOfSpillover(counts)) return 'undecided';
  return areFreeOfAnySpillover(pairs) ? 'compensated' : 'undecided';
}

/** Asked of all pairs, whatever the matrix says of them. */
function areFreeOfAnySpillover(pairs: readonly PairSlopes[]): boolean {
  const seen = pairs.filter((pair) => pair.seen < coarsest);
  if (seen.length < fewestSeen) return false;
  const lows = seen.map((pair) => ({ low: quantile(pair.ratios, 0.05), noise: pair.seen / 3 }));
  const standing = lows.filter(({ low, noise }) => low > Math.max(smallestSlope, 2 * noise)).length / seen.length;
  const hasNegative = lows.some(({ low, noise }) => low < -noise);
  const isLarge = seen.every(({ count }) => count >= manyBright);
  const most = isLarge ? mostSlopesWithNegative : mostSlopesOfFew;
  return standing <= (hasNegative ? most : mostSlopesWithout);
}

function misfitOf(
  verdict: ValuesVerdict['verdict'],
  shares: readonly Share[],
  { channels, matrix }: Pick<Spillover, 'channels' | 'matrix'>,
  pairs: readonly PairSlopes[],
): ValuesVerdict['misfit'] {
  if (verdict === 'compensated') return 'none';
  const n = channels.length;
  const counts = countsOf(shares);
  const fitting = shares
    .map(({ low }) => low)
    .filter((low) => low >= freeBelow && low <= rawTo)
    .sort((a, b) => a - b);
  if (verdict === 'raw') return quantile(fitting, 0.5) < poorestFit ? 'badly' : 'none';
  const tooMuch = shares.filter(({ high }) => high < rawFrom).length;
  const { rawPairCount: raw, compensatedPairCount: free } = counts;
  const isBad = tooMuch >= 2 || (free >= fewestPairs && free >= raw);
  if (!isBad) return 'none';
  const turned = Float64Array.from(matrix, (_, k) => matrix[(k % n) * n + Math.floor(k / n)]!);
  return looksRaw(countsOf(sharesOf(turned, n, pairs))) ? 'transposed' : 'badly';
}

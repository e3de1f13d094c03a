import { signPatternCounts } from '../distributions/rankNull.ts';
import { selectRank } from '../selectRank.ts';

/** An estimate with an interval of order statistics, whose achieved level is rarely the nominal one. */
export interface OrderInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The interval runs from the k-th smallest to the k-th largest. */
  readonly k: number;
  /** The level really kept, as a fraction. */
  readonly level: number;
  readonly reachesNominal: boolean;
}

/**
 * Hodges–Lehmann estimate of the paired shift: median of the n(n+1)/2 Walsh averages of all n differences, zeros
 * included (Hodges & Lehmann 1963), with the exact interval of Walsh order statistics and its achieved level. With
 * ties the same order statistics: the closed interval then covers at least that level.
 * @param differences later − earlier, one a subject
 * @param level nominal, as a fraction
 * @returns undefined for no differences; with one, low = high and level 0
 */
export function hodgesLehmann(differences: readonly number[], level: number): OrderInterval | undefined {
  const n = differences.length;
  if (n === 0) return undefined;
  const averages = walshAverages(differences);
  const m = averages.length;
  const { k, achieved } = orderOfLevel(n, level);
  // Four of them are read: bringing only those to their places takes a tenth of the time of sorting all.
  const middle = (m - 1) >> 1;
  const ranks = [...new Set([k - 1, middle, m >> 1, m - k])].sort((a, b) => a - b);
  for (const [r, rank] of ranks.entries()) selectRank(averages, rank, ranks[r - 1]);
  return {
    estimate: (averages[middle]! + averages[m >> 1]!) / 2,
    low: averages[k - 1]!,
    high: averages[m - k]!,
    k,
    level: achieved,
    reachesNominal: achieved >= level,
  };
}

/** In no order. */
function walshAverages(differences: readonly number[]): Float64Array {
  const n = differences.length;
  const averages = new Float64Array((n * (n + 1)) / 2);
  let next = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) averages[next++] = (differences[i]! + differences[j]!) / 2;
  }
  return averages;
}

// The smallest k with P(V ≤ k) ≥ (1 − level)/2 in the untied null, at least 1; the level is 1 − 2P(V ≤ k − 1).
function orderOfLevel(n: number, level: number): { k: number; achieved: number } {
  const { counts, total } = signPatternCounts(Array.from({ length: n }, (_, i) => i + 1));
  let k = 0;
  let below = 0;
  while ((below + counts[k]!) / total < (1 - level) / 2) below += counts[k++]!;
  return k === 0 ? { k: 1, achieved: 1 - (2 * counts[0]!) / total } : { k, achieved: 1 - (2 * below) / total };
}

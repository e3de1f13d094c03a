import { mannWhitneyCounts } from '../distributions/rankNull.ts';
import type { OrderInterval } from '../intervals/hodgesLehmann.ts';
import { midranks } from '../tieRule.ts';

export interface MannWhitneyOutcome {
  readonly status: 'ok';
  /** Mann–Whitney count of the second group. */
  readonly u: number;
  readonly p: number;
  /** p = count / total; null where the allocations pass the exact integers of a double. */
  readonly count: number | null;
  readonly total: number | null;
  /** The smallest p that groups of these sizes can give. */
  readonly smallestP: number;
  readonly method: 'exact-dp';
}

export interface NoGroups {
  readonly status: 'not_estimable';
  readonly reason: 'empty_group' | 'all_tied';
}

/**
 * Exact Mann–Whitney test of two groups with or without ties: all C(m+n, n) allocations of the midranks, counted by
 * dynamic programming over (group size, doubled rank sum); two-sided by the distance of the rank sum from its mean,
 * since with ties the null is skewed (Mann & Whitney 1947; Streitberg & Röhmel 1986).
 */
export function mannWhitney(
  first: readonly number[],
  second: readonly number[],
  tolerance: number,
): MannWhitneyOutcome | NoGroups {
  const [m, n] = [first.length, second.length];
  if (m === 0 || n === 0) return { status: 'not_estimable', reason: 'empty_group' };
  const ranks = midranks([...first, ...second], tolerance).ranks.map((rank) => Math.round(2 * rank));
  if (new Set(ranks).size === 1) return { status: 'not_estimable', reason: 'all_tied' };
  const observed = ranks.slice(m).reduce((sum, rank) => sum + rank, 0);
  const ways = allocations(ranks, n);
  // Doubled rank sums have the mean n(m + n + 1), an integer.
  const centre = n * (m + n + 1);
  const [total, far] = [sumOf(ways), Math.abs(observed - centre)];
  let count = 0;
  for (let s = 0; s < ways.length; s++) if (Math.abs(s - centre) >= far) count += ways[s]!;
  const isCounted = total <= Number.MAX_SAFE_INTEGER;
  return {
    status: 'ok',
    u: (observed - n * (n + 1)) / 2,
    p: count / total,
    count: isCounted ? count : null,
    total: isCounted ? total : null,
    smallestP: Math.min(1, 2 / total),
    method: 'exact-dp',
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** ways[s]: allocations of `size` of the doubled ranks that sum to s. */
function allocations(ranks: readonly number[], size: number): Float64Array {
  const whole = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(whole + 1));
  ways[0]![0] = 1;
  ranks.forEach((rank, seen) => {
    for (let j = Math.min(seen + 1, size); j >= 1; j--) {
      const [from, to] = [ways[j - 1]!, ways[j]!];
      for (let s = whole; s >= rank; s--) to[s]! += from[s - rank]!;
    }
  });
  return ways[size]!;
}

/**
 * Shift of the second group against the first: median of all mn differences, interval of their order statistics by the
 * untied Mann–Whitney null, with its achieved level (Hodges & Lehmann 1963).
 * @returns undefined for an empty group
 */
export function groupShift(
  first: readonly number[],
  second: readonly number[],
  level: number,
): OrderInterval | undefined {
  const differences = Float64Array.from(second.flatMap((b) => first.map((a) => b - a))).sort();
  const size = differences.length;
  if (size === 0) return undefined;
  const counts = mannWhitneyCounts(first.length, second.length);
  const total = sumOf(counts);
  let [k, below] = [0, 0];
  while ((below + counts[k]!) / total < (1 - level) / 2) below += counts[k++]!;
  // The smallest k with P(U ≤ k) ≥ (1 − level)/2, at least 1; the level is 1 − 2P(U ≤ k − 1).
  if (k === 0) [k, below] = [1, counts[0]!];
  const achieved = Math.max(0, 1 - (2 * below) / total);
  return {
    estimate: (differences[(size - 1) >> 1]! + differences[size >> 1]!) / 2,
    low: differences[k - 1]!,
    high: differences[size - k]!,
    k,
    level: achieved,
    reachesNominal: achieved >= level,
  };
}

/**
 * Null distribution of the signed-rank sum by dynamic programming: every sign pattern equally likely.
 * @param ranks integers ≥ 1 (doubled where midranks occur)
 * @returns counts[s] = number of patterns whose positive ranks sum to s; for more than 50 ranks probabilities instead,
 *   since 2^n then leaves the exact integers of a double; `total` is what they sum to.
 */
export function signPatternCounts(ranks: readonly number[]): SignPatterns {
  const key = ranks.join(' ');
  const known = lately.get(key);
  if (known !== undefined) return known;
  const made = countPatterns(ranks);
  const [oldest] = lately.size < MOST_KEPT ? [] : lately.keys();
  if (oldest !== undefined) lately.delete(oldest);
  lately.set(key, made);
  return made;
}

/** One analysis asks for the same distribution again and again: with each patient left out, and in every draw. */
const lately = new Map<string, SignPatterns>();
/** Of 300 ranks one takes 361 KB. */
const MOST_KEPT = 4;

/** Shared: not to be written to. */
type SignPatterns = {
  readonly counts: Float64Array;
  readonly total: number;
};

function countPatterns(ranks: readonly number[]): SignPatterns {
  const isExact = ranks.length <= 50;
  const sum = ranks.reduce((total, rank) => total + rank, 0);
  const counts = new Float64Array(sum + 1);
  counts[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    for (let s = reached; s >= 0; s--) counts[s + rank]! += counts[s]!;
    reached += rank;
    if (!isExact) for (let s = 0; s <= reached; s++) counts[s]! /= 2;
  }
  return { counts, total: isExact ? 2 ** ranks.length : 1 };
}

/** P(V ≤ v), V the signed-rank sum of n untied differences. */
export function signedRankLower(v: number, n: number): number {
  const { counts, total } = untiedNull(n);
  let sum = 0;
  for (let s = 0; s <= Math.min(v, counts.length - 1); s++) sum += counts[s]!;
  return sum / total;
}

/** The smallest v with P(V ≤ v) ≥ p, untied. */
export function signedRankQuantile(p: number, n: number): number {
  const { counts, total } = untiedNull(n);
  let sum = 0;
  for (let s = 0; s < counts.length; s++) {
    sum += counts[s]!;
    if (sum / total >= p) return s;
  }
  return counts.length - 1;
}

/** Number of ways in which n of m + n untied ranks give the Mann–Whitney count u, for u = 0 … mn. */
export function mannWhitneyCounts(m: number, n: number): Float64Array {
  // ways[j][s]: j chosen among the ranks so far, with rank sum s.
  const top = m + n;
  const ways = Array.from({ length: n + 1 }, () => new Float64Array((top * (top + 1)) / 2 + 1));
  ways[0]![0] = 1;
  for (let rank = 1; rank <= top; rank++) {
    for (let j = Math.min(rank, n); j >= 1; j--) {
      const [from, to] = [ways[j - 1]!, ways[j]!];
      for (let s = to.length - 1; s >= rank; s--) to[s]! += from[s - rank]!;
    }
  }
  return ways[n]!.slice((n * (n + 1)) / 2, (n * (n + 1)) / 2 + m * n + 1);
}

function untiedNull(n: number): { counts: Float64Array; total: number } {
  return signPatternCounts(Array.from({ length: n }, (_, i) => i + 1));
}

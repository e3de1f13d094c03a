/** A share as the decimal it is printed as: numerator over 10^18, exact. */
export function decimal(text: string): bigint {
  const [whole = '0', part = ''] = text.split('.');
  if (!/^\d+$/.test(whole) || !/^\d{0,18}$/.test(part)) throw new Error(`no plain decimal: ${text}`);
  return BigInt(whole) * 10n ** 18n + BigInt(part.padEnd(18, '0'));
}

export interface ExactPair {
  readonly from: bigint;
  readonly to: bigint;
}

export interface ExactSignedRank {
  readonly used: number;
  readonly zeros: number;
  readonly tied: number;
  /** Twice the sum of the ranks of the rises: an integer also with ties. */
  readonly doubledStatistic: number;
  readonly p: number;
}

/**
 * The signed-rank test (Wilcoxon, zeros dropped) with nothing rounded: sizes are compared as integers or as fractions,
 * ranks doubled to integers, sign patterns counted as integers of any length. Not the code of the package: a second way.
 */
export function exactSignedRank(pairs: readonly ExactPair[], scale: 'percent' | 'log-ratio'): ExactSignedRank {
  const moved = pairs.filter(({ from, to }) => from !== to);
  const size = ({ from, to }: ExactPair): [bigint, bigint] => {
    const [low, high] = from < to ? [from, to] : [to, from];
    return scale === 'percent' ? [high - low, 1n] : [high, low];
  };
  const compare = (a: ExactPair, b: ExactPair) => {
    const [[p, q], [r, s]] = [size(a), size(b)];
    const difference = p * s - r * q;
    if (difference === 0n) return 0;
    return difference < 0n ? -1 : 1;
  };
  const sorted = [...moved].sort(compare);
  const doubled: number[] = [];
  let tied = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && compare(sorted[start]!, sorted[end]!) === 0) end++;
    for (let i = start; i < end; i++) doubled.push(start + 1 + end);
    if (end - start > 1) tied += end - start;
    start = end;
  }
  const doubledStatistic = doubled.reduce((sum, rank, i) => sum + (sorted[i]!.to > sorted[i]!.from ? rank : 0), 0);
  return {
    used: sorted.length,
    zeros: pairs.length - sorted.length,
    tied,
    doubledStatistic,
    p: twoSided(doubled, doubledStatistic),
  };
}

function twoSided(doubled: readonly number[], statistic: number): number {
  const counts = patterns(doubled);
  const sum = (from: number, to: number) => counts.slice(from, to).reduce((total, count) => total + count, 0n);
  const [below, above] = [sum(0, statistic + 1), sum(statistic, counts.length)];
  const smaller = below < above ? below : above;
  return Math.min(1, 2 * fraction(smaller, 1n << BigInt(doubled.length)));
}

/** How many sign patterns give each sum of the ranks whose sign is plus. */
function patterns(ranks: readonly number[]): bigint[] {
  const counts = new Array<bigint>(ranks.reduce((a, b) => a + b, 0) + 1).fill(0n);
  counts[0] = 1n;
  let reached = 0;
  for (const rank of ranks) {
    for (let at = reached; at >= 0; at--) if (counts[at] !== 0n) counts[at + rank]! += counts[at]!;
    reached += rank;
  }
  return counts;
}

/** A fraction below 2^1000 as a double: 60 bits are divided out exactly. */
function fraction(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const shift = Math.max(0, denominator.toString(2).length - numerator.toString(2).length + 60);
  return Number((numerator << BigInt(shift)) / denominator) / 2 ** shift;
}

/**
 * Hodges–Lehmann on percentage points with its interval: middle and order statistics of all pairwise means, as integers.
 * @returns in units of the pairs' integers
 */
export function exactHodgesLehmann(pairs: readonly ExactPair[], level: number) {
  const d = pairs.map(({ from, to }) => to - from);
  const sums = d.flatMap((a, i) => d.slice(i).map((b) => a + b)).sort((a, b) => (a < b ? -1 : Number(a > b)));
  const count = sums.length;
  const middle = Number(sums[(count - 1) >> 1]! + sums[count >> 1]!) / 4;
  const counts = patterns(d.map((_, i) => i + 1));
  const total = 1n << BigInt(d.length);
  let k = 0;
  let below = 0n;
  while (fraction(below + counts[k]!, total) < (1 - level) / 2) below += counts[k++]!;
  k = Math.max(1, k);
  return {
    estimate: middle,
    low: Number(sums[k - 1]!) / 2,
    high: Number(sums[count - k]!) / 2,
    level: 1 - 2 * fraction(below, total),
  };
}

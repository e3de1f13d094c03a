import type { ZeroHandling } from './pairedTests/pairedTest.ts';
import type { ScaleName } from './shareScale.ts';

// A billionth: far above rounding of doubles, far below one event in any tube.
const RELATIVE_TOLERANCE = 1e-9;

/**
 * τ, below which two values count as the same number and a difference as zero. Tables hold decimals and doubles do not:
 * 0.3 − 0.1 and 1.3 − 1.1 must tie. Relative to the largest value on percent (so % and fractions agree), absolute on
 * the logarithmic scales.
 */
export function tieTolerance(scale: ScaleName, values: Iterable<number>): number {
  if (scale !== 'percent') return RELATIVE_TOLERANCE;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return RELATIVE_TOLERANCE * largest;
}

/**
 * Midranks, where a value joins its left neighbour's group if the gap is at most τ (chained).
 * @returns ranks in the order of `values`, and how many values share their group
 */
export function midranks(values: readonly number[], tolerance: number): { ranks: number[]; tied: number } {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length).fill(0);
  let tied = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!]! - values[order[end - 1]!]! <= tolerance) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    if (end - start > 1) tied += end - start;
    start = end;
  }
  return { ranks, tied };
}

export interface SignedRanks {
  /** One a difference, in order: midrank with the difference's sign; 0 for a zero. */
  readonly signed: readonly number[];
  readonly zeroCount: number;
  readonly upCount: number;
  readonly downCount: number;
  /** Non-zero differences that share their absolute value with another. */
  readonly tiedCount: number;
}

/**
 * Signed midranks of paired differences. Zeros: `wilcoxon` drops them before ranking; `pratt` ranks them lowest and then
 * drops their ranks (Pratt 1959).
 */
export function signedRanks(differences: readonly number[], tolerance: number, zeros: ZeroHandling): SignedRanks {
  const isZero = differences.map((d) => Math.abs(d) <= tolerance);
  const nonZero = differences.flatMap((d, i) => (isZero[i] ? [] : [Math.abs(d)]));
  const { ranks, tied } = midranks(nonZero, tolerance);
  const zeroCount = differences.length - nonZero.length;
  const offset = zeros === 'pratt' ? zeroCount : 0;
  let next = 0;
  const signed = differences.map((d, i) => (isZero[i] ? 0 : Math.sign(d) * (ranks[next++]! + offset)));
  const upCount = signed.filter((rank) => rank > 0).length;
  return { signed, zeroCount, upCount, downCount: nonZero.length - upCount, tiedCount: tied };
}

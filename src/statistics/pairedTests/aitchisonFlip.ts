import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { smallestSignedP } from './signedRank.ts';

export interface AitchisonFlip {
  readonly status: 'ok' | 'approximate';
  /** Length of the mean change. */
  readonly norm: number;
  readonly p: number;
  readonly count: number;
  readonly total: number;
  readonly smallestP: number;
  readonly method: 'exact-enumeration' | 'random-flips';
}

// As the sign flips of a mean; here a pattern costs as many sums as there are parts.
const MOST_ENUMERATED = 20;
const RANDOM_FLIPS = 99_999;

/**
 * Sign-flip test of a mean vector: whole patients are flipped and the length of the summed change is compared (Fisher
 * 1935, with the Aitchison norm of a mean change of centred log ratios; Aitchison 1986). Two-sided by its nature. Up to
 * 20 patients all patterns, beyond 99,999 seeded flips, p = (k+1)/(B+1).
 * @param changes one a patient: centred log ratios later − earlier, one a part
 */
export function aitchisonFlip(
  changes: readonly (readonly number[])[],
  seed: number,
): AitchisonFlip | { readonly status: 'not_estimable'; readonly reason: 'no_pairs' | 'all_zero' } {
  if (changes.length === 0) return { status: 'not_estimable', reason: 'no_pairs' };
  const size = Math.max(...changes.flat().map(Math.abs));
  // 1e-9: the tie rule of the logarithmic scales.
  if (size <= 1e-9) return { status: 'not_estimable', reason: 'all_zero' };
  const used = changes.filter((vector) => vector.some((value) => Math.abs(value) > 1e-9));
  const observed = summedLength(used, () => 1);
  const bound = observed * (1 - 1e-9);
  const isEnumerated = used.length <= MOST_ENUMERATED;
  const total = isEnumerated ? 2 ** used.length : RANDOM_FLIPS + 1;
  let count = isEnumerated ? 0 : 1;
  if (isEnumerated) {
    for (let pattern = 0; pattern < total; pattern++) {
      if (summedLength(used, (i) => ((pattern >> i) & 1 ? -1 : 1)) >= bound) count++;
    }
  } else {
    const random = xoroshiro128plus(seed);
    for (let flip = 0; flip < RANDOM_FLIPS; flip++) {
      const signs = used.map(() => (random.next() & 1 ? -1 : 1));
      if (summedLength(used, (i) => signs[i]!) >= bound) count++;
    }
  }
  return {
    status: isEnumerated ? 'ok' : 'approximate',
    norm: observed / changes.length,
    p: count / total,
    count,
    total,
    smallestP: isEnumerated ? smallestSignedP(used.length, 'two-sided') : 1 / total,
    method: isEnumerated ? 'exact-enumeration' : 'random-flips',
  };
}

function summedLength(vectors: readonly (readonly number[])[], signOf: (patient: number) => number): number {
  const parts = vectors[0]!.length;
  let squares = 0;
  for (let j = 0; j < parts; j++) {
    let sum = 0;
    for (let i = 0; i < vectors.length; i++) sum += signOf(i) * vectors[i]![j]!;
    squares += sum * sum;
  }
  return Math.sqrt(squares);
}

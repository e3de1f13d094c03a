import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { shuffle } from '../pairedTests/friedman.ts';

export interface JonckheereOutcome {
  readonly status: 'ok' | 'approximate';
  /** Pairs of patients in different groups that go with the order of the groups; half for ties. */
  readonly j: number;
  /** (pairs with − pairs against) ÷ pairs of different groups: −1 … 1. */
  readonly trend: number;
  readonly p: number;
  /** p = count / total. */
  readonly count: number;
  readonly total: number;
  /** The smallest p that groups of these sizes can give without ties. */
  readonly smallestP: number;
  readonly method: 'exact-allocations' | 'random-permutations';
}

export interface NoJonckheere {
  readonly status: 'not_estimable';
  readonly reason: 'empty_group' | 'all_tied';
}

/** So many allocations are counted one by one; above it seeded ones stand for all. */
const MOST_COUNTED = 200_000;
const RANDOM_PERMUTATIONS = 99_999;

/**
 * Test for a trend over ordered groups (Jonckheere 1954; Terpstra 1952): every allocation of the patients to groups of
 * these sizes, two-sided by the distance of J from its mean; with ties half a pair each. Exact to 200,000 allocations
 * (560 for 3 + 3 + 2), else seeded, p = (k + 1)/(B + 1), B = 99,999.
 * @param groups values of each group, in the order of the groups; at least two of them filled
 * @param tolerance values that differ by no more are tied
 */
export function jonckheere(
  groups: readonly (readonly number[])[],
  tolerance: number,
  seed: number,
): JonckheereOutcome | NoJonckheere {
  const filled = groups.filter((group) => group.length > 0);
  if (filled.length < 2) return { status: 'not_estimable', reason: 'empty_group' };
  const values = filled.flat();
  const order = signs(values, tolerance);
  if (order.every((row) => row.every((sign) => sign === 0))) return { status: 'not_estimable', reason: 'all_tied' };
  const labels = filled.flatMap((group, index) => group.map(() => index));
  // Twice J less its mean is this sum: pairs with the order less pairs against it.
  const observed = concordance(labels, order);
  const pairs = pairCount(filled.map((group) => group.length));
  const shared = { j: (observed + pairs) / 2, trend: observed / pairs };
  const all = allocationsOf(filled.map((group) => group.length));
  const smallestP = Math.min(1, 2 / all);
  const isAsFar = (moved: readonly number[]) => Math.abs(concordance(moved, order)) >= Math.abs(observed);
  if (all <= MOST_COUNTED) {
    const count = countAllocations(labels, isAsFar);
    return { status: 'ok', ...shared, p: count / all, count, total: all, smallestP, method: 'exact-allocations' };
  }
  const random = xoroshiro128plus(seed);
  const moved = [...labels];
  let count = 1;
  for (let round = 0; round < RANDOM_PERMUTATIONS; round++) {
    shuffle(moved, () => random.next() >>> 0);
    if (isAsFar(moved)) count++;
  }
  const total = RANDOM_PERMUTATIONS + 1;
  return { status: 'approximate', ...shared, p: count / total, count, total, smallestP, method: 'random-permutations' };
}

/** 1 where the second of two values is larger, −1 where it is smaller, 0 where they are tied. */
function signs(values: readonly number[], tolerance: number): number[][] {
  return values.map((x) => values.map((y) => (Math.abs(y - x) <= tolerance ? 0 : Math.sign(y - x))));
}

function concordance(labels: readonly number[], order: readonly (readonly number[])[]): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let k = i + 1; k < labels.length; k++) sum += Math.sign(labels[k]! - labels[i]!) * order[i]![k]!;
  }
  return sum;
}

function pairCount(sizes: readonly number[]): number {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return (all * all - sizes.reduce((sum, size) => sum + size * size, 0)) / 2;
}

/** N! ÷ Π nᵢ!, as a product of binomial coefficients. */
function allocationsOf(sizes: readonly number[]): number {
  let [count, placed] = [1, 0];
  for (const size of sizes) {
    for (let i = 1; i <= size; i++) count = Math.round((count * (placed + i)) / i);
    placed += size;
  }
  return count;
}

/** Every different order of the labels once (next permutation in lexicographic order, Narayana Pandita). */
function countAllocations(labels: readonly number[], isAsFar: (labels: readonly number[]) => boolean): number {
  const moved = [...labels].sort((a, b) => a - b);
  let count = 0;
  for (;;) {
    if (isAsFar(moved)) count++;
    let i = moved.length - 2;
    while (i >= 0 && moved[i]! >= moved[i + 1]!) i--;
    if (i < 0) return count;
    let k = moved.length - 1;
    while (moved[k]! <= moved[i]!) k--;
    [moved[i], moved[k]] = [moved[k]!, moved[i]!];
    moved.splice(i + 1, moved.length, ...moved.slice(i + 1).reverse());
  }
}

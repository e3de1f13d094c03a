import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { allocationCount, eachAllocation } from '../betweenGroups/allocations.ts';
import { shuffle } from '../pairedTests/friedman.ts';
import { ancova } from './ancova.ts';

export interface PermutedGroups {
  readonly status: 'ok' | 'approximate';
  readonly p: number;
  /** p = count / total. */
  readonly count: number;
  readonly total: number;
  /** The smallest p that groups of these sizes can give. */
  readonly smallestP: number;
  readonly method: 'exact-permutations' | 'random-permutations';
}

/** So many allocations are counted one by one; above it seeded ones stand for all. */
const MOST_COUNTED = 20_000;
const RANDOM_ALLOCATIONS = 9_999;

/**
 * Analysis of covariance with the groups permuted: the share of allocations of the patients to groups of these sizes
 * whose |t| is at least the one that was seen (Fisher 1935). Every allocation is counted where there are at most 20,000
 * (C(8, 3) = 56), else 9,999 seeded ones with p = (k + 1)/(B + 1).
 * @param t of the allocation that was made
 */
export function permutedGroups(
  columns: {
    readonly baseline: readonly number[];
    readonly later: readonly number[];
    readonly groups: readonly (0 | 1)[];
  },
  t: number,
  seed: number,
): PermutedGroups {
  const { baseline, later, groups } = columns;
  const isAsFar = (moved: readonly (0 | 1)[]) => {
    const found = ancova({ baseline, later, groups: moved }, 0.95, 0);
    // No residual is left: the groups explain everything. Allocations with the same effect differ in their last bits.
    if (found.status === 'not_estimable') return found.reason === 'sd_zero';
    return Math.abs(found.t) >= Math.abs(t) * (1 - 1e-9);
  };
  const second = groups.filter((group) => group === 1).length;
  const all = allocationCount(groups.length, second);
  const isBalanced = 2 * second === groups.length;
  const smallestP = (isBalanced ? 2 : 1) / all;
  let count = 0;
  if (all <= MOST_COUNTED) {
    eachAllocation(groups.length, second, (moved) => {
      if (isAsFar(moved)) count++;
    });
    return { status: 'ok', p: count / all, count, total: all, smallestP, method: 'exact-permutations' };
  }
  const random = xoroshiro128plus(seed);
  const labels: number[] = [...groups];
  for (let round = 0; round < RANDOM_ALLOCATIONS; round++) {
    shuffle(labels, () => random.next() >>> 0);
    if (isAsFar(labels.map((label): 0 | 1 => (label === 1 ? 1 : 0)))) count++;
  }
  const total = RANDOM_ALLOCATIONS + 1;
  return {
    status: 'approximate',
    p: (count + 1) / total,
    count: count + 1,
    total,
    smallestP,
    method: 'random-permutations',
  };
}

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { powerOfT } from '../power/pairedTPower.ts';
import type { Alternative, Differences, NotEstimable, PairedTest, TestOutcome } from './pairedTest.ts';
import { signLevels, smallestSignedP } from './signedRank.ts';

// 2^25 patterns take a second or two; beyond, random flips with a stated error.
const MOST_ENUMERATED = 25;
const RANDOM_FLIPS = 99_999;

/**
 * Sign-flip test of the mean (Fisher 1935): every sign pattern of the differences equally likely; the t statistic gives
 * the same p. Equal sums are compared with a tolerance, since decimal data tie in sums that doubles keep apart.
 * Beyond 25 pairs random flips, p = (k+1)/(B+1), status `approximate`, error about 4√(p(1−p)/B).
 */
export function signFlipTest(differences: Differences): TestOutcome | NotEstimable {
  const { values, tolerance, alternative } = differences;
  if (values.length === 0) return { status: 'not_estimable', reason: 'no_pairs' };
  if (values.every((d) => Math.abs(d) <= tolerance)) return { status: 'not_estimable', reason: 'all_zero' };
  const used = values.filter((d) => Math.abs(d) > tolerance);
  const observed = used.reduce((sum, d) => sum + d, 0);
  const slack = 1e-9 * used.reduce((sum, d) => sum + Math.abs(d), 0);
  const isExtreme = extremeRule(observed, slack, alternative);
  const isEnumerated = used.length <= MOST_ENUMERATED;
  const total = isEnumerated ? 2 ** used.length : RANDOM_FLIPS + 1;
  const count = isEnumerated ? countPatterns(used, isExtreme) : 1 + countRandom(used, isExtreme, differences.seed ?? 1);
  return {
    status: isEnumerated ? 'ok' : 'approximate',
    statistic: observed / values.length,
    p: count / total,
    count,
    total,
    smallestP: isEnumerated ? smallestSignedP(used.length, alternative) : 1 / total,
    method: isEnumerated ? 'exact-enumeration' : 'random-flips',
  };
}

function extremeRule(observed: number, slack: number, alternative: Alternative): (sum: number) => boolean {
  if (alternative === 'greater') return (sum) => sum >= observed - slack;
  if (alternative === 'less') return (sum) => sum <= observed + slack;
  return (sum) => Math.abs(sum) >= Math.abs(observed) - slack;
}

// Gray code changes one sign a step; the sum is made anew every 1,024 steps so that rounding cannot drift.
function countPatterns(values: readonly number[], isExtreme: (sum: number) => boolean): number {
  const signs = values.map(() => 1);
  const total = 2 ** values.length;
  let sum = 0;
  let count = 0;
  for (let pattern = 0; pattern < total; pattern++) {
    if (pattern > 0) {
      const changed = 31 - Math.clz32(pattern & -pattern);
      signs[changed]! *= -1;
      sum += 2 * signs[changed]! * values[changed]!;
    }
    if (pattern % 1024 === 0) sum = values.reduce((s, d, i) => s + signs[i]! * d, 0);
    if (isExtreme(sum)) count++;
  }
  return count;
}

function countRandom(values: readonly number[], isExtreme: (sum: number) => boolean, seed: number): number {
  const random = xoroshiro128plus(seed);
  let count = 0;
  for (let flip = 0; flip < RANDOM_FLIPS; flip++) {
    let sum = 0;
    let bits = 0;
    for (let i = 0; i < values.length; i++) {
      if (i % 31 === 0) bits = random.next();
      sum += (bits >> (i % 31)) & 1 ? values[i]! : -values[i]!;
    }
    if (isExtreme(sum)) count++;
  }
  return count;
}

export const signFlip: PairedTest = {
  question: 'change',
  called: 'sign-flip',
  summary: 'exact sign-flip (permutation) test of the mean difference',
  source: 'Fisher 1935',
  dropsZeros: true,
  ranksZeros: false,
  words: 'sign-flip',
  methods: () => 'Sign-flip tests of the mean difference (Fisher 1935) were used.',
  companion: 'hodges_lehmann',
  levels: signLevels,
  // Sign flips of the mean come near the t test, whose power stands for theirs.
  power: powerOfT,
  run: signFlipTest,
};

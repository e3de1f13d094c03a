import { studentLower, studentUpper } from '../distributions/studentT.ts';
import { hodgesLehmann } from '../intervals/hodgesLehmann.ts';
import { powerOfTostSignedRank, powerOfTostT } from '../power/tostPower.ts';
import { meanInterval, pairedTTest } from './pairedT.ts';
import type { Differences, EquivalenceTest, NotEstimable, ScaledMargins, TostOutcome } from './pairedTest.ts';
import { signedRankTest, signLevels, smallestSignedP } from './signedRank.ts';

/**
 * Two one-sided t tests: mean difference above the lower and below the upper margin (Schuirmann 1987). p ≤ α exactly
 * where the 1 − 2α interval lies inside the margins.
 */
export function tostT(differences: Differences, margins: ScaledMargins): TostOutcome | NotEstimable {
  const t = pairedTTest({ ...differences, alternative: 'two-sided' });
  if (t.status === 'not_estimable') return t;
  const fromLow = (t.mean - margins.low) / t.standardError;
  const fromHigh = (t.mean - margins.high) / t.standardError;
  const pLower = studentUpper(fromLow, t.df);
  const pUpper = studentLower(fromHigh, t.df);
  return {
    status: 'ok',
    statistic: pLower > pUpper ? fromLow : fromHigh,
    pLower,
    pUpper,
    p: Math.max(pLower, pUpper),
    count: null,
    total: null,
    smallestP: 0,
    method: 't',
  };
}

/** The interval beside the verdict: 1 − 2α of the mean difference, 90 % at α = 0.05. */
export function tostInterval(differences: Differences, alpha: number): { low: number; high: number } | null {
  const t = pairedTTest({ ...differences, alternative: 'two-sided' });
  return t.status === 'not_estimable' ? null : meanInterval(t, 1 - 2 * alpha);
}

/** The same question by exact signed-rank tests of d − low (greater) and d − high (less). */
export function tostSignedRank(differences: Differences, margins: ScaledMargins): TostOutcome | NotEstimable {
  const shifted = (by: number) => differences.values.map((d) => d - by);
  const lower = signedRankTest({ ...differences, values: shifted(margins.low), alternative: 'greater' });
  if (lower.status === 'not_estimable') return lower;
  const upper = signedRankTest({ ...differences, values: shifted(margins.high), alternative: 'less' });
  if (upper.status === 'not_estimable') return upper;
  const larger = lower.p > upper.p ? lower : upper;
  return {
    status: 'ok',
    statistic: larger.statistic,
    pLower: lower.p,
    pUpper: upper.p,
    p: larger.p,
    count: larger.count,
    total: larger.total,
    smallestP: smallestSignedP(differences.values.length, 'greater'),
    method: 'exact-dp',
  };
}

export const twoOneSidedT: EquivalenceTest = {
  question: 'equivalence',
  called: 'two one-sided t tests',
  summary: 'two one-sided t tests against margins declared before the data',
  source: 'Schuirmann 1987',
  dropsZeros: false,
  ranksZeros: false,
  words: 'TOST',
  methods: ({ alpha }) => {
    const level = Number((100 * (1 - 2 * alpha)).toFixed(1));
    return `Equivalence was tested by two one-sided t tests (Schuirmann 1987) with the ${level} % interval.`;
  },
  companion: 'mean',
  interval: (differences, alpha) => {
    const ends = tostInterval(differences, alpha);
    return ends && { ...ends, level: 1 - 2 * alpha };
  },
  levels: null,
  power: powerOfTostT,
  run: tostT,
};

export const twoOneSidedSignedRank: EquivalenceTest = {
  question: 'equivalence',
  called: 'two one-sided signed-rank tests',
  summary: 'two one-sided exact signed-rank tests of the differences shifted by each margin',
  source: 'Schuirmann 1987; Wilcoxon 1945',
  dropsZeros: false,
  ranksZeros: false,
  words: 'exact signed-rank TOST',
  methods: () => 'Equivalence was tested by two one-sided exact signed-rank tests.',
  companion: 'hodges_lehmann',
  interval: ({ values }, alpha) => {
    const found = hodgesLehmann(values, 1 - 2 * alpha);
    return found === undefined || found.level <= 0 ? null : { low: found.low, high: found.high, level: found.level };
  },
  levels: signLevels,
  power: powerOfTostSignedRank,
  run: tostSignedRank,
};

import { studentLower, studentUpper } from '../distributions/studentT.ts';
import { meanInterval, pairedTTest } from './pairedT.ts';
import type { Differences, NotEstimable } from './pairedTest.ts';
import { signedRankTest, smallestSignedP } from './signedRank.ts';

/** Margins on the scale of the differences. */
export interface ScaledMargins {
  readonly low: number;
  readonly high: number;
}

export interface TostOutcome {
  readonly status: 'ok';
  /** The test statistic of the side with the larger p. */
  readonly statistic: number;
  readonly pLower: number;
  readonly pUpper: number;
  /** The larger of the two one-sided p. */
  readonly p: number;
  readonly count: number | null;
  readonly total: number | null;
  readonly smallestP: number;
  readonly method: string;
}

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

/** Equivalence tests by the name a plan gives them. */
export const equivalenceTests = {
  tost_t: {
    name: 'tost_t',
    summary: 'two one-sided t tests against margins declared before the data',
    source: 'Schuirmann 1987',
    words: 'TOST',
    run: tostT,
  },
  tost_signed_rank: {
    name: 'tost_signed_rank',
    summary: 'two one-sided exact signed-rank tests of the differences shifted by each margin',
    source: 'Schuirmann 1987; Wilcoxon 1945',
    words: 'exact signed-rank TOST',
    run: tostSignedRank,
  },
} as const;

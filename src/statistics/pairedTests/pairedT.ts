import { studentLower, studentQuantile, studentTwoSided, studentUpper } from '../distributions/studentT.ts';
import { mean, standardDeviation } from '../moments.ts';
import { powerOfT } from '../power/pairedTPower.ts';
import type { Alternative, Differences, NotEstimable, PairedTest, TestOutcome } from './pairedTest.ts';

export interface PairedTOutcome extends TestOutcome {
  readonly mean: number;
  readonly sd: number;
  readonly standardError: number;
  readonly df: number;
}

/**
 * Student's t of the mean difference (Student 1908). A sensitivity analysis beside the exact test, never its fallback.
 * Standard deviation at most τ: not estimable, where packages print p = 0 or NaN.
 */
export function pairedTTest(differences: Differences): PairedTOutcome | NotEstimable {
  const { values, tolerance, alternative } = differences;
  if (values.length === 0) return { status: 'not_estimable', reason: 'no_pairs' };
  if (values.length === 1) return { status: 'not_estimable', reason: 'one_pair' };
  const sd = standardDeviation(values);
  if (sd <= tolerance) return { status: 'not_estimable', reason: 'sd_zero' };
  const centre = mean(values);
  const standardError = sd / Math.sqrt(values.length);
  const [t, df] = [centre / standardError, values.length - 1];
  return {
    status: 'ok',
    statistic: t,
    p: tailOf(t, df, alternative),
    count: null,
    total: null,
    smallestP: 0,
    method: 't',
    mean: centre,
    sd,
    standardError,
    df,
  };
}

function tailOf(t: number, df: number, alternative: Alternative): number {
  if (alternative === 'two-sided') return studentTwoSided(t, df);
  return alternative === 'greater' ? studentUpper(t, df) : studentLower(t, df);
}

/** Interval of the mean difference at `level`. */
export function meanInterval(outcome: PairedTOutcome, level: number): { low: number; high: number } {
  const reach = studentQuantile(1 - (1 - level) / 2, outcome.df) * outcome.standardError;
  return { low: outcome.mean - reach, high: outcome.mean + reach };
}

export const pairedT: PairedTest = {
  question: 'change',
  called: 'paired t',
  summary: 'paired t test of the mean difference on the declared scale',
  source: 'Student 1908',
  dropsZeros: false,
  ranksZeros: false,
  words: 'paired t',
  methods: () => 'Paired t tests of the mean difference (Student 1908) were used.',
  companion: 'mean',
  levels: null,
  flippedAs: 't',
  power: powerOfT,
  run: pairedTTest,
};

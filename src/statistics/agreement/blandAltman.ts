import { chiSquareQuantile } from '../distributions/central.ts';
import { noncentralQuantile } from '../distributions/noncentralT.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { studentQuantile } from '../distributions/studentT.ts';
import { mean, standardDeviation } from '../moments.ts';
import { type AgreementPair, bySubject, FEWEST_FOR_INTERVALS, type LevelLimits } from './agreementPair.ts';
import { proportionalSlope } from './proportionalSlope.ts';

/** Half the width of the limits, in standard deviations: 95 % of the differences if they are normal (Bland & Altman 1986). */
const REACH = normalQuantile(0.975);

export interface BlandAltman {
  readonly n: number;
  readonly subjectCount: number;
  /** independent: one tube a subject; random_subject: between and within variance, since subjects have several. */
  readonly model: 'independent' | 'random_subject';
  /** Mean of auto − manual, in the unit of the values. */
  readonly bias: number;
  readonly biasInterval: LevelLimits | null;
  /** Of a single difference; of random subjects the root of between + within variance. Null for one tube. */
  readonly sd: number | null;
  readonly limits: LevelLimits | null;
  /** How well the lower and the upper limit are known. */
  readonly lowerInterval: LevelLimits | null;
  readonly upperInterval: LevelLimits | null;
  /** Of the difference on the mean of both, with its interval; null where it is not estimable. */
  readonly slope: { readonly value: number; readonly interval: LevelLimits } | null;
}

/**
 * How far two counts of the same tubes lie apart: bias and limits of agreement. With one tube a subject the interval of a
 * limit is exact by the noncentral t; with repeated tubes the variance is that of a random-subject model and the interval
 * of a limit follows from the intervals of both variances (MOVER: Zou 2013, Stat Methods Med Res 22:630).
 * @param pairs finite values; n ≥ 1
 * @returns undefined for no pairs; fewer than 8 tubes: point values only
 */
export function blandAltman(pairs: readonly AgreementPair[], level = 0.95): BlandAltman | undefined {
  if (pairs.length === 0) return undefined;
  const groups = bySubject(pairs).map((own) => own.map(({ auto, manual }) => auto - manual));
  const n = pairs.length;
  const isRepeated = groups.length < n;
  const shared = { n, subjectCount: groups.length, slope: proportionalSlope(pairs, level) };
  const tail = (1 - level) / 2;
  const found = isRepeated ? ofSubjects(groups, tail) : ofTubes(groups.flat(), tail);
  const model = isRepeated ? 'random_subject' : 'independent';
  if (n >= FEWEST_FOR_INTERVALS) return { ...shared, model, ...found };
  return { ...shared, model, ...found, biasInterval: null, lowerInterval: null, upperInterval: null, slope: null };
}

type Limits = Pick<BlandAltman, 'bias' | 'biasInterval' | 'sd' | 'limits' | 'lowerInterval' | 'upperInterval'>;

function ofTubes(differences: readonly number[], tail: number): Limits {
  const n = differences.length;
  const bias = mean(differences);
  if (n < 2) return { bias, biasInterval: null, sd: null, limits: null, lowerInterval: null, upperInterval: null };
  const sd = standardDeviation(differences);
  const error = sd / Math.sqrt(n);
  const t = studentQuantile(1 - tail, n - 1);
  const near = noncentralQuantile(tail, n - 1, REACH * Math.sqrt(n)) * error;
  const far = noncentralQuantile(1 - tail, n - 1, REACH * Math.sqrt(n)) * error;
  return {
    bias,
    biasInterval: { low: bias - t * error, high: bias + t * error },
    sd,
    limits: { low: bias - REACH * sd, high: bias + REACH * sd },
    lowerInterval: { low: bias - far, high: bias - near },
    upperInterval: { low: bias + near, high: bias + far },
  };
}

/**
 * Subjects with several tubes: the mean of their means, and the variance of one difference as that of the means plus the
 * part of the within variance that averaging took away, (1 − 1/m_h) of it with m_h the harmonic mean of tubes a subject.
 */
function ofSubjects(groups: readonly (readonly number[])[], tail: number): Limits {
  const subjectCount = groups.length;
  const means = groups.map(mean);
  const bias = mean(means);
  const unknown = { bias, biasInterval: null, sd: null, limits: null, lowerInterval: null, upperInterval: null };
  if (subjectCount < 2) return unknown;
  const withinDf = groups.reduce((sum, own) => sum + own.length - 1, 0);
  const withinSquares = groups.reduce((sum, own, i) => sum + own.reduce((s, d) => s + (d - means[i]!) ** 2, 0), 0);
  const between = standardDeviation(means) ** 2;
  const share = 1 - mean(groups.map((own) => 1 / own.length));
  const within = (share * withinSquares) / withinDf;
  const variance = between + within;
  const sd = Math.sqrt(variance);
  const error = Math.sqrt(between / subjectCount);
  const t = studentQuantile(1 - tail, subjectCount - 1);
  const [betweenLow, betweenHigh] = varianceFactors(subjectCount - 1, tail);
  const [withinLow, withinHigh] = varianceFactors(withinDf, tail);
  const lowest = variance - Math.hypot(between * (1 - betweenLow), within * (1 - withinLow));
  const highest = variance + Math.hypot(between * (betweenHigh - 1), within * (withinHigh - 1));
  const z = normalQuantile(1 - tail);
  const inner = Math.hypot(z * error, REACH * (sd - Math.sqrt(Math.max(0, lowest))));
  const outer = Math.hypot(z * error, REACH * (Math.sqrt(highest) - sd));
  const [low, high] = [bias - REACH * sd, bias + REACH * sd];
  return {
    bias,
    biasInterval: { low: bias - t * error, high: bias + t * error },
    sd,
    limits: { low, high },
    lowerInterval: { low: low - outer, high: low + inner },
    upperInterval: { low: high - inner, high: high + outer },
  };
}

/** The ends of a variance's interval as multiples of its estimate. */
function varianceFactors(df: number, tail: number): [number, number] {
  return [df / chiSquareQuantile(1 - tail, df), df / chiSquareQuantile(tail, df)];
}

import { fisherFUpper } from '../distributions/central.ts';
import { fitRandomIntercept, type RandomIntercept, type SubjectRows } from './randomIntercept.ts';
import { type Contrast, contrastsOf } from './satterthwaite.ts';
import { dot, symmetricEigen, times } from './smallMatrix.ts';

/** One value on the scale of the endpoint. */
export interface Measurement {
  readonly subject: string;
  readonly visit: string;
  readonly value: number;
}

export interface MixedModel {
  readonly status: 'ok';
  readonly intercept: Contrast;
  /** Against baseline, of the visits that were measured. */
  readonly visits: readonly (Contrast & { readonly visit: string })[];
  readonly varSubject: number;
  readonly varResidual: number;
  readonly remlDeviance: number;
  readonly observations: number;
  readonly subjects: number;
  /** All visits at once; undefined where its degrees of freedom cannot be found. */
  readonly joint: { readonly f: number; readonly df1: number; readonly df2: number; readonly p: number } | undefined;
  /** Root mean square of what visit and patient leave unexplained, by visit: equal where the model's assumption holds. */
  readonly residualSd: ReadonlyMap<string, number>;
  /** `no_patient_variance` where patients differ no more than visits do. */
  readonly flag: string;
}

export interface NoModel {
  readonly status: 'not_estimable';
  readonly reason: 'one_visit' | 'one_subject' | 'no_residual_df' | 'sd_zero';
}

/**
 * Linear mixed model over all visits: visit fixed against baseline, patient a random intercept, REML, Satterthwaite
 * (Laird & Ware 1982; Kuznetsova 2017). Missing visits stay out and patients with some stay in, which assumes that
 * what is missing depends on what was seen only.
 * @param visits in planned order; the first is baseline
 * @param measurements finite; at most one a subject and visit, in any order
 */
export function mixedModel(
  measurements: readonly Measurement[],
  visits: readonly string[],
  level: number,
): MixedModel | NoModel {
  const seen = visits.filter((visit) => measurements.some((one) => one.visit === visit));
  const [baseline] = visits;
  if (seen.length < 2 || seen[0] !== baseline) return { status: 'not_estimable', reason: 'one_visit' };
  const rows = rowsBySubject(measurements, seen);
  if (rows.length < 2) return { status: 'not_estimable', reason: 'one_subject' };
  if (measurements.length <= seen.length) return { status: 'not_estimable', reason: 'no_residual_df' };
  const fit = fitRandomIntercept(rows);
  if (!fit) return { status: 'not_estimable', reason: 'sd_zero' };
  const contrast = contrastsOf(fit, level);
  const unit = (column: number) => seen.map((_, j) => (j === column ? 1 : 0));
  const found = seen.map((visit, j) => ({ visit, contrast: contrast(unit(j)) }));
  const [intercept] = found;
  const effects = found.slice(1).flatMap((one) => (one.contrast ? [{ visit: one.visit, ...one.contrast }] : []));
  if (!intercept?.contrast || effects.length < seen.length - 1) return { status: 'not_estimable', reason: 'sd_zero' };
  return {
    status: 'ok',
    intercept: intercept.contrast,
    visits: effects,
    varSubject: fit.varSubject,
    varResidual: fit.varResidual,
    remlDeviance: fit.remlDeviance,
    observations: fit.observationCount,
    subjects: rows.length,
    joint: jointTest(fit.beta, fit.covariance, contrast),
    residualSd: residualsByVisit(fit, seen),
    flag: fit.varSubject === 0 ? 'no_patient_variance' : '',
  };
}

// Subjects ascending, so that sums run in one order whatever the rows' order.
function rowsBySubject(measurements: readonly Measurement[], visits: readonly string[]): SubjectRows[] {
  const names = [...new Set(measurements.map((one) => one.subject))].sort();
  return names.map((subject) => {
    const own = visits.flatMap((visit) => measurements.filter((one) => one.subject === subject && one.visit === visit));
    const x = own.map((one) => visits.map((visit, j) => (j === 0 || visit === one.visit ? 1 : 0)));
    return { x, y: own.map((one) => one.value) };
  });
}

function residualsByVisit(fit: RandomIntercept, visits: readonly string[]): ReadonlyMap<string, number> {
  const squares = visits.map(() => ({ sum: 0, count: 0 }));
  for (const { x, y } of fit.subjects) {
    const own = y.map((value, k) => value - dot(x[k]!, fit.beta));
    const shrink = fit.varSubject / (fit.varResidual + y.length * fit.varSubject);
    const patient = shrink * own.reduce((sum, value) => sum + value, 0);
    own.forEach((value, k) => {
      // The last column that is 1 names the visit; baseline has the intercept alone.
      const at = squares[x[k]!.lastIndexOf(1)]!;
      at.sum += (value - patient) ** 2;
      at.count++;
    });
  }
  return new Map(visits.map((visit, j) => [visit, Math.sqrt(squares[j]!.sum / squares[j]!.count)]));
}

/**
 * F of all visits: independent contrasts from the eigenvectors of their covariance, each with its own df, put together
 * (Fai & Cornelius 1996).
 */
function jointTest(
  beta: readonly number[],
  covariance: readonly (readonly number[])[],
  contrast: (c: readonly number[]) => Contrast | undefined,
): MixedModel['joint'] {
  const effects = covariance.slice(1).map((row) => row.slice(1));
  const { values, vectors } = symmetricEigen(effects);
  const q = values.length;
  const squares = vectors.map((vector, m) => dot(vector, beta.slice(1)) ** 2 / values[m]!);
  const dfs = vectors.flatMap((vector) => contrast([0, ...vector])?.df ?? []);
  if (dfs.length < q || dfs.some((df) => df <= 2)) return undefined;
  const f = squares.reduce((sum, value) => sum + value, 0) / q;
  const expected = dfs.reduce((sum, df) => sum + df / (df - 2), 0);
  const isEqual = Math.max(...dfs) - Math.min(...dfs) < 1e-8;
  const df2 = isEqual ? times([dfs], new Array<number>(q).fill(1 / q))[0]! : (2 * expected) / (expected - q);
  return { f, df1: q, df2, p: fisherFUpper(f, q, df2) };
}

import { studentQuantile, studentTwoSided } from '../distributions/studentT.ts';
import type { RandomIntercept } from './randomIntercept.ts';
import { dot, times } from './smallMatrix.ts';

export interface Contrast {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
  readonly t: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Tests of contrasts cᵀβ with Satterthwaite's degrees of freedom from the observed information of both variances
 * (Satterthwaite 1946; Giesbrecht & Burns 1985). Without subject variance df = N − p, as in least squares.
 * @returns undefined for a contrast whose df cannot be found
 */
export function contrastsOf(fit: RandomIntercept, level: number): (c: readonly number[]) => Contrast | undefined {
  const information = fit.varSubject > 0 ? varianceCovariance(fit) : undefined;
  const residualDf = fit.observationCount - fit.beta.length;
  return (c) => {
    const direction = times(fit.covariance, c);
    const variance = dot(c, direction);
    let df = residualDf;
    if (fit.varSubject > 0) {
      if (!information) return undefined;
      const [bySubject, byResidual] = gradient(fit, direction);
      const spread =
        bySubject ** 2 * information.bb +
        2 * bySubject * byResidual * information.be +
        byResidual ** 2 * information.ee;
      df = (2 * variance ** 2) / spread;
    }
    if (!(df > 0 && Number.isFinite(df))) return undefined;
    const estimate = dot(c, fit.beta);
    const se = Math.sqrt(variance);
    const reach = studentQuantile(1 - (1 - level) / 2, df) * se;
    const t = estimate / se;
    return { estimate, se, df, t, p: studentTwoSided(t, df), low: estimate - reach, high: estimate + reach };
  };
}

/** Rows of one vector over all observations, kept by subject. */
type Blocks = readonly (readonly number[])[];

// V⁻¹ of one subject: (I − cJ)/σ², c = σ_b²/(σ² + nσ_b²).
function solveBlock(fit: RandomIntercept, values: readonly number[]): number[] {
  const { varSubject, varResidual } = fit;
  const shrink = varSubject / (varResidual + values.length * varSubject);
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (value - shrink * sum) / varResidual);
}

/** P v = V⁻¹v − V⁻¹XC XᵀV⁻¹v. */
function project(fit: RandomIntercept, blocks: Blocks): number[][] {
  const solved = blocks.map((values) => solveBlock(fit, values));
  const moments = fit.beta.map((_, a) =>
    fit.subjects.reduce((sum, { x }, i) => sum + x.reduce((own, row, k) => own + row[a]! * solved[i]![k]!, 0), 0),
  );
  const fitted = times(fit.covariance, moments);
  return fit.subjects.map(({ x }, i) => {
    const removed = solveBlock(
      fit,
      x.map((row) => dot(row, fitted)),
    );
    return solved[i]!.map((value, k) => value - removed[k]!);
  });
}

const blockSum = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const inner = (a: Blocks, b: Blocks) => a.reduce((sum, values, i) => sum + dot(values, b[i]!), 0);

/** (−H)⁻¹ of the restricted likelihood in (σ_b², σ²); undefined where H is not negative definite. */
function varianceCovariance(fit: RandomIntercept): { bb: number; be: number; ee: number } | undefined {
  const { subjects, varSubject, varResidual } = fit;
  const e = project(
    fit,
    subjects.map(({ y }) => y),
  );
  const pe = project(fit, e);
  const pz = subjects.map((_, j) =>
    project(
      fit,
      subjects.map(({ y }, i) => y.map(() => (i === j ? 1 : 0))),
    ),
  );
  const zpz = pz.map((column) => column.map(blockSum));
  const u = e.map(blockSum);
  const trace = zpz.reduce((sum, row, i) => sum + row[i]!, 0);
  const zppz = pz.reduce((sum, column) => sum + inner(column, column), 0);
  // From PVP = P and tr(PV) = N − p, so that no N × N matrix is made.
  const traceP = (fit.observationCount - fit.beta.length - varSubject * trace) / varResidual;
  const tracePP = (traceP - varSubject * zppz) / varResidual;
  const bb = zpz.reduce((sum, row) => sum + dot(row, row), 0) / 2 - dot(u, times(zpz, u));
  const be = zppz / 2 - dot(u, pe.map(blockSum));
  const ee = tracePP / 2 - inner(e, pe);
  const determinant = bb * ee - be * be;
  if (!(bb < 0 && determinant > 0)) return undefined;
  return { bb: -ee / determinant, be: be / determinant, ee: -bb / determinant };
}

/** Derivatives of the contrast's variance in (σ_b², σ²). */
function gradient(fit: RandomIntercept, direction: readonly number[]): [number, number] {
  const q = fit.subjects.map(({ x }) =>
    solveBlock(
      fit,
      x.map((row) => dot(row, direction)),
    ),
  );
  return [q.reduce((sum, values) => sum + blockSum(values) ** 2, 0), inner(q, q)];
}

import { bracketedRoot } from '../distributions/roots.ts';
import { dot, inverted, times } from './smallMatrix.ts';

/** The rows of one subject: design and values, one a visit that was measured. */
export interface SubjectRows {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
}

/** The fit with variances known; everything that a contrast needs. */
export interface RandomIntercept {
  readonly subjects: readonly SubjectRows[];
  readonly observationCount: number;
  readonly beta: readonly number[];
  /** C = (XᵀV⁻¹X)⁻¹, the covariance of beta. */
  readonly covariance: readonly (readonly number[])[];
  readonly varSubject: number;
  readonly varResidual: number;
  /** −2 × the restricted log likelihood at the optimum. */
  readonly remlDeviance: number;
}

/**
 * y = Xβ + subject + e by restricted maximum likelihood: the variance ratio λ = σ_b²/σ² is where the score of the
 * profile likelihood passes zero (Patterson & Thompson 1971; block form of V⁻¹ for a random intercept).
 * A score that is not negative at λ = 0 puts the subject variance to 0: ordinary least squares.
 * @returns undefined where the design is singular, leaves no residual degree of freedom, or nothing varies
 */
export function fitRandomIntercept(subjects: readonly SubjectRows[]): RandomIntercept | undefined {
  const width = subjects[0]?.x[0]?.length ?? 0;
  const count = subjects.reduce((sum, one) => sum + one.y.length, 0);
  if (count <= width) return undefined;
  const atZero = profile(subjects, 0, count - width);
  if (!atZero || atZero.varResidual <= smallestVariance(subjects)) return undefined;
  let lambda = 0;
  if (atZero.score < 0) {
    const score = (ratio: number) => profile(subjects, ratio, count - width)?.score ?? Number.NaN;
    let high = 1;
    // Beyond 2^40 the residual variance is rounding: every subject repeats its own number.
    while (score(high) < 0) {
      high *= 2;
      if (high > 2 ** 40) return undefined;
    }
    lambda = bracketedRoot(score, high === 1 ? 0 : high / 2, high);
  }
  const at = profile(subjects, lambda, count - width);
  if (!at) return undefined;
  const { varResidual, inverse, beta, logDeterminants } = at;
  const df = count - width;
  return {
    subjects,
    observationCount: count,
    beta,
    covariance: inverse.map((row) => row.map((value) => value * varResidual)),
    varSubject: lambda * varResidual,
    varResidual,
    remlDeviance: logDeterminants + df * Math.log(varResidual) + df + df * Math.log(2 * Math.PI),
  };
}

// Rounding of values of this size: a residual spread below it is none.
function smallestVariance(subjects: readonly SubjectRows[]): number {
  const largest = subjects.reduce((most, one) => Math.max(most, ...one.y.map(Math.abs)), 0);
  return (1e-9 * largest) ** 2;
}

/** Everything at one variance ratio, in units of the residual variance. */
function profile(subjects: readonly SubjectRows[], lambda: number, df: number) {
  const width = subjects[0]!.x[0]!.length;
  const cross = Array.from({ length: width }, () => new Array<number>(width).fill(0));
  const right = new Array<number>(width).fill(0);
  const sums = subjects.map(({ x, y }) => {
    const shrink = lambda / (1 + x.length * lambda);
    const columnSums = cross.map((_, a) => x.reduce((sum, row) => sum + row[a]!, 0));
    const total = y.reduce((sum, value) => sum + value, 0);
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) {
        const own = x.reduce((sum, row) => sum + row[a]! * row[b]!, 0);
        cross[a]![b]! += own - shrink * columnSums[a]! * columnSums[b]!;
      }
      const own = x.reduce((sum, row, i) => sum + row[a]! * y[i]!, 0);
      right[a]! += own - shrink * columnSums[a]! * total;
    }
    return columnSums;
  });
  const solved = inverted(cross);
  if (!solved) return undefined;
  const { inverse, logDeterminant } = solved;
  const beta = times(inverse, right);
  let [weighted, trace, between, logDeterminants] = [0, 0, 0, logDeterminant];
  subjects.forEach(({ x, y }, i) => {
    const residuals = y.map((value, k) => value - dot(x[k]!, beta));
    const residualSum = residuals.reduce((sum, value) => sum + value, 0);
    const weight = 1 / (1 + x.length * lambda);
    weighted += dot(residuals, residuals) - lambda * weight * residualSum ** 2;
    trace += x.length * weight - weight ** 2 * dot(sums[i]!, times(inverse, sums[i]!));
    between += (weight * residualSum) ** 2;
    logDeterminants += Math.log1p(x.length * lambda);
  });
  const varResidual = weighted / df;
  // Ordered so that an empty spread gives a score and no division by zero.
  const score = varResidual > 0 ? trace - between / varResidual : 0;
  return { inverse, beta, varResidual, score, logDeterminants };
}

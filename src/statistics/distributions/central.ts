import { betaLower, betaUpper } from './incompleteBeta.ts';
import { gammaLower, gammaUpper } from './incompleteGamma.ts';
import { bisect } from './roots.ts';
import { devianceTerm, stirlingRemainder } from './stirling.ts';

/** P(F > f) with (df1, df2) degrees of freedom. */
export function fisherFUpper(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1;
  const sum = df2 + df1 * f;
  return betaLower(df2 / sum, df2 / 2, df1 / 2, (df1 * f) / sum);
}

/** P(χ² > x). */
export function chiSquareUpper(x: number, df: number): number {
  return gammaUpper(df / 2, x / 2);
}

/** Quantile of χ²; p strictly between 0 and 1. */
export function chiSquareQuantile(p: number, df: number): number {
  let high = 1;
  while (gammaLower(df / 2, high / 2) < p) high *= 2;
  return bisect((x) => (p < 0.5 ? gammaLower(df / 2, x / 2) - p : 1 - p - gammaUpper(df / 2, x / 2)), 0, high);
}

/** Quantile of the beta distribution; p strictly between 0 and 1. */
export function betaQuantile(p: number, a: number, b: number): number {
  return bisect((x) => (p < 0.5 ? betaLower(x, a, b) - p : 1 - p - betaUpper(x, a, b)), 0, 1);
}

/**
 * P(K = k), K binomial (n, share): Loader's saddle-point form, accurate in both tails.
 * @param share 0…1
 */
export function binomialProbability(k: number, n: number, share: number): number {
  if (k < 0 || k > n) return 0;
  if (share <= 0) return k === 0 ? 1 : 0;
  if (share >= 1) return k === n ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-share));
  if (k === n) return Math.exp(n * Math.log(share));
  const rest = n - k;
  const log =
    stirlingRemainder(n) -
    stirlingRemainder(k) -
    stirlingRemainder(rest) -
    devianceTerm(k, n * share) -
    devianceTerm(rest, n * (1 - share));
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * k * rest));
}

/** P(K ≤ k), K binomial (n, share). */
export function binomialLower(k: number, n: number, share: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : betaUpper(share, k + 1, n - k);
}

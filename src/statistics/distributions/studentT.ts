import { betaLower } from './incompleteBeta.ts';
import { bisect } from './roots.ts';

/** P(T > t), T Student's t with df > 0 (also fractional) degrees of freedom. */
export function studentUpper(t: number, df: number): number {
  const square = t * t;
  const half = betaLower(df / (df + square), df / 2, 0.5, square / (df + square)) / 2;
  return t > 0 ? half : 1 - half;
}

/** P(T ≤ t). */
export function studentLower(t: number, df: number): number {
  return studentUpper(-t, df);
}

/** Both tails beyond |t|. */
export function studentTwoSided(t: number, df: number): number {
  return Math.min(1, 2 * studentUpper(Math.abs(t), df));
}

/** Quantile; p strictly between 0 and 1. */
export function studentQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, df);
  let high = 1;
  while (studentUpper(high, df) > 1 - p) high *= 2;
  return bisect((t) => 1 - p - studentUpper(t, df), 0, high);
}

import { gammaUpper } from './incompleteGamma.ts';
import { bisect } from './roots.ts';

/** P(Z > z) of the standard normal. */
export function normalUpper(z: number): number {
  const half = gammaUpper(0.5, (z * z) / 2) / 2;
  return z > 0 ? half : 1 - half;
}

/** P(Z ≤ z) of the standard normal. */
export function normalLower(z: number): number {
  return normalUpper(-z);
}

/** Quantile of the standard normal; p strictly between 0 and 1. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  return -bisect((z) => p - normalUpper(z), 0, 40);
}

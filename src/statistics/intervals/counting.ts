import { betaQuantile, chiSquareQuantile } from '../distributions/central.ts';
import { normalQuantile } from '../distributions/normal.ts';

export interface Limits {
  readonly low: number;
  readonly high: number;
}

/**
 * Exact binomial limits of a share (Clopper & Pearson 1934): counting error only, nothing of where the gate lies.
 * @param count 0…parentCount
 * @returns fractions; undefined for an empty parent
 */
export function clopperPearson(count: number, parentCount: number, level: number): Limits | undefined {
  if (parentCount <= 0) return undefined;
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : betaQuantile(tail, count, parentCount - count + 1),
    high: count === parentCount ? 1 : betaQuantile(1 - tail, count + 1, parentCount - count),
  };
}

/** Wilson's score limits of a share, without continuity correction (Wilson 1927); undefined for an empty parent. */
export function wilson(count: number, parentCount: number, level: number): Limits | undefined {
  if (parentCount <= 0) return undefined;
  const z = normalQuantile(1 - (1 - level) / 2);
  const share = count / parentCount;
  const shrink = 1 + (z * z) / parentCount;
  const centre = (share + (z * z) / (2 * parentCount)) / shrink;
  const reach = (z * Math.sqrt((share * (1 - share)) / parentCount + (z / (2 * parentCount)) ** 2)) / shrink;
  return { low: count === 0 ? 0 : centre - reach, high: count === parentCount ? 1 : centre + reach };
}

/** Exact limits of a Poisson count (Garwood 1936). */
export function poissonLimits(count: number, level: number): Limits {
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : chiSquareQuantile(tail, 2 * count) / 2,
    high: chiSquareQuantile(1 - tail, 2 * count + 2) / 2,
  };
}

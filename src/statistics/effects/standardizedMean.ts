import { noncentralityFor } from '../distributions/noncentralT.ts';
import { logGamma } from '../distributions/stirling.ts';
import { mean, standardDeviation } from '../moments.ts';

export interface StandardizedMean {
  readonly dz: number;
  readonly dzLow: number;
  readonly dzHigh: number;
  /** Small-sample factor J. */
  readonly j: number;
  readonly gz: number;
  readonly gzLow: number;
  readonly gzHigh: number;
}

/**
 * Standardised mean change: dz = mean/sd of the differences (Cohen 1988), gz = J·dz (Hedges 1981, J by gamma functions),
 * limits by the noncentral t divided by √n (Steiger & Fouladi 1997); the normal-theory interval is off at n = 8.
 * @param tolerance a standard deviation at or below it is none
 * @returns undefined below 3 differences or without spread
 */
export function standardizedMean(
  values: readonly number[],
  tolerance: number,
  level: number,
): StandardizedMean | undefined {
  const n = values.length;
  if (n < 3) return undefined;
  const sd = standardDeviation(values);
  if (sd <= tolerance) return undefined;
  const df = n - 1;
  const dz = mean(values) / sd;
  const t = dz * Math.sqrt(n);
  const tail = (1 - level) / 2;
  const j = Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2);
  const dzLow = noncentralityFor(1 - tail, t, df) / Math.sqrt(n);
  const dzHigh = noncentralityFor(tail, t, df) / Math.sqrt(n);
  return { dz, dzLow, dzHigh, j, gz: j * dz, gzLow: j * dzLow, gzHigh: j * dzHigh };
}

import { studentQuantile } from '../distributions/studentT.ts';
import { mean } from '../moments.ts';
import { type AgreementPair, bySubject, type LevelLimits } from './agreementPair.ts';

/**
 * Slope of the difference on the mean of both counts by least squares: whether the bias grows with the value. Tubes of
 * one subject are averaged first, so that the points are independent.
 * @returns null below three subjects, or where all means are equal
 */
export function proportionalSlope(
  pairs: readonly AgreementPair[],
  level: number,
): { readonly value: number; readonly interval: LevelLimits } | null {
  const points = bySubject(pairs).map((own) => ({
    x: mean(own.map(({ auto, manual }) => (auto + manual) / 2)),
    d: mean(own.map(({ auto, manual }) => auto - manual)),
  }));
  if (points.length < 3) return null;
  const [centreX, centreD] = [mean(points.map(({ x }) => x)), mean(points.map(({ d }) => d))];
  const squares = points.reduce((sum, { x }) => sum + (x - centreX) ** 2, 0);
  // Means that differ by rounding alone show no slope.
  if (squares <= points.length * (1e-9 * Math.abs(centreX)) ** 2) return null;
  const value = points.reduce((sum, { x, d }) => sum + (x - centreX) * (d - centreD), 0) / squares;
  const rest = points.reduce((sum, { x, d }) => sum + (d - centreD - value * (x - centreX)) ** 2, 0);
  const df = points.length - 2;
  const reach = studentQuantile(1 - (1 - level) / 2, df) * Math.sqrt(rest / df / squares);
  return { value, interval: { low: value - reach, high: value + reach } };
}

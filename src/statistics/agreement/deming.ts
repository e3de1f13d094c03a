import { studentQuantile } from '../distributions/studentT.ts';
import { mean, standardDeviation } from '../moments.ts';
import {
  type AgreementPair,
  bySubject,
  FEWEST_FOR_INTERVALS,
  type LevelLimits,
  leaveOneSubjectOut,
} from './agreementPair.ts';

export interface Deming {
  readonly slope: number;
  readonly intercept: number;
  readonly slopeError: number | null;
  readonly interceptError: number | null;
  readonly slopeInterval: LevelLimits | null;
}

/**
 * Deming regression of auto on manual with equal error variances, closed form (Deming 1943); errors by leaving out one
 * subject at a time (Linnet 1990).
 * @returns undefined below three tubes, or where the two do not vary together; fewer than 8 tubes: point values only
 */
export function deming(pairs: readonly AgreementPair[], level = 0.95): Deming | undefined {
  const line = lineOf(pairs);
  if (line === undefined) return undefined;
  const none = { ...line, slopeError: null, interceptError: null, slopeInterval: null };
  const subjects = bySubject(pairs).length;
  if (pairs.length < FEWEST_FOR_INTERVALS || subjects < 4) return none;
  const slopeError = errorOf(pairs, line.slope, (kept) => lineOf(kept)?.slope);
  const interceptError = errorOf(pairs, line.intercept, (kept) => lineOf(kept)?.intercept);
  if (slopeError === undefined || interceptError === undefined) return none;
  const reach = studentQuantile(1 - (1 - level) / 2, subjects - 2) * slopeError;
  const slopeInterval = { low: line.slope - reach, high: line.slope + reach };
  return { ...line, slopeError, interceptError, slopeInterval };
}

/** Standard error of the mean pseudo-value, g·b − (g−1)·b₍ᵢ₎ over g subjects. */
function errorOf(
  pairs: readonly AgreementPair[],
  whole: number,
  estimate: (kept: readonly AgreementPair[]) => number | undefined,
): number | undefined {
  const left = leaveOneSubjectOut(pairs, estimate);
  if (left === undefined) return undefined;
  const g = left.length;
  return standardDeviation(left.map((value) => g * whole - (g - 1) * value)) / Math.sqrt(g);
}

function lineOf(pairs: readonly AgreementPair[]): { slope: number; intercept: number } | undefined {
  const n = pairs.length;
  if (n < 3) return undefined;
  const [x, y] = [mean(pairs.map(({ manual }) => manual)), mean(pairs.map(({ auto }) => auto))];
  const sum = (of: (pair: AgreementPair) => number) => pairs.reduce((total, pair) => total + of(pair), 0);
  const xx = sum(({ manual }) => (manual - x) ** 2) / (n - 1);
  const yy = sum(({ auto }) => (auto - y) ** 2) / (n - 1);
  const xy = sum(({ manual, auto }) => (manual - x) * (auto - y)) / (n - 1);
  const slope = (yy - xx + Math.sqrt((yy - xx) ** 2 + 4 * xy ** 2)) / (2 * xy);
  return Number.isFinite(slope) ? { slope, intercept: y - slope * x } : undefined;
}

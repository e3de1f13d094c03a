import { normalQuantile } from '../distributions/normal.ts';
import { median } from '../moments.ts';
import { tieTolerance } from '../tieRule.ts';
import { type AgreementPair, bySubject, FEWEST_FOR_INTERVALS, type LevelLimits } from './agreementPair.ts';

export interface PassingBablok {
  readonly slope: number;
  readonly intercept: number;
  readonly slopeInterval: LevelLimits | null;
  readonly interceptInterval: LevelLimits | null;
  /** Slopes used, those below −1, and the ranks of the limits. */
  readonly slopeCount: number;
  readonly offset: number;
  readonly lowerRank: number | null;
  readonly upperRank: number | null;
}

/**
 * Passing–Bablok regression of auto on manual (Passing & Bablok 1983), with rules that do not depend on the order of
 * rows: two equal points give no slope; equal manual values give +∞; a slope of exactly −1 is left out; equality by τ.
 * Limits by rank suppose independent tubes: where subjects have several, and below 8 tubes, there are point values only.
 * @returns undefined where no slope is left, or where the median slope is not finite
 */
export function passingBablok(pairs: readonly AgreementPair[], level = 0.95): PassingBablok | undefined {
  const slopes = slopesOf(pairs);
  const count = slopes.length;
  const offset = slopes.filter((slope) => slope < -1).length;
  const middle = count % 2 === 1 ? [(count - 1) / 2] : [count / 2 - 1, count / 2];
  const slope = middle.reduce((sum, at) => sum + (slopes[at + offset] ?? Number.NaN), 0) / middle.length;
  if (!Number.isFinite(slope)) return undefined;
  const intercept = interceptFor(slope, pairs);
  const point = { slope, intercept, slopeCount: count, offset };
  const none = { ...point, slopeInterval: null, interceptInterval: null, lowerRank: null, upperRank: null };
  const n = pairs.length;
  if (n < FEWEST_FOR_INTERVALS || bySubject(pairs).length < n) return none;
  const reach = normalQuantile(1 - (1 - level) / 2) * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const lowerRank = Math.round((count - reach) / 2);
  const upperRank = count - lowerRank + 1;
  const [low, high] = [slopes[lowerRank + offset - 1], slopes[upperRank + offset - 1]];
  // Many ties leave fewer slopes than the ranks ask for.
  if (low === undefined || high === undefined || !Number.isFinite(low) || !Number.isFinite(high)) return none;
  const interceptInterval = { low: interceptFor(high, pairs), high: interceptFor(low, pairs) };
  return { ...point, slopeInterval: { low, high }, interceptInterval, lowerRank, upperRank };
}

function slopesOf(pairs: readonly AgreementPair[]): number[] {
  const tolerance = tieTolerance(
    'percent',
    pairs.flatMap(({ auto, manual }) => [auto, manual]),
  );
  const slopes: number[] = [];
  for (let i = 0; i < pairs.length; i++) {
    for (let j = i + 1; j < pairs.length; j++) {
      const dx = pairs[i]!.manual - pairs[j]!.manual;
      const dy = pairs[i]!.auto - pairs[j]!.auto;
      const [isSameX, isSameY] = [Math.abs(dx) <= tolerance, Math.abs(dy) <= tolerance];
      if ((isSameX && isSameY) || Math.abs(dx + dy) <= tolerance) continue;
      if (isSameX) slopes.push(Number.POSITIVE_INFINITY);
      else slopes.push(isSameY ? 0 : dy / dx);
    }
  }
  return slopes.sort((a, b) => a - b);
}

function interceptFor(slope: number, pairs: readonly AgreementPair[]): number {
  return median(pairs.map(({ auto, manual }) => auto - slope * manual)) ?? 0;
}

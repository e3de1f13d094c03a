import { median } from 'd3-array';
import { signFlipTest } from '../statistics/index.ts';
import { pairedTubes, type QualityTube, type VisitPair } from './qualityTube.ts';

/** How the staining of one marker moved between two visits. */
export interface LandmarkShift extends VisitPair {
  /** Alignment and marker. */
  readonly landmark: string;
  readonly pairCount: number;
  /** Median over subjects, in u: ln of the gain where cells are bright. */
  readonly medianShift: number;
  /** Two-sided, exact; null where nothing could be tested. */
  readonly p: number | null;
  /** True: larger than a landmark's own error and not by chance, or so large that chance is no excuse. */
  readonly isMarked: boolean;
}

/** A shift below this, in u, moves no frequency that matters once gates follow it: less than a visit's usual batch. */
const SMALL_SHIFT = 0.1;
/** A shift of so much, × 1.35 in brightness, would double a share under a gate that stood still: said whatever p is. */
const LARGE_SHIFT = 0.3;
const ALPHA = 0.05;

/**
 * Shifts of every landmark between two visits, tested by flipping signs over subjects (Fisher 1935): exact for any
 * distribution that is symmetric under no shift. They are printed because alignment takes out a true change of all cells,
 * such as CD38 rising on every B cell, like a change of staining.
 */
export function landmarkShifts(tubes: readonly QualityTube[], pair: VisitPair): readonly LandmarkShift[] {
  const pairs = pairedTubes(tubes, pair);
  const landmarks = [...new Set(pairs.flatMap(([from]) => Object.keys(from.landmarks)))].sort();
  return landmarks.flatMap((landmark) => {
    const shifts = pairs.flatMap(([from, to]) => {
      if (!Object.hasOwn(to.landmarks, landmark) || !Object.hasOwn(from.landmarks, landmark)) return [];
      const [before, after] = [from.landmarks[landmark], to.landmarks[landmark]];
      return before === undefined || after === undefined ? [] : [after - before];
    });
    const medianShift = median(shifts);
    if (medianShift === undefined) return [];
    const test = signFlipTest({ values: shifts, tolerance: 1e-9, alternative: 'two-sided', zeroHandling: 'wilcoxon' });
    const p = test.status === 'not_estimable' ? null : test.p;
    const isMarked = isWorthSaying(shifts, medianShift, p);
    return [{ ...pair, landmark, pairCount: shifts.length, medianShift, p, isMarked }];
  });
}

/** Of so few pairs that no p can be small, all moving the same way is all that can be seen. */
function isWorthSaying(shifts: readonly number[], medianShift: number, p: number | null): boolean {
  const size = Math.abs(medianShift);
  if (size < SMALL_SHIFT) return false;
  if (size >= LARGE_SHIFT || (p !== null && p <= ALPHA)) return true;
  const canBeSmall = 2 / 2 ** shifts.length <= ALPHA;
  return !canBeSmall && shifts.every((shift) => shift * medianShift > 0);
}

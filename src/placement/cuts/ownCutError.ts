import { median } from 'd3-array';
import { type CutTube, searchOf } from './cut.ts';
import type { CutFound, CutSearch } from './cutSearch.ts';

/**
 * Usual error of a tube's own cut, in u: √(.1² + 2² / n) for n events. Halves of drawn tubes (hard, lupus, ridge), looked
 * at apart: docs/quality.md.
 */
const USUAL_FLOOR = 0.1;
const USUAL_FACTOR = 2;
/** With fewer tubes the halves of a study say less than what is usual. */
const LEAST_TUBES = 8;
/** Events that a half must hold to show a shape. */
const LEAST_HALF = 30;
/**
 * How the error falls with events, as a power: none in a wide empty valley, a half where cells stand in it. Drawn tubes gave
 * .1 to .5 from 40 to 1,000 events.
 */
const POWER = 0.25;
/** Halves never lay farther apart than by this error. */
const MOST = 0.4;

/** Standard deviation of a tube's own cut by its events, in u. */
export type OwnCutError = (eventCount: number) => number;

export function usualCutError(eventCount: number): number {
  return Math.hypot(USUAL_FLOOR, USUAL_FACTOR / Math.sqrt(Math.max(1, eventCount)));
}

/**
 * How far tubes miss their own cut, by the study itself: one half of each tube's events against the other. A wide empty
 * valley is missed by more than a narrow one, and no number fits all markers.
 */
export function ownCutError(tubes: readonly CutTube[], search: CutSearch): OwnCutError {
  const halves = tubes.flatMap(({ sampleId, isInPool, values }) => {
    const half = Math.floor((values?.length ?? 0) / 2);
    if (!isInPool || values === undefined || half < LEAST_HALF) return [];
    const [one, other] = [values.subarray(0, half), values.subarray(half, 2 * half)].map((part) =>
      searchOf(search, { sampleId })(part),
    ) as [CutFound, CutFound];
    return one.cut === undefined || other.cut === undefined ? [] : [{ half, apart: one.cut - other.cut }];
  });
  const usualHalf = median(halves, ({ half }) => half);
  if (halves.length < LEAST_TUBES || usualHalf === undefined) return usualCutError;
  const squares = halves.reduce((sum, { apart }) => sum + apart * apart, 0);
  const sd = Math.sqrt(squares / halves.length / 2);
  return (eventCount) => Math.min(MOST, sd * (usualHalf / Math.max(1, eventCount)) ** POWER);
}

import type { Tube } from './tubes.ts';

/** A change in percentage points as the sum of two parts. */
export interface SplitChange {
  readonly cells: number;
  readonly gate: number;
}

/**
 * How much of a change the cells made and how much the gate, by counting each tube with the other's gate as well.
 * With f(A, b) the percentage of the cells of tube A in the gate as it lies in tube B (populations above it stay those of
 * A), from A to B:
 *   cells = ½ [f(B, a) − f(A, a)] + ½ [f(B, b) − f(A, b)],  gate = ½ [f(A, b) − f(A, a)] + ½ [f(B, b) − f(B, a)],
 * the mean over both orders of moving one after the other (Shapley 1953 for two players), so that both sum to the change.
 * A gate is compared as it lies in measured units. One that is pooled and only follows its tube's alignment moves by
 * the offset between the two tubes: where the staining truly shifted, the two parts are then opposite and cancel; where
 * the cells are the same and the gate drifted, the whole change stands under the gate. A gate with one place for both
 * tubes has moved nothing: 0.
 * @returns percentage points; undefined where one of the four counts is missing
 */
export function splitChange(from: Tube | undefined, to: Tube | undefined): SplitChange | undefined {
  if (from === undefined || to === undefined) return undefined;
  const [aa, bb] = [from.percent, to.percent];
  const [ab, ba] = [percentIn(from, to), percentIn(to, from)];
  if (aa === null || bb === null || ab === undefined || ba === undefined) return undefined;
  return { cells: (ba - aa + (bb - ab)) / 2, gate: (ab - aa + (bb - ba)) / 2 };
}

/** Percentage of a tube's cells in the gate of another. */
function percentIn(tube: Tube, other: Tube): number | undefined {
  // A tube may be called `constructor`, which every object answers to.
  const count = Object.hasOwn(tube.crossed, other.sampleId) ? tube.crossed[other.sampleId] : undefined;
  if (count === undefined || tube.parentCount === null || tube.parentCount === 0) return undefined;
  return (100 * count) / tube.parentCount;
}

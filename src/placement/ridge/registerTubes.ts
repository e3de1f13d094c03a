import { atGain } from '../stain/stainingGain.ts';
import { axisCuts, isNaiveLike } from './axisCuts.ts';
import { MEMORY, type RidgeCells, SECOND, X, Y } from './cells.ts';
import { type PlaneTube, planePool } from './plane.ts';
import { cornerRegions, NAIVE_LIKE, OTHER_CELLS, ridgeRegions } from './regions.ts';
import { register } from './register.ts';
import { AXES_PLANE, MOST_CELLS, RIDGE_PLANE } from './settings.ts';
import type { TubeGain } from './tubeGain.ts';

/** A tube's gains against the study. */
export interface RegisteredTube {
  /** Log gain on each of the tube's columns. */
  readonly gains: readonly number[];
  /** The registration on the plane of the ridge. */
  readonly plane: TubeGain;
}

/**
 * Brings the tubes to one stain: the further axes first, so that memory cells and others can be told apart in every tube; then
 * the plane of the ridge.
 */
export function registerTubes(tubes: readonly RidgeCells[]): readonly RegisteredTube[] {
  const axes = tubes.map((tube) => planeTube(tube, [MEMORY, SECOND], () => 0));
  const cutsAt = (gains: readonly (readonly number[])[]) => {
    const pool = planePool(axes, gains);
    const hasSecond = tubes.every(({ columns }) => columns[SECOND] !== undefined);
    return axisCuts({ memory: pool.x, second: hasSecond ? pool.y : undefined, weights: pool.weights });
  };
  const first = cutsAt(tubes.map(() => [0, 0]));
  const isFree = [true, first.second !== undefined] as const;
  const further = register(axes, { regionsOf: cornerRegions, free: isFree, settings: AXES_PLANE });
  const cuts = cutsAt(further.map(({ gain }) => gain));
  const plane = register(
    tubes.map((tube, t) => {
      const [memoryGain, secondGain] = further[t]!.gain;
      const own = {
        memory: atGain(cuts.memory, memoryGain),
        second: cuts.second === undefined ? undefined : atGain(cuts.second, secondGain),
      };
      const isNaive = isNaiveLike(tube.columns, own);
      return planeTube(tube, [X, Y], (row) => (isNaive(row) ? NAIVE_LIKE : OTHER_CELLS));
    }),
    { regionsOf: ridgeRegions, free: [true, true], settings: RIDGE_PLANE },
  );
  return tubes.map(({ columns }, t) => ({
    gains: [...plane[t]!.gain, ...further[t]!.gain].slice(0, columns.length),
    plane: plane[t]!,
  }));
}

/**
 * Cells of a tube on two of its columns; a column that it lacks is dark. They stand by brightness, so that no order of events
 * can reach the search.
 */
function planeTube(tube: RidgeCells, [x, y]: readonly [number, number], groupOf: (row: number) => number): PlaneTube {
  const dark = new Float64Array(tube.count);
  const [ofX, ofY] = [tube.columns[x] ?? dark, tube.columns[y] ?? dark];
  const rows = Uint32Array.from({ length: Math.min(tube.count, MOST_CELLS) }, (_, row) => row);
  rows.sort((a, b) => ofX[a]! - ofX[b]! || ofY[a]! - ofY[b]!);
  return {
    x: Float64Array.from(rows, (row) => ofX[row]!),
    y: Float64Array.from(rows, (row) => ofY[row]!),
    isInPool: tube.isInPool,
    group: Uint8Array.from(rows, groupOf),
  };
}

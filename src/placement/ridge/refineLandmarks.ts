import { median } from 'd3-array';
import type { Point } from '../../gating/index.ts';
import { type Landmark, type RidgeCells, X, Y } from './cells.ts';
import { type CoreShape, coreHistogram, fitPooledCore, fitTubeCore } from './coreModel.ts';
import { type AxisCuts, isNaiveLike, type TubeLandmark } from './landmarks.ts';

export interface RefinedLandmarks {
  readonly landmarks: readonly TubeLandmark[];
  /** One a tube; null where its core was not fitted. */
  readonly fills: readonly (number | null)[];
  readonly shape: CoreShape;
  readonly isAtBound: boolean;
}

/** What the first fit of the study knows. */
export interface RidgeFrame {
  readonly reference: Landmark;
  readonly cuts: AxisCuts;
  readonly direction: Point;
  readonly sigma: number;
  readonly poolRows: number;
}

const ROUNDS = 2;
const FEWEST_CELLS = 10;
const LEAST_POOL_WEIGHT = 30;
/** Brings the pooled histogram to the size of a tube, so that the floor of the model weighs alike. */
const POOL_SIZE = 300;
/** A ridge this full leaves little core to stand on: it asks for review. */
const HEAVY = 0.85;

/**
 * Moves every landmark from the mode of its naive-like cells to their core. As a ridge fills, the mode itself climbs, and a
 * border that stood on it would climb with the effect that it is to measure; the core stays.
 */
export function refineLandmarks(
  tubes: readonly RidgeCells[],
  start: readonly TubeLandmark[],
  frame: RidgeFrame,
): RefinedLandmarks {
  let landmarks = start;
  let fills: readonly (number | null)[] = [];
  let pooled: ReturnType<typeof fitPooledCore> | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const projected = tubes.map((tube, t) => project(tube, landmarks[t]!.at, frame));
    const core = fitPooledCore(pooledHistogram(tubes, projected, frame.poolRows));
    const refined = landmarks.map((landmark, t) => refineOne(landmark, projected[t]!, core.shape, frame.direction));
    landmarks = refined.map((one) => one.landmark);
    fills = refined.map((one) => one.fill);
    pooled = core;
  }
  if (!pooled) throw new Error('a ridge was refined in no round');
  return { landmarks: landmarks.map((landmark, t) => flagged(landmark, fills[t]!)), fills, ...pooled };
}

interface Projected {
  readonly along: readonly number[];
  readonly across: readonly number[];
}

/** Naive-like cells of a tube near the axis of the ridge, measured from its landmark. */
function project(tube: RidgeCells, at: Landmark, { reference, cuts, direction, sigma }: RidgeFrame): Projected {
  const onStudy = tube.columns.map((column, d) => column.map((value) => value - (at[d]! - reference[d]!)));
  const isCell = isNaiveLike(onStudy, cuts, 0);
  const along: number[] = [];
  const across: number[] = [];
  for (let i = 0; i < tube.count; i++) {
    if (!isCell(i)) continue;
    const dx = tube.columns[X]![i]! - at[X]!;
    const dy = tube.columns[Y]![i]! - at[Y]!;
    const s = dy * direction[0] - dx * direction[1];
    if (Math.abs(s) >= 3 * sigma) continue;
    along.push(dx * direction[0] + dy * direction[1]);
    across.push(s);
  }
  return { along, across };
}

function pooledHistogram(
  tubes: readonly RidgeCells[],
  projected: readonly Projected[],
  poolRows: number,
): Float64Array {
  const pool = coreHistogram([]);
  for (const [t, { along }] of projected.entries()) {
    if (!tubes[t]!.isInPool) continue;
    const rows = along.slice(0, poolRows);
    const weight = POOL_SIZE / Math.max(LEAST_POOL_WEIGHT, rows.length);
    const own = coreHistogram(rows);
    for (let bin = 0; bin < pool.length; bin++) pool[bin]! += weight * own[bin]!;
  }
  return pool;
}

function refineOne(landmark: TubeLandmark, { along, across }: Projected, shape: CoreShape, direction: Point) {
  if (along.length < FEWEST_CELLS || landmark.flags.includes('shift')) return { landmark, fill: null };
  const { shift, fill } = fitTubeCore(coreHistogram(along), shape);
  const near = across.filter((_, i) => along[i]! - shift > -shape.sigma && along[i]! - shift < 2 * shape.sigma);
  const aside = near.length > 5 ? ((median(near) as number) * near.length) / (near.length + 10) : 0;
  const at = landmark.at.map((value, d) => {
    if (d === X) return value + direction[0] * shift - direction[1] * aside;
    return d === Y ? value + direction[1] * shift + direction[0] * aside : value;
  });
  return { landmark: { ...landmark, at }, fill };
}

function flagged(landmark: TubeLandmark, fill: number | null): TubeLandmark {
  if (fill === null || fill <= HEAVY) return landmark;
  return { ...landmark, flags: [...landmark.flags, 'ridge_heavy'].sort() };
}

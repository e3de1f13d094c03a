import { median } from 'd3-array';
import type { Point } from '../../gating/index.ts';
import { type Landmark, type RidgeCells, X, Y } from './cells.ts';
import {
  type CoreShape,
  coreHistogram,
  type ExpectedCore,
  fitPooledCore,
  type TubeCore,
  tubeCoreFitter,
} from './coreModel.ts';
import { type AxisCuts, isFar, isNaiveLike, type TubeLandmark } from './landmarks.ts';
import { meanShift } from './meanShift.ts';
import type { Anchor } from './memoryAnchors.ts';
import { carried } from './stainingGain.ts';

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
  readonly tip: number;
  readonly poolRows: number;
}

/** Each round sees the pool sharper than the last; a third changes nothing that counts. */
const ROUNDS = 2;
const FEWEST_CELLS = 10;
/** Without a better witness a tube's core is expected within this of where it stands, in u. */
const SHIFT_SD = 0.3;
const LEAST_POOL_WEIGHT = 30;
/** Brings the pooled histogram to the size of a tube, so that the floor of the model weighs alike. */
const POOL_SIZE = 300;
/** A ridge this full leaves little core to stand on: it asks for review. */
const HEAVY = 0.85;

/**
 * Moves every landmark from the mode of its naive-like cells to their core. As a ridge fills, the mode itself climbs, and a
 * border that stood on it would climb with the effect that it is to measure; the core stays.
 * @param expected where else than at its start a tube's core is expected, and how surely; one a tube
 */
export function refineLandmarks(
  tubes: readonly RidgeCells[],
  start: readonly TubeLandmark[],
  frame: RidgeFrame,
  expected: readonly (Anchor | undefined)[],
): RefinedLandmarks {
  let landmarks = start;
  let fills: readonly (number | null)[] = [];
  let pooled: ReturnType<typeof fitPooledCore> | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const projected = tubes.map((tube, t) => project(tube, landmarks[t]!.at, frame));
    const core = fitPooledCore(pooledHistogram(tubes, projected, frame.poolRows), frame);
    const fitTube = tubeCoreFitter(core.shape);
    const refined = landmarks.map((landmark, t) => {
      const due = expectedFrom(landmark.at, start[t]!.at, expected[t], frame);
      const isLost = landmark.flags.includes('shift') && expected[t] === undefined;
      if (isLost || projected[t]!.along.length < FEWEST_CELLS) return { landmark, fill: null };
      return refineOne(landmark, projected[t]!, core.shape, frame, (histogram) => fitTube(histogram, due));
    });
    landmarks = refined.map((one) => one.landmark);
    fills = refined.map((one) => one.fill);
    pooled = core;
  }
  if (!pooled) throw new Error('a ridge was refined in no round');
  return { landmarks, fills, ...pooled };
}

/** What was expected from the start on, as seen from where the tube stands now. */
function expectedFrom(
  now: Landmark,
  start: Landmark,
  expected: Anchor | undefined,
  { reference, direction }: RidgeFrame,
): ExpectedCore {
  const along = (from: Landmark, to: Landmark) =>
    (to[X]! - from[X]!) * direction[0] + (to[Y]! - from[Y]!) * direction[1];
  const home = along(now, reference);
  if (!expected) return { shift: 0, sd: SHIFT_SD, home };
  return { shift: expected.shift - along(start, now), sd: expected.sd, home };
}

interface Projected {
  readonly along: readonly number[];
  readonly across: readonly number[];
}

/** Naive-like cells of a tube near the axis of the ridge, carried to the study's stain and measured from the core. */
function project(tube: RidgeCells, at: Landmark, { reference, cuts, direction, sigma }: RidgeFrame): Projected {
  const onStudy = tube.columns.map((column, d) => column.map((value) => value - (at[d]! - reference[d]!)));
  const isCell = isNaiveLike(onStudy, cuts, 0);
  const along: number[] = [];
  const across: number[] = [];
  for (let i = 0; i < tube.count; i++) {
    if (!isCell(i)) continue;
    const dx = carried(tube.columns[X]![i]!, at[X]!, reference[X]!) - reference[X]!;
    const dy = carried(tube.columns[Y]![i]!, at[Y]!, reference[Y]!) - reference[Y]!;
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

function refineOne(
  landmark: TubeLandmark,
  { along, across }: Projected,
  shape: CoreShape,
  { direction, reference }: RidgeFrame,
  fitTube: (histogram: Float64Array) => TubeCore,
) {
  const { shift, fill } = fitTube(coreHistogram(along));
  const near = across.filter((_, i) => along[i]! - shift > -shape.sigma && along[i]! - shift < 2 * shape.sigma);
  const aside = near.length > 5 ? (centreAcross(near, shape.sigma) * near.length) / (near.length + 10) : 0;
  const moved = [direction[0] * shift - direction[1] * aside, direction[1] * shift + direction[0] * aside];
  const at = landmark.at.map((own, d) => (d > Y ? own : carried(reference[d]! + moved[d]!, reference[d]!, own)));
  // A core so far from the study's is another population: as for the mode before, the study's own place is safer.
  if (isFar(at, reference))
    return { landmark: { at: reference, flags: [...landmark.flags, 'shift'].sort() }, fill: null };
  return { landmark: { ...landmark, at }, fill };
}

/** Width of the kernel in widths of the core: between a mode, which wanders, and a mean, which follows whatever lies aside. */
const REACH = 1.5;

/** The middle of a core across its ridge. A median would jump from cell to cell, by .006 u between 150 of them. */
function centreAcross(across: readonly number[], sigma: number): number {
  const cells = { columns: [Float64Array.from(across)], weights: new Float64Array(across.length).fill(1) };
  return meanShift(cells, [median(across) as number], [REACH * sigma])[0] as number;
}

/** The landmark with the flag of a ridge that leaves little core. */
export function withHeavyFlag(landmark: TubeLandmark, fill: number | null): TubeLandmark {
  if (fill === null || fill <= HEAVY) return landmark;
  return { ...landmark, flags: [...landmark.flags, 'ridge_heavy'].sort() };
}

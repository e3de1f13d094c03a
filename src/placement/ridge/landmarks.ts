import { median } from 'd3-array';
import { findValley } from '../density/findValley.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import {
  type Landmark,
  MEMORY,
  type PooledCells,
  pick,
  pickOwn,
  poolCells,
  type RidgeCells,
  SECOND,
  shareNear,
  X,
  Y,
} from './cells.ts';
import { highestMode, NEAR } from './highestMode.ts';
import { meanShift } from './meanShift.ts';

export interface AxisCuts {
  readonly memory: number;
  /** undefined where the marker is absent or shows no valley: it is then not used to select cells. */
  readonly second: number | undefined;
  readonly flags: readonly string[];
}

export interface TubeLandmark {
  readonly at: Landmark;
  readonly flags: readonly string[];
}

/** Cells this far on the wrong side of a provisional cut are still looked at: the cuts are not aligned yet. */
const MARGIN = 0.4;
const FEWEST_CELLS = 40;
const FEW_CELLS = 200;
/** A landmark farther than this from the study's, in u, is another population or a repopulated tube. */
const FARTHEST = 1.2;
const LEAST_SECOND_MODE = 0.08;
const LEAST_CORE = 0.15;

/**
 * Cuts of the memory and the second axis on a pool: valleys between 1 and 4 u (prominence .15, mass .02); without one, memory
 * is split by k-means, the second axis is not used.
 */
export function axisCuts(pool: PooledCells): AxisCuts {
  const search = { prominence: 0.15, mass: 0.02, range: [1, 4] as const, which: 'deepest' as const };
  const flags: string[] = [];
  const memoryValues = pool.columns[MEMORY]!;
  let memory = findValley(memoryValues, search, pool.weights).cut;
  if (memory === undefined) {
    memory = splitByMeans(memoryValues, 2).cuts[0] ?? 2;
    flags.push('memory_not_separable');
  }
  const secondValues = pool.columns[SECOND];
  const second = secondValues ? findValley(secondValues, search, pool.weights).cut : undefined;
  if (secondValues && second === undefined) flags.push('second_not_separable');
  return { memory, second, flags };
}

/** The cells of the core's own kind: memory marker low and, where it can be told, second marker high. */
export function isNaiveLike(columns: readonly Float64Array[], cuts: AxisCuts, margin: number) {
  const memory = columns[MEMORY]!;
  const second = cuts.second === undefined ? undefined : columns[SECOND];
  return (row: number): boolean =>
    memory[row]! < cuts.memory + margin && (second === undefined || second[row]! > (cuts.second as number) - margin);
}

/**
 * Landmark of each tube: the mode of its naive-like cells that is reached from the study's, where it is believable.
 * @returns one a tube with flags `few_naive`, `shift`, `second_mode`, `thin`
 */
export function findLandmarks(tubes: readonly RidgeCells[], poolRows: number): readonly TubeLandmark[] {
  const inPool = tubes.filter((tube) => tube.isInPool);
  const nowhere = (inPool[0]?.columns ?? []).map(() => 0);
  const pool = poolCells(
    inPool,
    inPool.map(() => nowhere),
    nowhere,
    poolRows,
  );
  const cuts = axisCuts(pool);
  const naive = pick(pool, isNaiveLike(pool.columns, cuts, 0));
  const reference = studyReference(naive);
  return tubes.map((tube) => tubeLandmark(tube, cuts, reference));
}

function studyReference(naive: PooledCells): Landmark {
  const centre = naive.columns.map((column) => median(column) ?? 0);
  const mode = highestMode(naive);
  let start = centre;
  if (mode) {
    const near = pick(
      naive,
      (row) => Math.abs(naive.columns[X]![row]! - mode[0]) < NEAR && Math.abs(naive.columns[Y]![row]! - mode[1]) < NEAR,
    );
    start = near.columns.map((column, d) => (d < 2 ? mode[d]! : (median(column) ?? centre[d]!)));
  }
  return meanShift(
    naive,
    start,
    start.map(() => 0.35),
  );
}

function tubeLandmark(tube: RidgeCells, cuts: AxisCuts, reference: Landmark): TubeLandmark {
  const cells = pickOwn(tube, isNaiveLike(tube.columns, cuts, MARGIN));
  const n = cells.weights.length;
  if (n < FEWEST_CELLS) return { at: reference, flags: ['few_naive'] };
  const flags: string[] = [];
  const wide = reference.map(() => 0.4);
  const narrow = reference.map(() => 0.35);
  let at = meanShift(cells, meanShift(cells, reference, wide), narrow);
  const near = shareNear(cells, at, NEAR);
  if (isFar(at, reference)) {
    const tight = [0.3, 0.3, 0.5, 0.5].slice(0, reference.length);
    const again = meanShift(cells, reference, tight);
    const isBelievable = !isFar(again, reference) && shareNear(cells, again, NEAR) > LEAST_SECOND_MODE;
    flags.push(isBelievable ? 'second_mode' : 'shift');
    at = isBelievable ? again : reference;
  }
  if (near < LEAST_CORE) flags.push('thin');
  // A landmark of few cells is uncertain by .1 to .2 u: it leans on the study's.
  const leaning = n < FEW_CELLS ? at.map((value, d) => (n * value + 40 * reference[d]!) / (n + 40)) : at;
  return { at: leaning, flags: flags.sort() };
}

/** True where a landmark lies too far from the study's to be the same population. */
export function isFar(at: Landmark, reference: Landmark): boolean {
  return Math.abs(at[X]! - reference[X]!) > FARTHEST || Math.abs(at[Y]! - reference[Y]!) > FARTHEST;
}

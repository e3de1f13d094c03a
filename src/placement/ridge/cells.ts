import { carried } from './stainingGain.ts';

/**
 * A tube's sampled parent events in the space of a ridge: columns x (CD38), y (CD24), memory (CD27), second (IgD), in u.
 * The second is absent where the panel lacks the marker.
 */
export interface RidgeCells {
  readonly sampleId: string;
  readonly isInPool: boolean;
  readonly count: number;
  readonly columns: readonly Float64Array[];
}

/** A position in that space. */
export type Landmark = readonly number[];

export const X = 0;
export const Y = 1;
export const MEMORY = 2;
export const SECOND = 3;

/** Rows of a pool of tubes on the study's landmark, with weights that let every tube count alike. */
export interface PooledCells {
  readonly columns: readonly Float64Array[];
  readonly weights: Float64Array;
}

/** A tube of fewer events than this weighs less in the pool. */
const LEAST_POOL_WEIGHT = 30;

/**
 * First rows of each tube, brought from its landmark to the study's, as one table: the stained markers of the plane as a
 * change of stain would carry them, the others by the distance.
 * @param landmarks one a tube, and @param reference the study's, of the length of the space
 * @param poolRows rows a tube; in a small study all of them
 */
export function poolCells(
  tubes: readonly RidgeCells[],
  landmarks: readonly Landmark[],
  reference: Landmark,
  poolRows: number,
): PooledCells {
  const dimensions = tubes[0]?.columns.length ?? 0;
  const rows = tubes.map((tube) => Math.min(tube.count, poolRows));
  const size = rows.reduce((sum, n) => sum + n, 0);
  const columns = Array.from({ length: dimensions }, () => new Float64Array(size));
  const weights = new Float64Array(size);
  let start = 0;
  tubes.forEach((tube, t) => {
    const n = rows[t]!;
    for (let d = 0; d < dimensions; d++) {
      const from = tube.columns[d]!;
      const to = columns[d]!;
      const [own, study] = [landmarks[t]![d]!, reference[d]!];
      if (d > Y) for (let i = 0; i < n; i++) to[start + i] = from[i]! + study - own;
      else for (let i = 0; i < n; i++) to[start + i] = carried(from[i]!, own, study);
    }
    weights.fill(1 / Math.max(LEAST_POOL_WEIGHT, n), start, start + n);
    start += n;
  });
  return { columns, weights };
}

/** The rows for which a test holds. */
export function pick(cells: PooledCells, test: (row: number) => boolean): PooledCells {
  const rows: number[] = [];
  for (let i = 0; i < cells.weights.length; i++) if (test(i)) rows.push(i);
  return {
    columns: cells.columns.map((column) => Float64Array.from(rows, (row) => column[row]!)),
    weights: Float64Array.from(rows, (row) => cells.weights[row]!),
  };
}

/** A tube's events for which a test holds, as unweighted cells. */
export function pickOwn(cells: RidgeCells, test: (row: number) => boolean): PooledCells {
  return pick({ columns: cells.columns, weights: new Float64Array(cells.count).fill(1) }, test);
}

/** Share of the weight within ± reach of a point of the plane, in x and in y. */
export function shareNear(cells: PooledCells, point: readonly number[], reach: number): number {
  const x = cells.columns[X]!;
  const y = cells.columns[Y]!;
  let near = 0;
  let total = 0;
  for (let i = 0; i < cells.weights.length; i++) {
    total += cells.weights[i]!;
    if (Math.abs(x[i]! - point[0]!) < reach && Math.abs(y[i]! - point[1]!) < reach) near += cells.weights[i]!;
  }
  return total === 0 ? 0 : near / total;
}

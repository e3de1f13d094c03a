import { atGain } from '../stain/stainingGain.ts';
import { SEARCH } from './settings.ts';

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

export const X = 0;
export const Y = 1;
export const MEMORY = 2;
export const SECOND = 3;

/** Rows of a pool of tubes on the study's stain, with weights that let every tube count alike. */
export interface PooledCells {
  readonly columns: readonly Float64Array[];
  readonly weights: Float64Array;
}

/** A tube and its log gain on each of its columns. */
export interface GainedTube {
  readonly cells: RidgeCells;
  readonly gains: readonly number[];
}

/**
 * First rows of each tube as one table, brought to the study's stain.
 * @param poolRows rows a tube; in a small study all of them
 */
export function poolCells(tubes: readonly GainedTube[], poolRows: number): PooledCells {
  const dimensions = tubes[0]?.cells.columns.length ?? 0;
  const rows = tubes.map(({ cells }) => Math.min(cells.count, poolRows));
  const size = rows.reduce((sum, n) => sum + n, 0);
  const columns = Array.from({ length: dimensions }, () => new Float64Array(size));
  const weights = new Float64Array(size);
  let start = 0;
  tubes.forEach(({ cells, gains }, t) => {
    const n = rows[t]!;
    for (let d = 0; d < dimensions; d++) {
      const from = cells.columns[d]!;
      const to = columns[d]!;
      const logGain = gains[d]!;
      for (let i = 0; i < n; i++) to[start + i] = logGain === 0 ? from[i]! : atGain(from[i]!, -logGain);
    }
    weights.fill(1 / Math.max(SEARCH.leastWeight, n), start, start + n);
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

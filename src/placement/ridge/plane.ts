import { smooth } from '../density/density.ts';
import { atGains } from '../stain/stainingGain.ts';
import { PLANE as P, REGIONS, SEARCH } from './settings.ts';

/** Cells of one tube on a plane, in u; each belongs to a group that is known beforehand. */
export interface PlaneTube {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly group: Uint8Array;
  readonly isInPool: boolean;
}

/** Cells of many tubes on the study's stain, with weights that let every tube count alike. */
export interface PlanePool extends Omit<PlaneTube, 'isInPool'> {
  readonly weights: Float64Array;
}

const BIN = (P.lastU - P.firstU) / P.bins;

/** The tubes of the pool brought to the study's stain. @param gains log gains, one pair a tube */
export function planePool(tubes: readonly PlaneTube[], gains: readonly (readonly number[])[]): PlanePool {
  const size = tubes.reduce((sum, { isInPool, x }) => sum + (isInPool ? x.length : 0), 0);
  const [x, y, weights] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const group = new Uint8Array(size);
  let at = 0;
  for (const [t, tube] of tubes.entries()) {
    if (!tube.isInPool) continue;
    const [gainX, gainY] = [gains[t]![0]!, gains[t]![1]!];
    group.set(tube.group, at);
    weights.fill(1 / Math.max(SEARCH.leastWeight, tube.x.length), at, at + tube.x.length);
    atGains(tube.x, -gainX, x, at);
    atGains(tube.y, -gainY, y, at);
    at += tube.x.length;
  }
  return { x, y, group, weights };
}

/**
 * The smoothed density of some cells of a pool, of mass 1 on the grid of the plane.
 * @returns undefined where they are too few
 */
export function densityOf(pool: PlanePool, isIn: (row: number) => boolean, width: number): Float64Array | undefined {
  const grid = new Float64Array(P.bins * P.bins);
  let [total, count] = [0, 0];
  for (let row = 0; row < pool.weights.length; row++) {
    if (!isIn(row)) continue;
    const i = Math.floor((pool.x[row]! - P.firstU) / BIN);
    const j = Math.floor((pool.y[row]! - P.firstU) / BIN);
    if (!(i >= 0 && i < P.bins && j >= 0 && j < P.bins)) continue;
    grid[i * P.bins + j]! += pool.weights[row]!;
    total += pool.weights[row]!;
    count++;
  }
  if (count < REGIONS.fewestCells) return undefined;
  const density = smoothPlane(grid, width);
  for (let cell = 0; cell < density.length; cell++) density[cell] = density[cell]! / total + REGIONS.floor;
  return density;
}

function smoothPlane(grid: Float64Array, width: number): Float64Array {
  const out = new Float64Array(grid.length);
  for (let i = 0; i < P.bins; i++) out.set(smooth(grid.subarray(i * P.bins, (i + 1) * P.bins), width, BIN), i * P.bins);
  const column = new Float64Array(P.bins);
  for (let j = 0; j < P.bins; j++) {
    for (let i = 0; i < P.bins; i++) column[i] = out[i * P.bins + j]!;
    const smoothed = smooth(column, width, BIN);
    for (let i = 0; i < P.bins; i++) out[i * P.bins + j] = smoothed[i]!;
  }
  return out;
}

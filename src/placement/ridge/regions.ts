import type { Point } from '../../gating/index.ts';
import { axisCuts } from './axisCuts.ts';
import { naiveCore } from './naiveCore.ts';
import { densityOf, type PlanePool } from './plane.ts';
import { AXES_PLANE, PLANE, REGIONS as R, RIDGE_PLANE } from './settings.ts';

/** Groups of the cells of a ridge's plane. */
export const NAIVE_LIKE = 0;
export const OTHER_CELLS = 1;

/** Where each region of naive-like cells begins along the diagonal, in u from the core. */
const alongFrom = [Number.NEGATIVE_INFINITY, ...R.along];

/**
 * Parts a pool along its ridge, and its memory cells by the second marker. How full a region is in one tube is left free, so
 * that neither a fuller ridge nor scarce memory can move a landmark: only where the cells of a region lie does. Cells of a
 * region that is too small lie in the tails of the others.
 */
export function ridgeRegions(pool: PlanePool, width?: number): readonly (readonly Float64Array[])[] {
  const core = coreOf(pool);
  const memoryFrom = [Number.NEGATIVE_INFINITY, ...R.memory];
  const regionOf = (row: number): number => {
    const [dx, dy] = [pool.x[row]! - core[0], pool.y[row]! - core[1]];
    if (pool.group[row] === NAIVE_LIKE) return regionAt(alongFrom, Math.SQRT1_2 * (dx + dy));
    return dx > R.plasmablast ? memoryFrom.length : regionAt(memoryFrom, dy);
  };
  const regions = new Int8Array(pool.weights.length);
  for (let row = 0; row < regions.length; row++) regions[row] = regionOf(row);
  const densities = (group: number, count: number) =>
    Array.from({ length: count }, (_, region) => {
      const isIn = (row: number) => pool.group[row] === group && regions[row] === region;
      return densityOf(pool, isIn, width ?? RIDGE_PLANE.widths[group]!) ?? UNSEEN;
    });
  return [densities(NAIVE_LIKE, alongFrom.length), densities(OTHER_CELLS, memoryFrom.length + 1)];
}

/** Share of the naive-like cells of a tube that lies in regions from a place on, in u from the core. */
export function shareFrom(shares: Float64Array, from: number): number {
  return shares.reduce((sum, share, region) => sum + (alongFrom[region]! >= from ? share : 0), 0);
}

/** The core of the naive-like cells of a pool. */
function coreOf({ x, y, weights, group }: PlanePool): Point {
  const of = (column: Float64Array) => {
    const out = new Float64Array(column.length);
    let count = 0;
    for (let row = 0; row < column.length; row++) if (group[row] === NAIVE_LIKE) out[count++] = column[row]!;
    return out.slice(0, count);
  };
  return naiveCore({ columns: [of(x), of(y)], weights: of(weights) });
}

/** The four corners of the memory axis (x) and the second (y), or its two halves where the second shows no valley. */
export function cornerRegions(pool: PlanePool, width?: number): readonly (readonly Float64Array[])[] {
  const cuts = axisCuts({ memory: pool.x, second: pool.y, weights: pool.weights });
  const cornerOf = (row: number) =>
    (pool.x[row]! > cuts.memory ? 1 : 0) + (cuts.second !== undefined && pool.y[row]! > cuts.second ? 2 : 0);
  const density = (corner: number) =>
    densityOf(pool, (row) => cornerOf(row) === corner, width ?? AXES_PLANE.widths[0]!) ?? UNSEEN;
  return [[0, 1, 2, 3].map(density)];
}

function regionAt(from: readonly number[], value: number): number {
  return from.findLastIndex((start) => value >= start);
}

/** A region that the study does not show: stray cells may lie anywhere. */
const UNSEEN = new Float64Array(PLANE.bins * PLANE.bins).fill(R.floor);

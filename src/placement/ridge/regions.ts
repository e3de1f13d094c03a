import type { Point } from '../../gating/index.ts';
import { smooth } from '../density/density.ts';
import { REGISTRATION as R } from './settings.ts';

/** Cells of the plane on the study's stain, in u. */
export interface PlaneCells {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array;
  /** 1 where the memory marker is high. */
  readonly isMemory: Uint8Array;
}

/** Densities of the soft regions of a pool, each of mass 1 on the grid; those of naive-like and of memory cells apart. */
export interface Regions {
  readonly naive: readonly Float64Array[];
  readonly memory: readonly Float64Array[];
  /** For each naive-like region where it begins along the diagonal, in u from the core. */
  readonly naiveFrom: readonly number[];
}

const BIN = (R.lastU - R.firstU) / R.bins;

/**
 * Parts a pool along its ridge. How full a region is in one tube is left free, so that neither a fuller ridge nor scarce
 * memory can move a landmark: only where the cells of a region lie does.
 * @param core of the naive-like cells; @param width of the smoothing in u, the usual ones where left out
 */
export function softRegions(pool: PlaneCells, core: Point, width?: number): Regions {
  const alongEdges = [Number.NEGATIVE_INFINITY, ...R.alongEdges, Number.POSITIVE_INFINITY];
  const memoryEdges = [Number.NEGATIVE_INFINITY, ...R.memoryEdges, Number.POSITIVE_INFINITY];
  const naiveOf = (row: number) => binOf(alongEdges, along(pool, row, core));
  const memoryOf = (row: number) =>
    pool.x[row]! > core[0] + R.plasmablastAbove ? memoryEdges.length - 1 : binOf(memoryEdges, pool.y[row]! - core[1]);
  const naive: Float64Array[] = [];
  const naiveFrom: number[] = [];
  for (let region = 0; region < alongEdges.length - 1; region++) {
    const density = densityOf(
      pool,
      (row) => pool.isMemory[row] === 0 && naiveOf(row) === region,
      width ?? R.naiveWidth,
    );
    if (density === undefined) continue;
    naive.push(density);
    naiveFrom.push(alongEdges[region]!);
  }
  const memory = memoryEdges.flatMap((_, region) => {
    const isIn = (row: number) => pool.isMemory[row] === 1 && memoryOf(row) === region;
    return densityOf(pool, isIn, width ?? R.memoryWidth) ?? [];
  });
  return { naive, memory, naiveFrom };
}

/** Way from the core along the diagonal, in u: near enough to any ridge to part it. */
function along(pool: PlaneCells, row: number, core: Point): number {
  return Math.SQRT1_2 * (pool.x[row]! - core[0] + (pool.y[row]! - core[1]));
}

function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length - 2 && value >= edges[bin + 1]!) bin++;
  return bin;
}

function densityOf(pool: PlaneCells, isIn: (row: number) => boolean, width: number): Float64Array | undefined {
  const grid = new Float64Array(R.bins * R.bins);
  let [total, count] = [0, 0];
  for (let row = 0; row < pool.weights.length; row++) {
    if (!isIn(row)) continue;
    const i = Math.floor((pool.x[row]! - R.firstU) / BIN);
    const j = Math.floor((pool.y[row]! - R.firstU) / BIN);
    if (!(i >= 0 && i < R.bins && j >= 0 && j < R.bins)) continue;
    grid[i * R.bins + j]! += pool.weights[row]!;
    total += pool.weights[row]!;
    count++;
  }
  if (count < R.fewestCells) return undefined;
  return smoothPlane(grid, width).map((value) => value / total + R.floor);
}

function smoothPlane(grid: Float64Array, width: number): Float64Array {
  const out = new Float64Array(grid.length);
  for (let i = 0; i < R.bins; i++) out.set(smooth(grid.subarray(i * R.bins, (i + 1) * R.bins), width, BIN), i * R.bins);
  for (let j = 0; j < R.bins; j++) {
    const column = smooth(
      Float64Array.from({ length: R.bins }, (_, i) => out[i * R.bins + j]!),
      width,
      BIN,
    );
    for (let i = 0; i < R.bins; i++) out[i * R.bins + j] = column[i]!;
  }
  return out;
}

/**
 * Values of several densities at one place, between the centres of bins; beyond the plane those of its edge.
 * @param out filled from `at` on, one a density
 */
export function densitiesAt(
  densities: readonly Float64Array[],
  { x, y }: { readonly x: number; readonly y: number },
  out: Float64Array,
  at: number,
): void {
  const px = Math.min(R.bins - 1, Math.max(0, (x - R.firstU) / BIN - 0.5));
  const py = Math.min(R.bins - 1, Math.max(0, (y - R.firstU) / BIN - 0.5));
  const i = Math.min(R.bins - 2, Math.floor(px));
  const j = Math.min(R.bins - 2, Math.floor(py));
  const [fx, fy] = [px - i, py - j];
  const cell = i * R.bins + j;
  const [w00, w10, w01, w11] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  for (let d = 0; d < densities.length; d++) {
    const grid = densities[d]!;
    out[at + d] =
      grid[cell]! * w00 + grid[cell + R.bins]! * w10 + grid[cell + 1]! * w01 + grid[cell + R.bins + 1]! * w11;
  }
}

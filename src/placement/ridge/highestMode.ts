import { FIRST_U, LAST_U, smooth } from '../density/density.ts';
import { type PooledCells, shareNear, X, Y } from './cells.ts';

const BIN = 0.1;
const BINS = Math.round((LAST_U - FIRST_U) / BIN);
const BANDWIDTH = 0.35;
/**
 * Maxima below this share of the highest are another population: transitional cells that stand apart hold up to a third of a
 * tube and half of this height, while activated cells, even in a flare, stay fewer than the core.
 */
const LEAST_HEIGHT = 0.6;
/** A mode must hold this share of the weight within ± .6 u, so that a stray clump is not taken for the core. */
const LEAST_MASS = 0.15;
const NEAR = 0.6;

/**
 * Of the modes of the plane that hold enough cells, the one of the largest x + y: activated naive and double-negative cells
 * lie below the core of the naive cells, never above it.
 */
export function highestMode(cells: PooledCells): readonly [number, number] | undefined {
  const grid = smoothGrid(cells);
  let highest = 0;
  for (const row of grid) for (const value of row) highest = Math.max(highest, value);
  let best: readonly [number, number] | undefined;
  for (let i = 1; i < BINS - 1; i++) {
    for (let j = 1; j < BINS - 1; j++) {
      if (grid[i]![j]! <= LEAST_HEIGHT * highest || !isMaximum(grid, i, j)) continue;
      const mode = [FIRST_U + (i + 0.5) * BIN, FIRST_U + (j + 0.5) * BIN] as const;
      if (shareNear(cells, mode, NEAR) < LEAST_MASS) continue;
      if (!best || mode[0] + mode[1] > best[0] + best[1]) best = mode;
    }
  }
  return best;
}

/** Weighted histogram of the plane, smoothed along both axes; first index x. */
function smoothGrid(cells: PooledCells): readonly Float64Array[] {
  const grid = Array.from({ length: BINS }, () => new Float64Array(BINS));
  for (let i = 0; i < cells.weights.length; i++) {
    const bx = Math.floor((cells.columns[X]![i]! - FIRST_U) / BIN);
    const by = Math.floor((cells.columns[Y]![i]! - FIRST_U) / BIN);
    if (bx >= 0 && bx < BINS && by >= 0 && by < BINS) grid[bx]![by]! += cells.weights[i]!;
  }
  const alongY = grid.map((row) => smooth(row, BANDWIDTH, BIN));
  const out = Array.from({ length: BINS }, () => new Float64Array(BINS));
  for (let j = 0; j < BINS; j++) {
    const column = smooth(
      Float64Array.from(alongY, (row) => row[j]!),
      BANDWIDTH,
      BIN,
    );
    for (let i = 0; i < BINS; i++) out[i]![j] = column[i]!;
  }
  return out;
}

function isMaximum(grid: readonly Float64Array[], i: number, j: number): boolean {
  for (let di = -1; di <= 1; di++) {
    for (let dj = -1; dj <= 1; dj++) {
      if (grid[i + di]![j + dj]! > grid[i]![j]!) return false;
    }
  }
  return true;
}

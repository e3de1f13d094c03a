import { PLANE as P } from './settings.ts';

/** Cells of one group in one tube as brightness F / c = sinh u. */
export interface GroupLight {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Several densities at the cells of a group: cell after cell, one number a density. Good until the next are asked for. */
export interface CellDensities {
  readonly count: number;
  readonly parts: number;
  readonly value: Float64Array;
  /** Per u; untouched where only values are asked for, as are the moves. */
  readonly slopeX: Float64Array;
  readonly slopeY: Float64Array;
  /** How far u moves with the gain. */
  readonly moveX: Float64Array;
  readonly moveY: Float64Array;
  /** How the axes of u stretch, in log likelihood and its slopes: the density of cells is the study's times that. */
  readonly logStretch: number;
  readonly scoreX: number;
  readonly scoreY: number;
}

const BIN = (P.lastU - P.firstU) / P.bins;

/** A search asks thousands of times for some hundred cells: the same arrays serve it all. */
let scratch = new Float64Array(0);

/**
 * Densities of the study at the cells of a tube under a gain, between the centres of bins; beyond the plane those of its edge.
 */
export function cellDensities(
  { x, y }: GroupLight,
  densities: readonly Float64Array[],
  [gainX, gainY]: readonly [number, number],
  wanted: 'values' | 'slopes',
): CellDensities {
  const count = x.length;
  const parts = densities.length;
  const size = count * parts;
  if (scratch.length < 3 * size + 2 * count) scratch = new Float64Array(2 * (3 * size + 2 * count));
  const value = scratch.subarray(0, size);
  const slopeX = scratch.subarray(size, 2 * size);
  const slopeY = scratch.subarray(2 * size, 3 * size);
  const moveX = scratch.subarray(3 * size, 3 * size + count);
  const moveY = scratch.subarray(3 * size + count, 3 * size + 2 * count);
  const factorX = Math.exp(-gainX);
  const factorY = Math.exp(-gainY);
  const isSloped = wanted === 'slopes';
  let logStretch = -count * (gainX + gainY);
  let scoreX = 0;
  let scoreY = 0;
  for (let i = 0; i < count; i++) {
    const lightX = x[i]! * factorX;
    const lightY = y[i]! * factorY;
    const rootX = Math.sqrt(1 + lightX * lightX);
    const rootY = Math.sqrt(1 + lightY * lightY);
    const px = Math.min(P.bins - 1, Math.max(0, (Math.log(lightX + rootX) - P.firstU) / BIN - 0.5));
    const py = Math.min(P.bins - 1, Math.max(0, (Math.log(lightY + rootY) - P.firstU) / BIN - 0.5));
    const column = Math.min(P.bins - 2, Math.floor(px));
    const row = Math.min(P.bins - 2, Math.floor(py));
    const fx = px - column;
    const fy = py - row;
    const cell = column * P.bins + row;
    for (let d = 0, at = i * parts; d < parts; d++, at++) {
      const grid = densities[d]!;
      const v00 = grid[cell]!;
      const v10 = grid[cell + P.bins]!;
      const v01 = grid[cell + 1]!;
      const v11 = grid[cell + P.bins + 1]!;
      const low = v00 + fx * (v10 - v00);
      const high = v01 + fx * (v11 - v01);
      value[at] = low + fy * (high - low);
      if (isSloped) {
        slopeX[at] = (v10 - v00 + fy * (v11 - v01 - v10 + v00)) / BIN;
        slopeY[at] = (high - low) / BIN;
      }
    }
    logStretch -= Math.log(rootX * rootY);
    if (isSloped) {
      moveX[i] = -lightX / rootX;
      moveY[i] = -lightY / rootY;
      scoreX -= 1 / (rootX * rootX);
      scoreY -= 1 / (rootY * rootY);
    }
  }
  return { count, parts, value, slopeX, slopeY, moveX, moveY, logStretch, scoreX, scoreY };
}

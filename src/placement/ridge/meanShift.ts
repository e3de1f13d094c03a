import type { PooledCells } from './cells.ts';

const MOST_STEPS = 60;
/** A step shorter than this, in u, has arrived. */
const ARRIVED = 1e-4;

/**
 * Climbs from a start to the nearest mode of a Gaussian kernel density (Comaniciu & Meer 2002).
 * @param bandwidths one a dimension, in u
 * @returns the mode; the start where no event lies near it
 */
export function meanShift(
  cells: PooledCells,
  start: readonly number[],
  bandwidths: readonly number[],
): readonly number[] {
  const dimensions = cells.columns.length;
  let at = [...start].slice(0, dimensions);
  for (let step = 0; step < MOST_STEPS; step++) {
    const sums = new Float64Array(dimensions);
    let total = 0;
    for (let i = 0; i < cells.weights.length; i++) {
      let distanceSquare = 0;
      for (let d = 0; d < dimensions; d++) {
        distanceSquare += ((cells.columns[d]![i]! - at[d]!) / bandwidths[d]!) ** 2;
      }
      const weight = cells.weights[i]! * Math.exp(-0.5 * distanceSquare);
      total += weight;
      for (let d = 0; d < dimensions; d++) sums[d]! += weight * cells.columns[d]![i]!;
    }
    if (total < 1e-12) return at;
    const next = Array.from(sums, (sum) => sum / total);
    const moved = Math.max(...next.map((value, d) => Math.abs(value - at[d]!)));
    at = next;
    if (moved < ARRIVED) break;
  }
  return at;
}

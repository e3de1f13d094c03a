import type { PlaneDensity } from './planeDensity.ts';

/** Every bin's mode: the maximum that it belongs to. */
export interface Basins {
  /** Bin of the maximum a bin belongs to; −1 where there is no density. */
  readonly modeOf: Int32Array;
  /** Bins of the maxima, highest first. */
  readonly modes: readonly number[];
}

/**
 * Watershed from above: in order of falling density each bin joins the basin of its densest neighbour; where two basins
 * meet and the lower one's maximum stands less than a share of its height above the meeting point, it is a ripple and
 * joins the higher one (persistence-based clustering, Chazal et al. 2013).
 * @param prominence least height over the meeting point, as a share of a maximum's own height
 */
export function basinsOf(density: PlaneDensity, prominence: number): Basins {
  const { bins, values } = density;
  const order = Array.from(values.keys())
    .filter((bin) => values[bin]! > 0)
    .sort((a, b) => values[b]! - values[a]! || a - b);
  const parent = new Int32Array(values.length).fill(-1);
  const root = (bin: number): number => {
    let at = bin;
    while (parent[at] !== at) at = parent[at]!;
    return at;
  };
  // The smallest bin of two equally dense ones comes first in the order, and so is their maximum.
  const isHigher = (a: number, b: number) => values[a]! > values[b]! || (values[a]! === values[b]! && a < b);
  for (const bin of order) {
    const around = [
      ...new Set(
        neighbours(bin, bins)
          .filter((next) => parent[next]! >= 0)
          .map(root),
      ),
    ];
    const highest = around.reduce<number>((best, mode) => (best < 0 || isHigher(mode, best) ? mode : best), -1);
    parent[bin] = highest < 0 ? bin : highest;
    for (const mode of around) {
      if (mode !== highest && values[mode]! - values[bin]! < prominence * values[mode]!) parent[mode] = highest;
    }
  }
  const modeOf = parent.map((up, bin) => (up < 0 ? -1 : root(bin)));
  return { modeOf, modes: order.filter((bin) => modeOf[bin] === bin) };
}

/** The eight bins around one, within the grid. */
export function neighbours(bin: number, bins: number): number[] {
  const row = Math.floor(bin / bins);
  const column = bin % bins;
  const found: number[] = [];
  for (let r = Math.max(0, row - 1); r <= Math.min(bins - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(bins - 1, column + 1); c++) {
      if (r !== row || c !== column) found.push(r * bins + c);
    }
  }
  return found;
}

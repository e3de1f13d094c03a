import { sortedQuantile } from '../../statistics/index.ts';
import { BIN_WIDTH, bandwidthOf, binCentre, FIRST_U, histogram, modesOf, smooth } from '../density/density.ts';
import { finiteOnly } from '../density/finite.ts';

/** A bright population of one marker in one tube, as it shows without any gate. */
export interface PositiveMode {
  /** Median of its events, in u. */
  readonly at: number;
  /** Standard error of that median, in u. */
  readonly error: number;
  /** Share of the tube's events that belong to it. */
  readonly share: number;
  /** Share of the tube's events that lie above its median: which population it is, whatever its brightness. */
  readonly above: number;
}

/** In u: a population below does not move with a gain as a bright one does (docs/quality.md). */
const DIMMEST = 1.5;
/** Fewer events leave a median's error at .05 u and more. */
const LEAST_EVENTS = 100;
/** Persistence of a mode as a share of its height: less is a ripple. */
const PROMINENCE = 0.15;
/** A median's standard error over a mean's, for a normal population: √(π/2). */
const MEDIAN_ERROR = Math.sqrt(Math.PI / 2);

/**
 * Well-filled modes above 1.5 u, ascending. A mode's events reach to the lowest density on either side of it; their median
 * is steadier than the highest bin.
 * @param values in u, of all events of a tube; what is no number counts for nothing
 */
export function positiveModes(values: Float64Array): readonly PositiveMode[] {
  const sorted = finiteOnly(values).sort();
  if (sorted.length < LEAST_EVENTS) return [];
  const density = smooth(histogram(sorted), bandwidthOf(sorted));
  const modes = modesOf(density, PROMINENCE);
  const valleys = modes.slice(1).map((mode, i) => lowestBetween(density, modes[i]!, mode));
  const borders = [Number.NEGATIVE_INFINITY, ...valleys, Number.POSITIVE_INFINITY];
  return modes.flatMap((mode, m): PositiveMode[] => {
    const [from, to] = [firstAtLeast(sorted, borders[m]!), firstAtLeast(sorted, borders[m + 1]!)];
    const own = sorted.subarray(from, to);
    const at = sortedQuantile(own, 0.5);
    if (at === undefined || Math.min(at, binCentre(mode)) < DIMMEST || own.length < LEAST_EVENTS) return [];
    const spread = (sortedQuantile(own, 0.75)! - sortedQuantile(own, 0.25)!) / 1.349;
    const error = (MEDIAN_ERROR * spread) / Math.sqrt(own.length);
    const share = own.length / sorted.length;
    return [{ at, error, share, above: (sorted.length - firstAtLeast(sorted, at)) / sorted.length }];
  });
}

/** Lower edge, in u, of the lowest bin between two modes; the middle one of several. */
function lowestBetween(density: Float64Array, left: number, right: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = left; i <= right; i++) lowest = Math.min(lowest, density[i]!);
  const bins: number[] = [];
  for (let i = left; i <= right; i++) if (density[i] === lowest) bins.push(i);
  return FIRST_U + bins[bins.length >> 1]! * BIN_WIDTH;
}

/** Position of the first value that is not below a bound. */
function firstAtLeast(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

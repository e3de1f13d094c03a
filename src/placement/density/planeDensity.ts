import { sortedQuantile } from '../../statistics/index.ts';
import { smooth } from './density.ts';
import type { WeightedPoints } from './mixtureFit.ts';

/** Density in a plane on a square grid over the middle 99 % of the points; row-major, y by rows. */
export interface PlaneDensity {
  readonly bins: number;
  readonly values: Float64Array;
  readonly origin: readonly [number, number];
  /** Width and height of a bin, in u. */
  readonly step: readonly [number, number];
}

/** Bins along each side; fine beside the blur below. */
const BINS = 128;
/** Standard deviation of the blur, in bins. */
const BLUR_BINS = 2;
/** Empty bins around the points, so that a contour can close within the grid. */
const MARGIN_BINS = 6;

/**
 * Two-dimensional histogram of 128 × 128 bins, blurred by a Gaussian of 2 bins, over the .5 to 99.5 % range of the points
 * and a margin; points outside count nowhere.
 * @returns undefined where the points do not spread along both axes
 */
export function planeDensity(points: WeightedPoints): PlaneDensity | undefined {
  const spans = [points.x, points.y].map((values) => {
    const sorted = Float64Array.from(values).sort();
    const [low, high] = [sortedQuantile(sorted, 0.005), sortedQuantile(sorted, 0.995)];
    if (low === undefined || high === undefined || !(high > low)) return undefined;
    const step = (high - low) / (BINS - 2 * MARGIN_BINS);
    return { from: low - MARGIN_BINS * step, step };
  });
  const [x, y] = spans;
  if (!x || !y) return undefined;
  const values = new Float64Array(BINS * BINS);
  for (let i = 0; i < points.x.length; i++) {
    const column = Math.floor((points.x[i]! - x.from) / x.step);
    const row = Math.floor((points.y[i]! - y.from) / y.step);
    if (column >= 0 && column < BINS && row >= 0 && row < BINS) values[row * BINS + column]! += points.weights[i]!;
  }
  return { bins: BINS, values: blurPlane(values), origin: [x.from, y.from], step: [x.step, y.step] };
}

function blurPlane(values: Float64Array): Float64Array {
  return transposePlane(smoothedRows(transposePlane(smoothedRows(values))));
}

function smoothedRows(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let row = 0; row < BINS; row++) {
    out.set(smooth(values.subarray(row * BINS, (row + 1) * BINS), BLUR_BINS, 1), row * BINS);
  }
  return out;
}

function transposePlane(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let row = 0; row < BINS; row++) {
    for (let column = 0; column < BINS; column++) out[column * BINS + row] = values[row * BINS + column]!;
  }
  return out;
}

import { quartiles } from '../../statistics/index.ts';

/** The axis of all placement histograms: u from −1.5 to 8 in bins of .025. */
export const FIRST_U = -1.5;
export const LAST_U = 8;
const BIN_COUNT = 380;
export const BIN_WIDTH = (LAST_U - FIRST_U) / BIN_COUNT;

export function binCentre(bin: number): number {
  return FIRST_U + (bin + 0.5) * BIN_WIDTH;
}

/**
 * Weighted histogram on the common axis; values beyond its ends count in the end bins, values that are no numbers not at all.
 * @param values in u
 * @param weights one a value; all 1 where left out
 */
export function histogram(values: Float64Array, weights?: Float64Array): Float64Array {
  const bins = new Float64Array(BIN_COUNT);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i]! - FIRST_U) / BIN_WIDTH);
    if (Number.isNaN(bin)) continue;
    bins[Math.min(BIN_COUNT - 1, Math.max(0, bin))]! += weights ? weights[i]! : 1;
  }
  return bins;
}

/** Convolution with a Gaussian that is cut at four bandwidths; what lies beyond the ends counts as empty. */
export function smooth(bins: Float64Array, bandwidth: number, binWidth: number = BIN_WIDTH): Float64Array {
  const reach = Math.ceil((4 * bandwidth) / binWidth);
  const kernel = new Float64Array(2 * reach + 1);
  let total = 0;
  for (let k = -reach; k <= reach; k++) {
    const value = Math.exp(-0.5 * ((k * binWidth) / bandwidth) ** 2);
    kernel[k + reach] = value;
    total += value;
  }
  const out = new Float64Array(bins.length);
  // Empty bins add nothing, and most of an axis is empty at its ends.
  let [first, last] = [0, bins.length - 1];
  while (first <= last && bins[first] === 0) first++;
  while (last >= first && bins[last] === 0) last--;
  for (let i = 0; i < bins.length; i++) {
    const from = Math.max(first, i - reach);
    const to = Math.min(last, i + reach);
    let sum = 0;
    for (let j = from; j <= to; j++) sum += bins[j]! * kernel[j - i + reach]!;
    out[i] = sum / total;
  }
  return out;
}

/**
 * Bandwidth in u for a sample: .9 · min(sd, IQR / 1.349) · n^(−1/5) (Silverman 1986, eq. 3.31), kept within .10 and .35
 * so that neither a spike nor a spread-out marker decides how much detail is seen.
 */
export function bandwidthOf(values: Float64Array): number {
  if (values.length < 2) return LONE_BANDWIDTH;
  const sd = standardDeviation(values);
  // What the quartiles say can only be less: where this is the least already, or no number, they need not be known.
  const most = boundedBandwidth(sd, values.length);
  if (!(most > LEAST_BANDWIDTH)) return most;
  const [low, high] = quartiles(values);
  const spread = high - low;
  return boundedBandwidth(spread > 0 ? Math.min(sd, spread / 1.349) : sd, values.length);
}

/** Of a value alone. */
const LONE_BANDWIDTH = 0.3;
const [LEAST_BANDWIDTH, MOST_BANDWIDTH] = [0.1, 0.35];

function boundedBandwidth(spread: number, count: number): number {
  return Math.min(MOST_BANDWIDTH, Math.max(LEAST_BANDWIDTH, 0.9 * spread * count ** -0.2));
}

function standardDeviation(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

/**
 * Bins of the maxima whose persistence (height over the higher of the two lowest points passed on the way to a higher
 * maximum; the highest counts down to 0) reaches a share of their own height.
 */
export function modesOf(density: Float64Array, prominence: number): number[] {
  const kept: number[] = [];
  for (let p = 1; p < density.length - 1; p++) {
    const height = density[p]!;
    if (height <= 0 || height < density[p - 1]! || height <= density[p + 1]!) continue;
    const base = Math.max(lowestBeforeHigher(density, p, -1), lowestBeforeHigher(density, p, 1));
    if (height - base >= prominence * height) kept.push(p);
  }
  return kept;
}

/** Lowest point from a maximum towards the next higher one; 0 where no higher one stands on that side. */
function lowestBeforeHigher(density: Float64Array, from: number, step: 1 | -1): number {
  const height = density[from]!;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = from + step; i >= 0 && i < density.length; i += step) {
    if (density[i]! > height) return lowest;
    lowest = Math.min(lowest, density[i]!);
  }
  return 0;
}

/** Height of a Gaussian at one standard deviation. */
const AT_ONE_SIGMA = Math.exp(-0.5);

/**
 * A mode to a fraction of a bin, and its standard deviation on one side: how far from it the density falls to .607 of its
 * height. A whole bin more or less would move a cut of eight deviations by .2 u.
 * @param mode bin of a maximum; @param towards the side on which it is measured
 * @returns u
 */
export function modeAndWidth(density: Float64Array, mode: number, towards: 1 | -1): { at: number; width: number } {
  const height = density[mode]!;
  const [left, right] = [density[mode - 1] ?? 0, density[mode + 1] ?? 0];
  const bend = left - 2 * height + right;
  const peak = mode + (bend < 0 ? (left - right) / (2 * bend) : 0);
  const level = AT_ONE_SIGMA * height;
  let edge = mode;
  while (edge > 0 && edge < density.length - 1 && density[edge]! > level) edge += towards;
  const [inside, outside] = [density[edge - towards] ?? height, density[edge]!];
  const beyond = inside > outside ? Math.min(1, Math.max(0, (level - outside) / (inside - outside))) : 0;
  return { at: binCentre(peak), width: Math.abs(edge - towards * beyond - peak) * BIN_WIDTH };
}

/** The value that half of the weight lies at or below. */
export function weightedMedian(values: readonly number[], weights: readonly number[]): number | undefined {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  let total = 0;
  for (const weight of weights) total += weight;
  let sum = 0;
  for (const i of order) {
    sum += weights[i]!;
    if (sum >= 0.5 * total) return values[i]!;
  }
  return undefined;
}

import { type Coordinate, coordinateSearch } from './coordinateSearch.ts';

/**
 * The density of naive-like cells along the ridge: a core, a ramp or an island above it, and a low group below it.
 *   f(t) = (1 − p)·[(1 − q)·K(t − μ) + q·((1 − a)·R(t − μ) + a·K′(t − μ − c))] + p·N(μ + low, lowWidth) + .002
 * K is .92 N(0, σ) + .08 N(0, 2.2 σ); R is K smeared over a triangular ramp of length T; K′ is K with 1.1 σ.
 */
export interface CoreShape {
  readonly sigma: number;
  readonly rampLength: number;
  /** Share of the ridge that is an island and not a ramp. */
  readonly island: number;
  readonly islandAt: number;
  readonly low: number;
  readonly lowWidth: number;
}

export interface PooledCore {
  readonly shape: CoreShape;
  /** True where the share of the ridge or of the low group ended on its bound: look at the picture. */
  readonly isAtBound: boolean;
}

/** Where one tube's core lies along the ridge, and how full its ridge is. */
export interface TubeCore {
  readonly shift: number;
  readonly fill: number;
}

const CORE_FIRST = -2.5;
const CORE_LAST = 4.5;
const CORE_BINS = 140;
const BIN = (CORE_LAST - CORE_FIRST) / CORE_BINS;

const RAMP_POINTS = 40;
const FLOOR = 0.002;
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** A tube's core is expected within this of where its mode was, in u. */
const SHIFT_SD = 0.3;

/** Starts of the pooled fit: a ramp, an island, and half of both; the largest likelihood of the three wins. */
const STARTS = [
  [0, 0.25, 0.4, 2.4, 0, 2, 0.1, -1.6, 0.5],
  [0, 0.15, 0.35, 2.4, 1, 2, 0.1, -1.6, 0.5],
  [0, 0.2, 0.4, 2.4, 0.5, 2.4, 0.02, -1.2, 0.5],
] as const;
const STEPS = [0.15, 0.1, 0.1, 0.6, 0.3, 0.5, 0.1, 0.4, 0.2] as const;
/** q and p are bounded on the pool, else a broad real peak is taken for a ramp, or half of it for a low group. */
const MOST_RIDGE = 0.4;
const MOST_LOW = 0.3;
const BOUNDS = [
  [-0.8, 0.8],
  [0, MOST_RIDGE],
  [0.15, 0.9],
  [1.2, 4.5],
  [0, 1],
  [1, 4],
  [0, MOST_LOW],
  [-3, -0.8],
  [0.3, 1],
] as const;
const AT_BOUND = 0.005;

/** Counts on the common axis along the ridge; what lies beyond its ends is left out. */
export function coreHistogram(values: readonly number[]): Float64Array {
  const bins = new Float64Array(CORE_BINS);
  for (const value of values) {
    const bin = Math.floor((value - CORE_FIRST) / BIN);
    if (bin >= 0 && bin < CORE_BINS) bins[bin]!++;
  }
  return bins;
}

/** Fits the shape once on the pooled histogram by maximum likelihood. */
export function fitPooledCore(histogram: Float64Array): PooledCore {
  let best: { at: readonly number[]; value: number } | undefined;
  for (const start of STARTS) {
    const coordinates = start.map(
      (value, i): Coordinate => ({ start: value, step: STEPS[i]!, min: BOUNDS[i]![0], max: BOUNDS[i]![1] }),
    );
    const found = coordinateSearch(
      ([mu = 0, q = 0, sigma = 1, T = 1, a = 0, c = 0, p = 0, low = 0, lowWidth = 1]) => {
        const shape = { sigma, rampLength: T, island: a, islandAt: c, low, lowWidth };
        return misfit(histogram, mu, q, p, shape, ridgeDensity(shape));
      },
      coordinates,
      0.004,
    );
    if (!best || found.value < best.value) best = found;
  }
  const [, q = 0, sigma = 1, rampLength = 1, island = 0, islandAt = 0, p = 0, low = 0, lowWidth = 1] = best?.at ?? [];
  return {
    shape: { sigma, rampLength, island, islandAt, low, lowWidth },
    isAtBound: q > MOST_RIDGE - AT_BOUND || p > MOST_LOW - AT_BOUND,
  };
}

/** With the shape frozen, where a tube's core lies, how much of it is on the ridge, and how much below. */
export function fitTubeCore(histogram: Float64Array, shape: CoreShape): TubeCore {
  const ridge = tabulated(ridgeDensity(shape));
  const { at } = coordinateSearch(
    ([mu = 0, q = 0, p = 0]) => misfit(histogram, mu, q, p, shape, ridge) + 0.5 * (mu / SHIFT_SD) ** 2,
    [
      { start: 0, step: 0.15, min: -1.2, max: 1.2 },
      { start: 0.2, step: 0.12, min: 0, max: 0.97 },
      { start: 0.1, step: 0.08, min: 0, max: 0.9 },
    ],
    0.003,
  );
  return { shift: at[0]!, fill: at[1]! };
}

/** Negative log likelihood of the histogram. */
function misfit(
  histogram: Float64Array,
  mu: number,
  q: number,
  p: number,
  shape: CoreShape,
  ridge: (t: number) => number,
): number {
  let sum = 0;
  for (let bin = 0; bin < CORE_BINS; bin++) {
    const count = histogram[bin]!;
    if (count === 0) continue;
    const t = CORE_FIRST + (bin + 0.5) * BIN - mu;
    const above = (1 - q) * bump(t, shape.sigma) + (q > 0 ? q * ridge(t) : 0);
    const below = Math.exp(-0.5 * ((t - shape.low) / shape.lowWidth) ** 2) / (ROOT_TWO_PI * shape.lowWidth);
    sum -= count * Math.log((1 - p) * above + p * below + FLOOR);
  }
  return sum;
}

function bump(t: number, sigma: number): number {
  const z = t / sigma;
  return (0.92 * Math.exp(-0.5 * z * z) + (0.08 / 2.2) * Math.exp(-0.5 * (z / 2.2) ** 2)) / (ROOT_TWO_PI * sigma);
}

/** Density of the cells on the ridge, t from the core. */
function ridgeDensity({ sigma, rampLength, island, islandAt }: CoreShape): (t: number) => number {
  const weights = Array.from({ length: RAMP_POINTS }, (_, i) => 1 - (i + 0.5) / RAMP_POINTS);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (t) => {
    let ramp = 0;
    if (island < 1) {
      for (let i = 0; i < RAMP_POINTS; i++) {
        ramp += (weights[i]! / total) * bump(t - (rampLength * (i + 0.5)) / RAMP_POINTS, sigma);
      }
    }
    return (1 - island) * ramp + (island > 0 ? island * bump(t - islandAt, 1.1 * sigma) : 0);
  };
}

/** The same density from a table at steps of .005 u: many tubes ask it with one shape. */
function tabulated(density: (t: number) => number): (t: number) => number {
  const step = 0.005;
  const from = CORE_FIRST - 1.5;
  const size = Math.ceil((CORE_LAST + 1.5 - from) / step) + 2;
  const table = Float64Array.from({ length: size }, (_, i) => density(from + i * step));
  return (t) => {
    const position = (t - from) / step;
    const below = Math.floor(position);
    return table[below]! + (position - below) * (table[below + 1]! - table[below]!);
  };
}

import { type Coordinate, patternSearch } from './patternSearch.ts';

/**
 * The density of naive-like cells along the ridge: a core, a ramp or an island above it, and a low group below it.
 *   f(t) = (1 − p)·[(1 − q)·K(t − μ) + q·((1 − a)·R(t − μ) + a·K′(t − μ − c))] + p·N(μ + low, lowWidth) + .002
 * K is .92 N(0, σ) + .08 N(0, 2.2 σ); R is K smeared over a triangular ramp of length T; K′ is K with 1.1 σ. In one tube R
 * may be partly even instead of triangular.
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

/** Where a tube's core is expected along the ridge, measured from where it stands, and how surely, in u. */
export interface ExpectedCore {
  readonly shift: number;
  readonly sd: number;
  /** Where the study's core lies, seen from the tube: a second place to begin the search. */
  readonly home: number;
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

/** The tails of a core: this share of it is this much wider. */
const WIDE_SHARE = 0.08;
const WIDE = 2.2;
const FLOOR = 0.002;
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Starts of the pooled fit: a ramp, an island, and half of both; the largest likelihood of the three wins. */
const STARTS = [
  [0, 0.25, 0.4, 2.4, 0, 2, 0.1, -1.6, 0.5],
  [0, 0.15, 0.35, 2.4, 1, 2, 0.1, -1.6, 0.5],
  [0, 0.2, 0.4, 2.4, 0.5, 2.4, 0.02, -1.2, 0.5],
] as const;
const STEPS = [0.15, 0.1, 0.1, 0.6, 0.3, 0.5, 0.1, 0.4, 0.2] as const;
/**
 * A study may well have most of its naive-like cells on the ridge, as in lupus. What keeps a broad peak from being taken for
 * a core with a ramp is the width of the core across the ridge, where nothing climbs: along it the core is as wide, or wider
 * by no more than a third.
 */
const MOST_RIDGE = 0.85;
const LEAST_WIDENING = 0.95;
const MOST_WIDENING = 1.35;
/** A ramp ends about where the ridge is seen to end; a short one would be the upper half of a broad peak. */
const SHORTEST_RAMP = 0.65;
const LONGEST_RAMP = 1.2;
/** Else half of a broad peak is taken for a low group. */
const MOST_LOW = 0.3;
const BOUNDS = [
  [-0.8, 0.8],
  [0, MOST_RIDGE],
  [0, 0],
  [0, 0],
  [0, 1],
  [1, 4],
  [0, MOST_LOW],
  [-3, -0.8],
  [0.3, 1],
] as const;
const SIGMA = 2;
const RAMP_LENGTH = 3;
const AT_BOUND = 0.005;
/** Of the first steps: a core is then found to .0003 u, far below what its cells leave open. */
const PRECISION = 0.001;

/** Farthest that a fit moves a tube's core. */
const FARTHEST = 1.7;
/** Share of the ridge and of the low group, and evenness of the ridge, in one tube. */
const SHARES: readonly Coordinate[] = [
  { start: 0.2, step: 0.12, min: 0, max: 0.97 },
  { start: 0.1, step: 0.08, min: 0, max: 0.6 },
  { start: 0.1, step: 0.1, min: 0, max: 1 },
];
/** How far the ridge of one tube is believed to differ from the study's triangle towards an even one, as a share. */
const EVENNESS_SD = 0.3;

/**
 * Counts on the common axis along the ridge; what lies beyond the middle of its end bins is left out. A cell is shared
 * between the two nearest bins, so that a core does not jump as its cells pass from bin to bin.
 */
export function coreHistogram(values: readonly number[]): Float64Array {
  const bins = new Float64Array(CORE_BINS);
  for (const value of values) {
    const position = (value - CORE_FIRST) / BIN - 0.5;
    const lower = Math.floor(position);
    if (lower < 0 || lower + 1 >= CORE_BINS) continue;
    const share = position - lower;
    bins[lower]! += 1 - share;
    bins[lower + 1]! += share;
  }
  return bins;
}

/**
 * Fits the shape once on the pooled histogram by maximum likelihood.
 * @param seen width of the core across the ridge, and where the ridge ends, in u
 */
export function fitPooledCore(
  histogram: Float64Array,
  seen: { readonly sigma: number; readonly tip: number },
): PooledCore {
  const width = { step: 0.05, min: LEAST_WIDENING * seen.sigma, max: MOST_WIDENING * seen.sigma };
  const length = { step: 0.3, min: SHORTEST_RAMP * seen.tip, max: LONGEST_RAMP * seen.tip };
  let best: { at: readonly number[]; value: number } | undefined;
  for (const start of STARTS) {
    const coordinates = start.map((value, i): Coordinate => {
      if (i === SIGMA) return { start: seen.sigma, ...width };
      if (i === RAMP_LENGTH) return { start: (length.min + length.max) / 2, ...length };
      return { start: value, step: STEPS[i]!, min: BOUNDS[i]![0], max: BOUNDS[i]![1] };
    });
    const found = patternSearch(
      ([mu = 0, q = 0, sigma = 1, T = 1, a = 0, c = 0, p = 0, low = 0, lowWidth = 1]) => {
        const shape = { sigma, rampLength: T, island: a, islandAt: c, low, lowWidth };
        return misfit(histogram, { mu, q, p }, shape, ridgeDensity(shape, falling));
      },
      coordinates,
      PRECISION,
    );
    if (!best || found.value < best.value) best = found;
  }
  const [, q = 0, sigma = 1, rampLength = 1, island = 0, islandAt = 0, p = 0, low = 0, lowWidth = 1] = best?.at ?? [];
  return {
    shape: { sigma, rampLength, island, islandAt, low, lowWidth },
    isAtBound: q > MOST_RIDGE - AT_BOUND || p > MOST_LOW - AT_BOUND,
  };
}

/**
 * With the shape frozen, answers for one tube after the other where its core lies, how much of it is on the ridge, and how
 * much below. A ridge that holds nearly all cells falls off less than the study's: then it is partly even, else the core
 * would be sought too high.
 */
export function tubeCoreFitter(shape: CoreShape): (histogram: Float64Array, expected: ExpectedCore) => TubeCore {
  const fallingRidge = tabulated(ridgeDensity(shape, falling));
  const evenRidge = tabulated(ridgeDensity(shape, even));
  return (histogram, expected) => {
    const misfitAt = ([mu = 0, q = 0, p = 0, evenness = 0]: readonly number[]) =>
      misfit(histogram, { mu, q, p }, shape, (t) => (1 - evenness) * fallingRidge(t) + evenness * evenRidge(t)) +
      0.5 * ((mu - expected.shift) / expected.sd) ** 2 +
      0.5 * (evenness / EVENNESS_SD) ** 2;
    const [one, other] = [expected.shift, expected.home].map((from) => {
      const mu = { start: Math.min(FARTHEST, Math.max(-FARTHEST, from)), step: 0.15, min: -FARTHEST, max: FARTHEST };
      return patternSearch(misfitAt, [mu, ...SHARES], PRECISION);
    });
    // Two places may be all but equally likely; to choose one of them would jump with the next cell.
    const weight = 1 / (1 + Math.exp(one!.value - other!.value));
    const between = (i: number) => weight * one!.at[i]! + (1 - weight) * other!.at[i]!;
    return { shift: between(0), fill: between(1) };
  };
}

/** Where a tube's core lies, in u from the study's, and the shares of cells on the ridge and far below. */
interface CorePlace {
  readonly mu: number;
  readonly q: number;
  readonly p: number;
}

/** Negative log likelihood of the histogram. */
function misfit(
  histogram: Float64Array,
  { mu, q, p }: CorePlace,
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
  const narrow = (1 - WIDE_SHARE) * Math.exp(-0.5 * z * z);
  return (narrow + (WIDE_SHARE / WIDE) * Math.exp(-0.5 * (z / WIDE) ** 2)) / (ROOT_TWO_PI * sigma);
}

type Ramp = (t: number, sigma: number, length: number) => number;

/** A normal of width σ smeared over a ramp that falls from its foot to nothing at its length: ∫ 2/T (1 − v/T) N(t − v) dv. */
const falling: Ramp = (t, sigma, length) => {
  const [foot, top] = [t / sigma, (t - length) / sigma];
  const within = normalBelow(foot) - normalBelow(top);
  const tilt = (sigma / ROOT_TWO_PI) * (Math.exp(-0.5 * top * top) - Math.exp(-0.5 * foot * foot));
  return (2 / length) * ((1 - t / length) * within + tilt / length);
};

/** The same over a ramp of even height. */
const even: Ramp = (t, sigma, length) => (normalBelow(t / sigma) - normalBelow((t - length) / sigma)) / length;

/** Share of a standard normal below z, to 1.5e-7 (Abramowitz & Stegun 1964, 7.1.26): a likelihood of counts needs no more. */
function normalBelow(z: number): number {
  const x = Math.abs(z) * Math.SQRT1_2;
  const k = 1 / (1 + 0.3275911 * x);
  const sum = ((((1.061405429 * k - 1.453152027) * k + 1.421413741) * k - 0.284496736) * k + 0.254829592) * k;
  const tail = 0.5 * sum * Math.exp(-x * x);
  return z > 0 ? 1 - tail : tail;
}

/** Density of the cells on the ridge, t from the core: the core's two widths along the ramp, and the island. */
function ridgeDensity({ sigma, rampLength, island, islandAt }: CoreShape, ramp: Ramp): (t: number) => number {
  return (t) => {
    const onRamp =
      island < 1 ? (1 - WIDE_SHARE) * ramp(t, sigma, rampLength) + WIDE_SHARE * ramp(t, WIDE * sigma, rampLength) : 0;
    return (1 - island) * onRamp + (island > 0 ? island * bump(t - islandAt, 1.1 * sigma) : 0);
  };
}

/** The same density from a table at steps of .01 u: many tubes ask it with one shape. */
function tabulated(density: (t: number) => number): (t: number) => number {
  const step = 0.01;
  const from = CORE_FIRST - FARTHEST;
  const size = Math.ceil((CORE_LAST + FARTHEST - from) / step) + 2;
  const table = Float64Array.from({ length: size }, (_, i) => density(from + i * step));
  return (t) => {
    const position = (t - from) / step;
    const below = Math.floor(position);
    return table[below]! + (position - below) * (table[below + 1]! - table[below]!);
  };
}

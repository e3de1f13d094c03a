import type { Point } from '../../gating/index.ts';
import { densitiesAt, type Regions } from './regions.ts';
import { REGISTRATION as R } from './settings.ts';

/** Cells of one tube as brightness F / c = sinh u, the naive-like apart from the memory cells. */
export interface TubeLight {
  readonly naive: PlaneLight;
  readonly memory: PlaneLight;
}

export interface PlaneLight {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Shares of the regions among a tube's cells. */
export interface Shares {
  readonly naive: Float64Array;
  readonly memory: Float64Array;
}

/** A gain that was tried: how likely the tube's cells are under it, and how full its regions then are. */
interface Tried {
  readonly gain: Point;
  readonly logLikelihood: number;
  readonly shares: Shares;
}

/** The log gain of one tube against the study. */
export interface TubeGain {
  readonly gain: Point;
  readonly shares: Shares;
  /** Variance of the gain: xx, xy, yy. */
  readonly variance: readonly [number, number, number];
  /** Mean log likelihood of its cells. */
  readonly fit: number;
}

export function evenShares({ naive, memory }: Regions): Shares {
  return {
    naive: new Float64Array(naive.length).fill(1 / naive.length),
    memory: new Float64Array(memory.length).fill(1 / memory.length),
  };
}

/** How likely a tube's cells are in the study's regions under a gain, the shares of the regions following by EM. */
export function likelihoodOf(light: TubeLight, regions: Regions) {
  const most = Math.max(light.naive.x.length * regions.naive.length, light.memory.x.length * regions.memory.length);
  const values = new Float64Array(most);
  return (gain: Point, from: Shares, steps: number): Tried => {
    const naive = mixture(light.naive, regions.naive, { gain, shares: from.naive, steps, values });
    const memory = mixture(light.memory, regions.memory, { gain, shares: from.memory, steps, values });
    const prior = (gain[0] ** 2 + gain[1] ** 2) / (2 * R.priorSd ** 2);
    return {
      gain,
      logLikelihood: naive.logLikelihood + memory.logLikelihood - prior,
      shares: { naive: naive.shares, memory: memory.shares },
    };
  };
}

function mixture(
  { x, y }: PlaneLight,
  densities: readonly Float64Array[],
  { gain, shares: from, steps, values }: { gain: Point; shares: Float64Array; steps: number; values: Float64Array },
): { readonly logLikelihood: number; readonly shares: Float64Array } {
  const [count, parts] = [x.length, densities.length];
  if (count === 0 || parts === 0) return { logLikelihood: 0, shares: from };
  const [fx, fy] = [Math.exp(-gain[0]), Math.exp(-gain[1])];
  // How the axes of u stretch under the gain: the density of cells is the study's times this.
  let logLikelihood = -count * (gain[0] + gain[1]);
  for (let i = 0; i < count; i++) {
    const [lightX, lightY] = [x[i]! * fx, y[i]! * fy];
    densitiesAt(densities, { x: Math.asinh(lightX), y: Math.asinh(lightY) }, values, i * parts);
    logLikelihood -= 0.5 * Math.log((1 + lightX * lightX) * (1 + lightY * lightY));
  }
  let shares = from;
  for (let step = 0; step < steps; step++) shares = nextShares(values, count, shares);
  for (let i = 0; i < count; i++) {
    let density = 0;
    for (let part = 0; part < parts; part++) density += shares[part]! * values[i * parts + part]!;
    logLikelihood += Math.log(density);
  }
  return { logLikelihood, shares };
}

function nextShares(values: Float64Array, count: number, shares: Float64Array): Float64Array {
  const parts = shares.length;
  const next = new Float64Array(parts);
  for (let i = 0; i < count; i++) {
    let density = 0;
    for (let part = 0; part < parts; part++) density += shares[part]! * values[i * parts + part]!;
    for (let part = 0; part < parts; part++) next[part]! += (shares[part]! * values[i * parts + part]!) / density;
  }
  return next.map((value) => value / count);
}

/**
 * The gain under which a tube's cells are likeliest: along one marker and then the other, by parabolas, until it has arrived.
 * @param start where the search begins
 */
export function findGain(light: TubeLight, regions: Regions, start: Point): TubeGain {
  const likelihood = likelihoodOf(light, regions);
  const even = likelihood(start, evenShares(regions), R.emAtStart);
  let best = even;
  let step: number = R.firstStep;
  while (step > R.arrived) {
    const before = best.gain;
    for (const axis of [0, 1] as const) best = stepAlong(axis, step, best, likelihood);
    const moved = Math.max(Math.abs(best.gain[0] - before[0]), Math.abs(best.gain[1] - before[1]));
    if (moved < step / 2) step /= 2;
  }
  const count = light.naive.x.length + light.memory.x.length;
  const prior = (best.gain[0] ** 2 + best.gain[1] ** 2) / (2 * R.priorSd ** 2);
  return {
    gain: best.gain,
    shares: best.shares,
    variance: varianceAt(best, likelihood),
    fit: count === 0 ? 0 : (best.logLikelihood + prior) / count,
  };
}

type Likelihood = ReturnType<typeof likelihoodOf>;

/** The best of where a search stands, a step to either side, and the top of the parabola through the three. */
function stepAlong(axis: 0 | 1, step: number, from: Tried, likelihood: Likelihood): Tried {
  const at = (away: number) => likelihood(moved(from.gain, axis, away), from.shares, R.emAtTry);
  const [low, high] = [at(-step), at(step)];
  const bend = low.logLikelihood - 2 * from.logLikelihood + high.logLikelihood;
  const top = bend < 0 ? (0.5 * step * (low.logLikelihood - high.logLikelihood)) / bend : 0;
  const tried = [low, high];
  if (Math.abs(top) > R.arrived / 2) tried.push(at(Math.max(-2 * step, Math.min(2 * step, top))));
  return tried.reduce((best, one) => (one.logLikelihood > best.logLikelihood ? one : best), from);
}

function moved(gain: Point, axis: 0 | 1, away: number): Point {
  return axis === 0 ? [gain[0] + away, gain[1]] : [gain[0], gain[1] + away];
}

/** Inverse of the curvature of the log likelihood, prior included: never wider than the prior. */
function varianceAt(best: Tried, likelihood: Likelihood): TubeGain['variance'] {
  const h = R.curvatureStep;
  const at = (dx: number, dy: number) =>
    likelihood([best.gain[0] + dx * h, best.gain[1] + dy * h], best.shares, R.emAtTry).logLikelihood;
  const centre = best.logLikelihood;
  const least = 1 / R.priorSd ** 2;
  const xx = Math.max(least, -(at(1, 0) - 2 * centre + at(-1, 0)) / h ** 2);
  const yy = Math.max(least, -(at(0, 1) - 2 * centre + at(0, -1)) / h ** 2);
  const cross = -(at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h ** 2);
  const most = 0.95 * Math.sqrt(xx * yy);
  const xy = Math.max(-most, Math.min(most, cross));
  const determinant = xx * yy - xy * xy;
  return [yy / determinant, -xy / determinant, xx / determinant];
}

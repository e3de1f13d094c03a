import { median } from 'd3-array';
import { BIN_WIDTH, FIRST_U, histogram, LAST_U, smooth } from '../density/density.ts';
import { atGain } from '../stain/stainingGain.ts';
import { AXIS_REGISTRATION as A, REGISTRATION as R } from './settings.ts';

/** One tube on one axis, in u. */
export interface AxisTube {
  readonly values: Float64Array;
  readonly isInPool: boolean;
}

/**
 * The staining gain of every tube on one further axis, as on the plane: where its cells are likeliest in the pool's two
 * populations, below and above the study's cut, whatever its shares of them.
 * @param cut of the study, in u
 * @returns log gains, one a tube
 */
export function registerAxis(tubes: readonly AxisTube[], cut: number): readonly number[] {
  const read = tubes.map(({ values, isInPool }) => ({ values: values.subarray(0, R.mostCells), isInPool }));
  const first = pooledSides(
    read,
    tubes.map(() => 0),
    cut,
  );
  let gains: readonly number[] = read.map(({ values }) => coarseGain(values.subarray(0, R.coarseCells), first));
  for (let round = 0; round < A.rounds; round++) {
    const sides = pooledSides(read, gains, cut);
    const found = read.map(({ values }, t) => findAxisGain(values, sides, gains[t]!));
    const middle = median(found.filter((_, t) => read[t]!.isInPool)) ?? 0;
    const next = found.map((gain) => gain - middle);
    const moved = Math.max(...next.map((gain, t) => Math.abs(gain - gains[t]!)));
    gains = next;
    if (moved < R.settled) break;
  }
  return gains;
}

/** Densities of what lies below and above the cut, each of mass 1. */
function pooledSides(tubes: readonly AxisTube[], gains: readonly number[], cut: number): readonly Float64Array[] {
  const values: number[] = [];
  const weights: number[] = [];
  tubes.forEach((tube, t) => {
    if (!tube.isInPool) return;
    for (const value of tube.values) {
      values.push(atGain(value, -gains[t]!));
      weights.push(1 / Math.max(A.leastWeight, tube.values.length));
    }
  });
  return [false, true].flatMap((isAbove) => {
    const rows = [...values.keys()].filter((row) => values[row]! > cut === isAbove);
    if (rows.length < R.fewestCells) return [];
    const own = Float64Array.from(rows, (row) => weights[row]!);
    const total = own.reduce((sum, weight) => sum + weight, 0);
    const bins = histogram(
      Float64Array.from(rows, (row) => values[row]!),
      own,
    );
    return [smooth(bins, A.width).map((value) => value / total + R.floor)];
  });
}

/** A first look on a grid of gains: one dimmed to a tenth must be found as well. */
function coarseGain(values: Float64Array, sides: readonly Float64Array[]): number {
  const tried = A.coarseGains.map((gain) => ({ gain, value: axisLikelihood(values, sides, gain) }));
  return tried.reduce((best, one) => (one.value > best.value ? one : best)).gain;
}

function findAxisGain(values: Float64Array, sides: readonly Float64Array[], start: number): number {
  const likelihood = (gain: number) => axisLikelihood(values, sides, gain);
  let best = { gain: start, value: likelihood(start) };
  for (let step = R.firstStep; step > R.arrived; step /= 2) {
    for (let isBetter = true; isBetter; ) {
      const tried = [best.gain - step, best.gain + step].map((gain) => ({ gain, value: likelihood(gain) }));
      const top = tried.reduce((a, b) => (b.value > a.value ? b : a));
      isBetter = top.value > best.value;
      if (isBetter) best = top;
    }
  }
  return best.gain;
}

function axisLikelihood(values: Float64Array, sides: readonly Float64Array[], gain: number): number {
  const factor = Math.exp(-gain);
  let logLikelihood = -values.length * gain - logPrior(gain);
  const at = new Float64Array(values.length * sides.length);
  for (let i = 0; i < values.length; i++) {
    const light = Math.sinh(values[i]!) * factor;
    const place = (Math.min(LAST_U, Math.max(FIRST_U, Math.asinh(light))) - FIRST_U) / BIN_WIDTH - 0.5;
    logLikelihood -= 0.5 * Math.log(1 + light * light);
    for (let side = 0; side < sides.length; side++) at[i * sides.length + side] = between(sides[side]!, place);
  }
  let shares = sides.map(() => 1 / sides.length);
  for (let step = 0; step <= R.emAtStart; step++) {
    const next = sides.map(() => 0);
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      let density = 0;
      for (let side = 0; side < sides.length; side++) density += shares[side]! * at[i * sides.length + side]!;
      for (let side = 0; side < sides.length; side++)
        next[side]! += (shares[side]! * at[i * sides.length + side]!) / density;
      sum += Math.log(density);
    }
    if (step === R.emAtStart) return logLikelihood + sum;
    shares = next.map((value) => value / Math.max(1, values.length));
  }
  return logLikelihood;
}

/** Minus the log of a Student distribution: most tubes are stained alike, and one may be far off. */
function logPrior(gain: number): number {
  return ((A.priorDegrees + 1) / 2) * Math.log1p((gain / R.priorSd) ** 2 / A.priorDegrees);
}

function between(density: Float64Array, place: number): number {
  const low = Math.min(density.length - 2, Math.max(0, Math.floor(place)));
  const share = Math.min(1, Math.max(0, place - low));
  return density[low]! * (1 - share) + density[low + 1]! * share;
}

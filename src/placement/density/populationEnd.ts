import { bandwidthOf, histogram, modeAndWidth, modesOf, smooth } from './density.ts';

/** Modes below this share of the highest are stray events, not the population. */
const LEAST_HEIGHT = 0.05;
const LEAST_EVENTS = 30;

/** To which side a population ends, and how many standard deviations out. */
export interface Outwards {
  readonly side: 'left' | 'right';
  readonly z: number;
}

/**
 * Where the outermost population on one side ends: its mode, z standard deviations out, measured on that outer side where
 * no other population adds to it.
 * @param values in u; @param weights one a value
 * @returns u; undefined for fewer than 30 values
 */
export function populationEnd(values: Float64Array, weights: Float64Array, out: Outwards): number | undefined {
  if (values.length < LEAST_EVENTS) return undefined;
  return endOfDensity(smooth(histogram(values, weights), bandwidthOf(values)), out);
}

/** @param density on the bins of placement, smoothed */
export function endOfDensity(density: Float64Array, out: Outwards): number | undefined {
  const highest = density.reduce((most, value) => Math.max(most, value), 0);
  const modes = modesOf(density, 0.15).filter((bin) => density[bin]! >= LEAST_HEIGHT * highest);
  const mode = out.side === 'left' ? modes[0] : modes.at(-1);
  if (mode === undefined) return undefined;
  const step = out.side === 'left' ? -1 : 1;
  const { at, width } = modeAndWidth(density, mode, step);
  return at + step * out.z * width;
}

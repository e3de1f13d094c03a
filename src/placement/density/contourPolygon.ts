import type { Point } from '../../gating/index.ts';
import { basinsOf, neighbours } from './basins.ts';
import type { WeightedPoints } from './mixtureFit.ts';
import { outlineOf } from './outline.ts';
import { type PlaneDensity, planeDensity } from './planeDensity.ts';
import type { PlaneFound } from './planeGate.ts';

export interface ContourSettings {
  /** Where the population is expected, in u; undefined: the highest mode. */
  readonly seed: Point | undefined;
  /** Share of the basin that the contour encloses. */
  readonly mass: number;
  readonly prominence: number;
}

const LEAST_EVENTS = 100;
/** A basin with less of the events than this is strays. */
const LEAST_SHARE = 0.01;
/** A mode farther than this from the template's seed, in u, may be another population. */
const MOVED = 0.5;

/**
 * The contour of one population in a plane: the level that encloses a share of its basin, around the mode nearest the
 * seed; the basin ends where the next population begins.
 * @param points in u, finite
 */
export function contourPolygon(points: WeightedPoints, settings: ContourSettings): PlaneFound<readonly Point[]> {
  if (points.x.length < LEAST_EVENTS) return { shape: undefined, modes: [], flags: ['few_events'] };
  const density = planeDensity(points);
  if (!density) return { shape: undefined, modes: [], flags: ['few_events'] };
  const { modeOf, modes: maxima } = basinsOf(density, settings.prominence);
  const modes = populatedModes(density, modeOf, maxima);
  const places = modes.map((bin) => centreOf(bin, density));
  const mode = nearest(modes, places, settings.seed);
  const level = levelOf(density, (bin) => modeOf[bin] === mode, settings.mass);
  const inside = component(density, mode, level, (bin) => modeOf[bin] === mode);
  const flags = new Set<string>();
  if (touchesBorder(inside, density.bins)) flags.add('touches_border');
  const merged = component(density, mode, level, () => true);
  if (modes.some((other) => other !== mode && merged[other] === 1)) flags.add('basin_merge');
  const at = centreOf(mode, density);
  if (settings.seed && Math.hypot(at[0] - settings.seed[0], at[1] - settings.seed[1]) > MOVED) flags.add('moved');
  const vertices = outlineOf(density, inside, level);
  return { shape: vertices, modes: [at, ...places.filter((_, i) => modes[i] !== mode)], flags: [...flags].sort() };
}

/** The maxima whose basins hold a population; the highest one always. */
function populatedModes(density: PlaneDensity, modeOf: Int32Array, maxima: readonly number[]): number[] {
  const held = new Map<number, number>();
  let total = 0;
  for (let bin = 0; bin < modeOf.length; bin++) {
    total += density.values[bin]!;
    held.set(modeOf[bin]!, (held.get(modeOf[bin]!) ?? 0) + density.values[bin]!);
  }
  return maxima.filter((bin, i) => i === 0 || held.get(bin)! >= LEAST_SHARE * total);
}

function nearest(modes: readonly number[], places: readonly Point[], seed: Point | undefined): number {
  if (!seed) return modes[0]!;
  const distances = places.map(([x, y]) => Math.hypot(x - seed[0], y - seed[1]));
  return modes[distances.indexOf(Math.min(...distances))]!;
}

function centreOf(bin: number, { bins, origin, step }: PlaneDensity): Point {
  return [origin[0] + ((bin % bins) + 0.5) * step[0], origin[1] + (Math.floor(bin / bins) + 0.5) * step[1]];
}

/** Density of the last bin that is needed, from the densest down, to hold the share of the basin. */
function levelOf(density: PlaneDensity, isInBasin: (bin: number) => boolean, mass: number): number {
  const own = density.values
    .filter((_, bin) => isInBasin(bin))
    .sort()
    .reverse();
  const total = own.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (const value of own) {
    sum += value;
    if (sum >= mass * total) return value;
  }
  return own.at(-1) ?? 0;
}

/** Bins at or above a level that are joined with the start, 1; others 0. */
function component(density: PlaneDensity, start: number, level: number, isIn: (bin: number) => boolean): Uint8Array {
  const found = new Uint8Array(density.values.length);
  const open = [start];
  found[start] = 1;
  for (let bin = open.pop(); bin !== undefined; bin = open.pop()) {
    for (const next of neighbours(bin, density.bins)) {
      if (found[next] === 1 || density.values[next]! < level || !isIn(next)) continue;
      found[next] = 1;
      open.push(next);
    }
  }
  return found;
}

function touchesBorder(inside: Uint8Array, bins: number): boolean {
  for (let i = 0; i < bins; i++) {
    if (inside[i] || inside[(bins - 1) * bins + i] || inside[i * bins] || inside[i * bins + bins - 1]) return true;
  }
  return false;
}

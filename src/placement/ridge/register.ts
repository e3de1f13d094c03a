import { median } from 'd3-array';
import type { Point } from '../../gating/index.ts';
import { atGain } from '../stain/stainingGain.ts';
import { MEMORY, type RidgeCells, X, Y } from './cells.ts';
import { type PlaneCells, type Regions, softRegions } from './regions.ts';
import { REGISTRATION as R } from './settings.ts';
import { evenShares, findGain, likelihoodOf, type PlaneLight, type TubeGain, type TubeLight } from './tubeGain.ts';

/** A tube and where its memory cells begin. */
export interface CutTube {
  readonly cells: RidgeCells;
  readonly memoryCut: number;
}

export interface Registration {
  /** One a tube. */
  readonly tubes: readonly TubeGain[];
  readonly regions: Regions;
}

/**
 * The staining gain of every tube on both markers of the plane: the one under which its cells are likeliest in the density of
 * the study, which is the pool of all tubes brought to their gains; pool and gains in turn. What a tube holds of each region
 * is free, so that composition tells nothing; there is no peak of a single tube to fall into.
 * @param coreOf the core of the naive-like cells of a pool
 */
export function register(tubes: readonly CutTube[], coreOf: (pool: PlaneCells) => Point): Registration {
  const lights = tubes.map(lightOf);
  let gains = coarseGains(tubes, lights, coreOf);
  for (let round = 1; ; round++) {
    const pool = planePool(tubes, gains);
    const regions = softRegions(pool, coreOf(pool));
    const found = lights.map((light, t) => findGain(light, regions, gains[t]!));
    const next = centred(tubes, found);
    const moved = Math.max(
      ...next.map(({ gain }, t) => Math.max(Math.abs(gain[0] - gains[t]![0]), Math.abs(gain[1] - gains[t]![1]))),
    );
    gains = next.map(({ gain }) => gain);
    if (moved < R.settled || round >= R.rounds) return { tubes: next, regions };
  }
}

/** Gains are told against the median tube of the pool. */
function centred<T extends { readonly gain: Point }>(tubes: readonly CutTube[], found: readonly T[]): readonly T[] {
  const pooled = found.filter((_, t) => tubes[t]!.cells.isInPool);
  const [x, y] = [0, 1].map((d) => median(pooled, ({ gain }) => gain[d]!) ?? 0) as [number, number];
  return found.map((one) => ({ ...one, gain: [one.gain[0] - x, one.gain[1] - y] as const }));
}

/** A first look on a grid of gains, with wide densities: a tube stained twice as bright must not be lost on the way. */
function coarseGains(
  tubes: readonly CutTube[],
  lights: readonly TubeLight[],
  coreOf: (pool: PlaneCells) => Point,
): readonly Point[] {
  const none = tubes.map((): Point => [0, 0]);
  const pool = planePool(tubes, none);
  const regions = softRegions(pool, coreOf(pool), R.coarseWidth);
  const even = evenShares(regions);
  const found = lights.map((light) => {
    const likelihood = likelihoodOf(firstCells(light, R.coarseCells), regions);
    const tried = R.coarseGains.flatMap((x) => R.coarseGains.map((y) => likelihood([x, y], even, R.emAtTry)));
    return tried.reduce((best, one) => (one.logLikelihood > best.logLikelihood ? one : best));
  });
  return centred(tubes, found).map(({ gain }) => gain);
}

function firstCells({ naive, memory }: TubeLight, most: number): TubeLight {
  const share = Math.min(1, most / Math.max(1, naive.x.length + memory.x.length));
  const first = ({ x, y }: PlaneLight) => {
    const count = Math.ceil(share * x.length);
    return { x: x.subarray(0, count), y: y.subarray(0, count) };
  };
  return { naive: first(naive), memory: first(memory) };
}

function lightOf({ cells, memoryCut }: CutTube): TubeLight {
  const rows = Array.from({ length: Math.min(cells.count, R.mostCells) }, (_, row) => row);
  const pick = (isMemory: boolean): PlaneLight => {
    const own = rows.filter((row) => cells.columns[MEMORY]![row]! > memoryCut === isMemory);
    const column = (axis: number) => Float64Array.from(own, (row) => Math.sinh(cells.columns[axis]![row]!));
    return { x: column(X), y: column(Y) };
  };
  return { naive: pick(false), memory: pick(true) };
}

/** A tube of fewer cells than this weighs less. */
const LEAST_WEIGHT = 30;

/** The tubes of the pool brought to the study's stain, every tube of equal weight. */
function planePool(tubes: readonly CutTube[], gains: readonly Point[]): PlaneCells {
  const pooled = tubes.flatMap((tube, t) => (tube.cells.isInPool ? [{ ...tube, gain: gains[t]! }] : []));
  const counts = pooled.map(({ cells }) => Math.min(cells.count, R.mostCells));
  const size = counts.reduce((sum, count) => sum + count, 0);
  const out = {
    x: new Float64Array(size),
    y: new Float64Array(size),
    weights: new Float64Array(size),
    isMemory: new Uint8Array(size),
  };
  let at = 0;
  pooled.forEach(({ cells, memoryCut, gain }, t) => {
    const weight = 1 / Math.max(LEAST_WEIGHT, counts[t]!);
    for (let row = 0; row < counts[t]!; row++, at++) {
      out.x[at] = atGain(cells.columns[X]![row]!, -gain[0]);
      out.y[at] = atGain(cells.columns[Y]![row]!, -gain[1]);
      out.weights[at] = weight;
      out.isMemory[at] = cells.columns[MEMORY]![row]! > memoryCut ? 1 : 0;
    }
  });
  return out;
}

import { median } from 'd3-array';
import { meanGain } from './meanGain.ts';
import { type PlanePool, type PlaneTube, planePool } from './plane.ts';
import { MOST_CELLS, type RegistrationSettings, SEARCH } from './settings.ts';
import {
  evenShares,
  type FreeMarkers,
  findGain,
  lightOf,
  likelihoodAt,
  type Study,
  type TubeGain,
  type TubeLight,
} from './tubeGain.ts';

/** What is registered: how the cells of a pool are parted, and which markers have a gain. */
export interface PlaneRegistration {
  /** Densities of the soft regions of a pool, one list a group. @param width of the smoothing, the usual ones where left out */
  readonly regionsOf: (pool: PlanePool, width?: number) => readonly (readonly Float64Array[])[];
  readonly free: FreeMarkers;
  readonly settings: RegistrationSettings;
}

/**
 * The staining gain of every tube on both markers of a plane: the one under which its cells are likeliest in the density of
 * the study, which is the pool of all tubes brought to their gains; pool and gains in turn. What a tube holds of each region
 * is free, so that composition tells nothing; there is no peak of a single tube to fall into.
 * @param tubes one at least of the pool
 */
export function register(tubes: readonly PlaneTube[], plane: PlaneRegistration): readonly TubeGain[] {
  let found = coarseGains(tubes, plane);
  for (const { cells, rounds, starts, isRigid } of SEARCH.stages) {
    const lights = tubes.map((tube) => lightOf(tube, plane.settings.widths.length, cells));
    for (let round = 0; round < rounds; round++) {
      const open = studyOf(tubes, found, plane);
      const before = found.map((one) => ({ ...one, shares: sharesFor(open, one.shares) }));
      const study = isRigid ? { ...open, held: usualShares(tubes, lights, open, before) } : open;
      const next = lights.map((light, t) => findFromStarts(light, study, before[t]!, starts));
      found = centred(tubes, next);
      const moved = found.map(({ gain }, t) => Math.hypot(gain[0] - before[t]!.gain[0], gain[1] - before[t]!.gain[1]));
      if (Math.max(...moved) < SEARCH.settled) break;
    }
  }
  const study = studyOf(tubes, found, plane);
  const means = tubes.map((tube, t) =>
    meanGain(lightOf(tube, plane.settings.widths.length, MOST_CELLS), study, {
      ...found[t]!,
      shares: sharesFor(study, found[t]!.shares),
    }),
  );
  return centred(tubes, means);
}

/** Shares to begin with: those found before, or even ones where the pool has since come to other regions. */
function sharesFor(study: Study, found: readonly Float64Array[]): readonly Float64Array[] {
  const even = evenShares(study);
  return even.every((group, g) => group.length === found[g]?.length) ? found : even;
}

/**
 * The likeliest of what the search finds from where it stands, from no gain at all, and from some way to every side: on a
 * likelihood of few cells there are places where a search would rest too early.
 */
function findFromStarts(light: TubeLight, study: Study, from: TubeGain, ways: readonly number[]): TubeGain {
  const [x, y] = from.gain;
  const around = ways.flatMap((way) => [
    [x + way, y],
    [x - way, y],
    [x, y + way],
    [x, y - way],
  ]);
  const starts = ways.length === 0 ? [from.gain] : [from.gain, [0, 0], ...around];
  const found = starts.map((start) => {
    const gain = [study.free[0] ? start[0]! : 0, study.free[1] ? start[1]! : 0] as const;
    return findGain(light, study, { gain, shares: from.shares });
  });
  return found.reduce((best, one) => (one.posterior > best.posterior ? one : best));
}

/** Shares of the regions in the pool: what its tubes hold on the mean. */
function usualShares(
  tubes: readonly PlaneTube[],
  lights: readonly TubeLight[],
  study: Study,
  found: readonly TubeGain[],
): readonly Float64Array[] {
  const shares = evenShares(study);
  const pooled = tubes.flatMap(({ isInPool }, t) =>
    isInPool ? [likelihoodAt(lights[t]!, study, { gain: found[t]!.gain, shares }).shares] : [],
  );
  return shares.map((group, g) =>
    group.map((_, region) => pooled.reduce((sum, own) => sum + own[g]![region]!, 0) / pooled.length),
  );
}

function studyOf(
  tubes: readonly PlaneTube[],
  found: readonly Pick<TubeGain, 'gain'>[],
  plane: PlaneRegistration,
): Study {
  const { regionsOf, free, settings } = plane;
  return {
    regions: regionsOf(
      planePool(
        tubes,
        found.map(({ gain }) => gain),
      ),
    ),
    ...{ free, settings },
  };
}

/** Gains are told against the median tube of the pool. */
function centred<T extends { readonly gain: readonly [number, number] }>(
  tubes: readonly PlaneTube[],
  found: readonly T[],
) {
  const pooled = found.filter((_, t) => tubes[t]!.isInPool);
  const [x, y] = [0, 1].map((d) => median(pooled, ({ gain }) => gain[d]!) ?? 0) as [number, number];
  return found.map((one) => ({ ...one, gain: [one.gain[0] - x, one.gain[1] - y] as const }));
}

/** A first look on a grid of gains, with wide densities: a tube stained twice as bright must not be lost on the way. */
function coarseGains(
  tubes: readonly PlaneTube[],
  { regionsOf, free, settings }: PlaneRegistration,
): readonly TubeGain[] {
  const pool = planePool(
    tubes,
    tubes.map(() => [0, 0]),
  );
  const study: Study = { regions: regionsOf(pool, settings.coarseWidth), free, settings };
  const shares = evenShares(study);
  const found = tubes.map((tube) => {
    const lights = lightOf(tube, settings.widths.length, SEARCH.coarseCells);
    const at = (gain: readonly [number, number]) => likelihoodAt(lights, study, { gain, shares });
    const gain = coarseGain(settings.coarseGains, free, (tried) => at(tried).logLikelihood);
    return { gain, shares, variance: [0, 0, 0] as const, fit: 0, posterior: 0 };
  });
  return centred(tubes, found);
}

/** The best of a grid: both markers alike, then one after the other until neither changes. */
function coarseGain(
  grid: readonly number[],
  free: FreeMarkers,
  likelihood: (gain: readonly [number, number]) => number,
): readonly [number, number] {
  // A detector's voltage moves both markers of a tube alike.
  const both = free[0] && free[1] ? likeliest(grid, (gain) => likelihood([gain, gain])) : 0;
  let best: readonly [number, number] = [both, both];
  for (let sweep = 0; sweep < SEARCH.coarseSweeps; sweep++) {
    const before = best;
    if (free[0]) best = [likeliest(grid, (x) => likelihood([x, best[1]])), best[1]];
    if (free[1]) best = [best[0], likeliest(grid, (y) => likelihood([best[0], y]))];
    if (best[0] === before[0] && best[1] === before[1]) break;
  }
  return best;
}

function likeliest(grid: readonly number[], likelihood: (gain: number) => number): number {
  const tried = grid.map((gain) => ({ gain, value: likelihood(gain) }));
  return tried.reduce((best, one) => (one.value > best.value ? one : best)).gain;
}

import { median } from 'd3-array';
import { type PlanePool, type PlaneTube, planePool } from './plane.ts';
import { type RegistrationSettings, SEARCH } from './settings.ts';
import { evenShares, type FreeMarkers, findGain, lightOf, lookAt, type Study, type TubeGain } from './tubeGain.ts';

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
  const { regionsOf, free, settings } = plane;
  const groups = settings.widths.length;
  const lights = tubes.map((tube) => lightOf(tube, groups, SEARCH.mostCells));
  let gains = coarseGains(tubes, plane);
  let shares: TubeGain['shares'][] | undefined;
  for (let round = 1; ; round++) {
    const study: Study = { regions: regionsOf(planePool(tubes, gains)), free, settings };
    const even = evenShares(study);
    const fits = (t: number) => shares?.[t]?.every((own, g) => own.length === even[g]!.length);
    const found = lights.map((light, t) => {
      return findGain(light, study, { gain: gains[t]!, shares: fits(t) ? shares![t]! : even });
    });
    const next = centred(tubes, found);
    const moved = Math.max(...next.map(({ gain }, t) => Math.hypot(gain[0] - gains[t]![0], gain[1] - gains[t]![1])));
    gains = next.map(({ gain }) => gain);
    shares = next.map((one) => one.shares as Float64Array[]);
    if (moved < SEARCH.settled || round >= SEARCH.rounds) return next;
  }
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
function coarseGains(tubes: readonly PlaneTube[], { regionsOf, free, settings }: PlaneRegistration) {
  const none = tubes.map(() => [0, 0] as const);
  const regions = regionsOf(planePool(tubes, none), settings.coarseWidth);
  const study: Study = { regions, free, settings };
  const shares = evenShares(study);
  const tries = (isFree: boolean) => (isFree ? settings.coarseGains : [0]);
  const found = tubes.map((tube) => {
    const lights = lightOf(tube, settings.widths.length, SEARCH.coarseCells);
    const looks = tries(free[0]).flatMap((x) =>
      tries(free[1]).map((y) => lookAt(lights, study, { gain: [x, y], shares })),
    );
    return looks.reduce((best, one) => (one.logLikelihood > best.logLikelihood ? one : best));
  });
  return centred(tubes, found).map(({ gain }) => gain);
}

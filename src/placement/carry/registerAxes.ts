import type { GateTube } from '../method.ts';
import { type PlaneTube, planePool } from '../ridge/plane.ts';
import { register } from '../ridge/register.ts';
import { MOST_CELLS } from '../ridge/settings.ts';
import { evenShares, lightOf, likelihoodAt, type Study, type TubeGain } from '../ridge/tubeGain.ts';
import { basinRegions } from './basinRegions.ts';
import { CARRY as C, CARRY_PLANE } from './settings.ts';

/** How the parent of a gate lies in one tube against the study, on one or two axes. */
export interface AxesGain {
  /** Log gain on each axis. */
  readonly gains: readonly number[];
  /** Why it cannot be trusted; none where it can. */
  readonly doubts: readonly string[];
  /** What a reader should know of it. */
  readonly flags: readonly string[];
}

/**
 * Brings the parent's events of all tubes to one stain on one or two axes, blind to what tubes they are, and tells which
 * tubes hold populations where the others have none.
 * @returns one a tube, in their order
 */
export function registerAxes(tubes: readonly GateTube[], markers: readonly string[]): readonly AxesGain[] {
  const planes = tubes.map((tube) => planeOf(tube, markers));
  const usable = planes.flatMap((plane, t) => (plane !== undefined && plane.x.length >= C.leastEvents ? [t] : []));
  const hasPool = usable.some((t) => tubes[t]!.isInPool);
  const used = usable.map((t): PlaneTube => ({ ...planes[t]!, isInPool: !hasPool || tubes[t]!.isInPool }));
  const free = [true, markers.length > 1] as const;
  const found = used.length === 0 ? [] : register(used, { regionsOf: basinRegions, free, settings: CARRY_PLANE });
  return tubes.map((_, t): AxesGain => {
    const place = usable.indexOf(t);
    if (place < 0) return { gains: [], doubts: [planes[t] === undefined ? 'marker_absent' : 'few_events'], flags: [] };
    const own = found[place]!;
    const errors = [own.variance[0], own.variance[2]].slice(0, markers.length).map(Math.sqrt);
    const gains = own.gain.slice(0, markers.length);
    return {
      gains,
      doubts: [
        ...(errors.some((error) => error > C.unsure) ? ['gain_unsure'] : []),
        ...(noveltyOf(used, found, place, free) > C.unlike ? ['unlike_pool'] : []),
      ],
      flags: gains.some((gain) => Math.abs(gain) > C.far) ? ['far_gain'] : [],
    };
  });
}

/** By how much the events of a tube are less likely in the density of the other tubes than in that of all, per event. */
function noveltyOf(
  tubes: readonly PlaneTube[],
  found: readonly TubeGain[],
  place: number,
  free: Study['free'],
): number {
  const gains = found.map(({ gain }) => gain);
  const others = tubes.map((tube, t) => ({ ...tube, isInPool: tube.isInPool && t !== place }));
  if (!others.some(({ isInPool }) => isInPool)) return 0;
  const light = lightOf(tubes[place]!, 1, MOST_CELLS);
  const fitIn = (pool: readonly PlaneTube[]): number => {
    const study: Study = { regions: basinRegions(planePool(pool, gains)), free, settings: CARRY_PLANE };
    return likelihoodAt(light, study, { gain: gains[place]!, shares: evenShares(study) }).logLikelihood;
  };
  return (fitIn(tubes) - fitIn(others)) / light[0]!.x.length;
}

/** Rows with a number on every axis, by brightness, so that no order of events can reach the search. */
function planeOf(tube: GateTube, [x, y]: readonly string[]): Omit<PlaneTube, 'isInPool'> | undefined {
  if (x === undefined || !tube.has(x) || (y !== undefined && !tube.has(y))) return undefined;
  const ofX = tube.u(x);
  const ofY = y === undefined ? new Float64Array(ofX.length) : tube.u(y);
  const rows: number[] = [];
  for (let row = 0; row < ofX.length && rows.length < MOST_CELLS; row++)
    if (Number.isFinite(ofX[row]!) && Number.isFinite(ofY[row]!)) rows.push(row);
  rows.sort((a, b) => ofX[a]! - ofX[b]! || ofY[a]! - ofY[b]!);
  return {
    x: Float64Array.from(rows, (row) => ofX[row]!),
    y: Float64Array.from(rows, (row) => ofY[row]!),
    group: new Uint8Array(rows.length),
  };
}

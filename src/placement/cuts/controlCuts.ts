import { median, min } from 'd3-array';
import { sortedQuantile } from '../../statistics/index.ts';
import { BIN_WIDTH, bandwidthOf, binCentre, histogram, modesOf, smooth } from '../density/density.ts';
import { finiteOnly } from '../density/finite.ts';
import type { GateTube } from '../method.ts';
import { ABSENT_CUT, type Cut } from './cut.ts';

/** Whose events give a tube its level. */
export interface Donors {
  readonly donors: readonly GateTube[];
  readonly flags: readonly string[];
  /** How several levels become one; the lowest where left out. */
  readonly join?: (levels: readonly number[]) => number | undefined;
}

/** A high quantile of fewer events is one event's. */
const LEAST_EVENTS = 100;
/** In u: beyond it the donor's cells are dimmer or brighter by nature, and their end is not the target's. */
const BACKGROUND = 0.3;

/**
 * A cut for each tube at a quantile of events that do not carry the marker. Of several controls of a batch the lowest level
 * counts: an FMO tube leaves out one stain, and where it leaves out another one, this marker's positives lift its level.
 */
export function controlCuts(
  tubes: readonly GateTube[],
  marker: string,
  p: number,
  donorsOf: (tube: GateTube, t: number) => Donors,
): readonly Cut[] {
  return tubes.map((tube, t) => {
    if (!tube.has(marker)) return ABSENT_CUT;
    const { donors, flags, join = min } = donorsOf(tube, t);
    const values = donors
      .filter((donor) => donor.has(marker))
      .map((donor) => finiteOnly(donor.u(marker)).sort())
      .filter((sorted) => sorted.length >= LEAST_EVENTS);
    const at = join(values.map((sorted) => sortedQuantile(sorted, p) as number));
    const cut = { at, modes: [], rule: at === undefined ? 'none' : 'reference', fallback: null };
    if (at === undefined)
      return { ...cut, flags: flags.includes('no_control') ? flags : [...flags, 'few_events'].sort() };
    const isApart = hasOtherBackground(tube.u(marker), median(values.map((sorted) => sortedQuantile(sorted, 0.5)!))!);
    return { ...cut, flags: [...flags, ...(isApart ? ['background'] : [])].sort() };
  });
}

/** Whether the target's lowest population lies elsewhere than the donor's middle. */
function hasOtherBackground(u: Float64Array, donorMedian: number): boolean {
  const values = finiteOnly(u);
  if (values.length < LEAST_EVENTS) return false;
  const lowest = modesOf(smooth(histogram(values), bandwidthOf(values)), 0.15)[0];
  return lowest !== undefined && Math.abs(binCentre(lowest) - donorMedian) > BACKGROUND + BIN_WIDTH;
}

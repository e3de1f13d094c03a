import type { Cut } from '../cuts/cut.ts';
import type { CutFound } from '../cuts/cutSearch.ts';
import { findValley } from '../density/findValley.ts';
import type { RidgeCells } from './cells.ts';

/** Where a tube alone would cut an axis. */
export function ownValley(tube: RidgeCells, axis: number): CutFound {
  const search = { prominence: 0.25, mass: 0.03, range: [0.6, 4.5], which: 'deepest' } as const;
  return findValley(tube.columns[axis]!, search);
}

/** A tube's own valley is believed no farther than this from the study's, in u. */
const FARTHEST = 1.5;
/** Of so many cells the own valley and the study's weigh alike. */
const EQUAL_CELLS = 200;
/** A tube of fewer cells may well show no valley. */
const FEWEST_CELLS = 200;
/** A cut that was moved by more than this is worth a look, in u. */
const FAR = 0.6;

/**
 * The study's cut in a tube, moved towards the tube's own valley as far as its events bear it.
 * @param centre the study's cut, in u
 */
export function joinCuts(own: CutFound, count: number, centre: number, isUnclear: boolean): Cut {
  const unclear = isUnclear ? ['not_separable'] : [];
  const fallback = isUnclear ? 'kmeans' : null;
  if (own.cut === undefined) {
    const flags = count >= FEWEST_CELLS ? ['no_valley', ...unclear] : unclear;
    return { at: centre, modes: own.modes, rule: 'pooled', fallback, flags };
  }
  const away = own.cut - centre;
  const believed = Math.min(FARTHEST, Math.max(-FARTHEST, away));
  const at = centre + (believed * count) / (count + EQUAL_CELLS);
  const flags = Math.abs(away) > FAR ? ['cut_moved', ...unclear] : unclear;
  return { at, modes: own.modes, rule: 'shrunk', fallback, flags };
}

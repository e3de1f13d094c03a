import type { Cut } from '../cuts/cut.ts';
import { findValley } from '../density/findValley.ts';
import { atGain } from '../stain/stainingGain.ts';
import type { GainedTube } from './cells.ts';

/** A cut that the tube's stain carries by more than this is worth a look, in u. */
const FAR = 0.6;

/** A study's cut on one axis. */
export interface StudyCut {
  readonly axis: number;
  readonly at: number;
  /** True where the study shows no valley there: the cut is a judgement. */
  readonly isUnclear: boolean;
}

/** The study's cut where the tube's stain carries it. A valley of the tube's own would wander with its few cells. */
export function tubeCut({ cells, gains }: GainedTube, { axis, at, isUnclear }: StudyCut): Cut {
  const own = atGain(at, gains[axis]!);
  const { modes } = findValley(cells.columns[axis]!, VALLEY);
  return {
    ...{ at: own, modes, rule: 'aligned', fallback: isUnclear ? 'negative_end' : null },
    flags: [...(Math.abs(own - at) > FAR ? ['cut_moved'] : []), ...(isUnclear ? ['not_separable'] : [])],
  };
}

/** What a tube itself shows on the axis: printed beside its cut. */
const VALLEY = { prominence: 0.25, mass: 0.03, range: [0.6, 4.5], which: 'deepest' } as const;

import type { Cut } from '../cuts/cut.ts';
import { findValley } from '../density/findValley.ts';
import { atGain } from '../stain/stainingGain.ts';
import type { AxisCuts } from './axisCuts.ts';
import type { GainedTube } from './cells.ts';

/** A cut that the tube's stain carries by more than this is worth a look, in u. */
const FAR = 0.6;

/** A study's cut on one axis. */
export interface StudyCut {
  readonly axis: number;
  readonly at: number;
  /** What stands in for a valley that the study does not show: the cut is a judgement; null where it shows one. */
  readonly fallback: 'negative_end' | 'kmeans' | null;
}

/** The study's cut where the tube's stain carries it. A valley of the tube's own would wander with its few cells. */
export function tubeCut({ cells, gains }: GainedTube, { axis, at, fallback }: StudyCut): Cut {
  const own = atGain(at, gains[axis]!);
  const { modes } = findValley(cells.columns[axis]!, VALLEY);
  return {
    ...{ at: own, modes, rule: 'aligned', fallback },
    flags: [...(Math.abs(own - at) > FAR ? ['cut_moved'] : []), ...(fallback !== null ? ['not_separable'] : [])],
  };
}

/** What a tube itself shows on the axis: printed beside its cut. */
const VALLEY = { prominence: 0.25, mass: 0.03, range: [0.6, 4.5], which: 'deepest' } as const;

export function memoryFallback({ flags }: AxisCuts): StudyCut['fallback'] {
  return flags.includes('memory_not_separable') ? 'negative_end' : null;
}

export function secondFallback({ second }: AxisCuts): StudyCut['fallback'] {
  return second === undefined ? 'kmeans' : null;
}

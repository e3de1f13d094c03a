import { median } from 'd3-array';
import type { Point } from '../../gating/index.ts';
import { robustSd } from '../../statistics/index.ts';
import type { Cut } from '../cuts/cut.ts';
import { MEMORY, type RidgeCells, X } from './cells.ts';
import { NAIVE_LIKE, shareFrom } from './regions.ts';
import type { TubeGain } from './tubeGain.ts';

interface Seen {
  readonly memoryCuts: readonly Cut[];
  readonly direction: Point;
  /** Where plasmablasts begin in a tube of a gain: they are back before memory is, and no memory cells. */
  readonly plasmablastX: (gain: Point) => number;
}

interface TubeDoubts {
  readonly fill: number;
  readonly flags: readonly string[];
}

/** A region that begins this far above the core holds cells of the ridge, in u. */
const ON_RIDGE = 0.6;
/** A ridge this full leaves little core to stand on: it asks for review. */
const HEAVY = 0.4;
/** … where it is by so much fuller than the study's usual tube. */
const FULLER = 1.5;
/** A border that may be missed by more than this along the ridge, in u (one standard error), is doubtful. */
const UNSURE = 0.1;
/** A log gain this large is another setting of the instrument rather than a stain. */
const FAR = 0.9;
/** A tube is unlike the study where its cells are less likely than the others' by so many of their standard deviations. */
const UNLIKE_SDS = 6;
/** … and by at least this, per cell. */
const UNLIKE = 0.35;

/** How full the ridge of each tube is, and what makes its place doubtful. */
export function tubeDoubts(tubes: readonly RidgeCells[], gains: readonly TubeGain[], seen: Seen): TubeDoubts[] {
  const pooled = gains.filter((_, t) => tubes[t]!.isInPool && tubes[t]!.count > 0).map(({ fit }) => fit);
  const usual = median(pooled) ?? 0;
  const spread = robustSd(pooled, usual) ?? 0;
  const worst = usual - Math.max(UNLIKE, UNLIKE_SDS * spread);
  const fills = gains.map(({ shares }) => shareFrom(shares[NAIVE_LIKE]!, ON_RIDGE));
  const heavy = Math.max(HEAVY, FULLER * (median(fills.filter((_, t) => tubes[t]!.isInPool)) ?? 0));
  return tubes.map((tube, t) => {
    const { gain, variance, fit } = gains[t]!;
    const fill = fills[t]!;
    const flags = [
      ...(along(variance, seen.direction) > UNSURE ** 2 ? ['gain_unsure'] : []),
      ...(Math.max(Math.abs(gain[0]), Math.abs(gain[1])) > FAR ? ['far_gain'] : []),
      ...(tube.count > 0 && fit < worst ? ['unlike_pool'] : []),
      ...(fill > heavy ? ['ridge_heavy'] : []),
      ...(hasFewMemory(tube, seen.memoryCuts[t]!, seen.plasmablastX(gain)) ? ['few_memory'] : []),
    ];
    return { fill, flags: flags.sort() };
  });
}

function along([xx, xy, yy]: TubeGain['variance'], [dx, dy]: Point): number {
  return xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy;
}

/** B cells return after a depletion without memory: then the naive-like cells are young ones, and their core is in doubt. */
const FEW_MEMORY = 0.03;
/** Below this a share says nothing. */
const FEWEST_FOR_SHARE = 100;

function hasFewMemory({ columns }: RidgeCells, { at }: Cut, plasmablastX: number): boolean {
  let [memory, others] = [0, 0];
  for (const [row, value] of columns[MEMORY]!.entries()) {
    if (at === undefined || value <= at) others++;
    else if (columns[X]![row]! <= plasmablastX) memory++;
  }
  return at !== undefined && memory + others >= FEWEST_FOR_SHARE && memory < FEW_MEMORY * (memory + others);
}

import { median } from 'd3-array';
import type { Point } from '../../gating/index.ts';
import { robustSd } from '../../statistics/index.ts';
import { type Landmark, MEMORY, type RidgeCells, X, Y } from './cells.ts';
import type { ExpectedCore } from './coreModel.ts';
import { carried } from './stainingGain.ts';

/** Where an anchor expects the core, measured from where the tube stands, and how surely, in u. */
export type Anchor = Pick<ExpectedCore, 'shift' | 'sd'>;

/** What is known of the study when anchors are looked for. */
export interface AnchorFrame {
  readonly core: Point;
  readonly direction: Point;
  readonly memoryCut: number;
  /** y above which memory cells of low x are one population; without it there is no anchor. */
  readonly valleyY: number | undefined;
}

/** Where a tube stands before it is anchored. */
export interface Standing {
  readonly at: Landmark;
  readonly offset: Landmark;
  /** Share of the naive-like cells on the ridge; null where it was not fitted. */
  readonly fill: number | null;
}

/** Memory cells of low x lie below this above the core: plasmablasts and cells on the way to them stay out. */
const LOW_X = 0.6;
const FEWEST_CELLS = 15;
/** Tubes whose ridge is no fuller than this show their core well: they tell how far anchors can be trusted. */
const CLEAR_FILL = 0.7;
const FEWEST_CLEAR = 6;
/** Classes of one tube never move quite alike: an anchor is not trusted beyond this, in u. */
const LEAST_SD = 0.08;
/** Width of the anchoring population along the ridge, in u: what few of its cells leave open. */
const ANCHOR_WIDTH = 0.6;

/**
 * A second witness of a tube's staining. Where a ridge is full there is hardly a core left to see, but the memory cells of
 * high y (CD27+ CD24+) of the same tube were stained by the same antibodies: their place tells how the tube's stain differs
 * from the study's, and so where its core should be. How far they can be believed is measured in the tubes whose core is
 * plain; where the two disagree from tube to tube, the anchor loses its weight by itself.
 * @returns one a tube, undefined where there are no such cells; none at all where the study does not show the population
 */
export function memoryAnchors(
  tubes: readonly RidgeCells[],
  standings: readonly Standing[],
  frame: AnchorFrame,
): readonly (Anchor | undefined)[] {
  const nothing = tubes.map(() => undefined);
  if (frame.valleyY === undefined) return nothing;
  const anchors = tubes.map((tube, t) => anchorOf(tube, standings[t]!, frame));
  const found = anchors.filter((anchor) => anchor !== undefined);
  if (found.length === 0) return nothing;
  const study = [X, Y].map((d) => median(found, ({ at }) => at[d]!) as number);
  const away = anchors.map((anchor, t) => anchor && distance(anchor.at, study, standings[t]!.at, frame));
  const clear = away.filter((value, t) => {
    const { fill } = standings[t]!;
    return value !== undefined && tubes[t]!.isInPool && fill !== null && fill <= CLEAR_FILL;
  }) as number[];
  if (clear.length < FEWEST_CLEAR) return nothing;
  const bias = median(clear) as number;
  const spread = robustSd(clear, bias) as number;
  const variance = Math.max(LEAST_SD, spread) ** 2;
  return anchors.map((anchor, t) => {
    if (!anchor) return undefined;
    return { shift: away[t]! - bias, sd: Math.sqrt(variance + ANCHOR_WIDTH ** 2 / anchor.count) };
  });
}

/** How far along the ridge the core lies from where a tube stands, if it moved as the anchor did. */
function distance(anchor: Landmark, study: Landmark, at: Landmark, { core, direction }: AnchorFrame): number {
  let along = 0;
  for (const d of [X, Y]) {
    along += (carried(core[d]!, study[d]!, anchor[d]!) - at[d]!) * direction[d]!;
  }
  return along;
}

function anchorOf(tube: RidgeCells, { offset }: Standing, { core, memoryCut, valleyY }: AnchorFrame) {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < tube.count; i++) {
    if (tube.columns[MEMORY]![i]! - offset[MEMORY]! <= memoryCut) continue;
    if (tube.columns[X]![i]! - offset[X]! >= core[X] + LOW_X) continue;
    if (tube.columns[Y]![i]! - offset[Y]! <= (valleyY as number)) continue;
    x.push(tube.columns[X]![i]!);
    y.push(tube.columns[Y]![i]!);
  }
  if (x.length < FEWEST_CELLS) return undefined;
  return { at: [median(x) as number, median(y) as number], count: x.length };
}

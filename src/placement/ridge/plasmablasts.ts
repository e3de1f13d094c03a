import type { Point } from '../../gating/index.ts';
import { bandwidthOf, binCentre, histogram, smooth } from '../density/density.ts';
import { findValley } from '../density/findValley.ts';
import { populationEnd } from '../density/populationEnd.ts';
import { type PooledCells, pick, X, Y } from './cells.ts';

export interface PlasmablastBorders {
  /** x above which memory cells are plasmablasts. */
  readonly plasmablastX: number;
  /** y below which they are. */
  readonly plasmablastY: number;
}

/** Fewer memory cells show no plasmablasts. */
const FEWEST_MEMORY = 50;
/** Where plasmablasts cannot be seen their border lies this far above the core, in u. */
const USUAL_DISTANCE = 2.4;

/** Where plasmablasts begin on x, and end on y, among the memory cells of a pool; in u. */
export function plasmablastBorders(memory: PooledCells, core: Point): PlasmablastBorders {
  const seen = memory.weights.length > FEWEST_MEMORY ? emptiestAbove(memory, core[0] + NEAREST) : undefined;
  const plasmablastX = seen ?? core[0] + USUAL_DISTANCE;
  const beyond = pick(memory, (row) => memory.columns[X]![row]! > plasmablastX);
  return { plasmablastX, plasmablastY: endOn(beyond, core[1]) };
}

/** Nearest to the core that the border may lie, in u. */
const NEAREST = 1;
/** Least share of the memory cells that shows a population. */
const LEAST_SHARE = 0.004;
/** A stretch lower than this share of the plasmablasts' mode lies between them and the others. */
const EMPTY = 0.25;

/**
 * The middle of the stretch between memory cells and plasmablasts. Hardly a cell lies there, and the few that do would move
 * the lowest point of the density by a whole u.
 */
function emptiestAbove({ columns, weights }: PooledCells, from: number): number | undefined {
  const x = columns[X]!;
  const density = smooth(histogram(x, weights), bandwidthOf(x));
  const first = density.findIndex((_, bin) => binCentre(bin) >= from);
  if (first < 0) return undefined;
  let mode = first;
  let [total, above] = [0, 0];
  for (let bin = 0; bin < density.length; bin++) {
    total += density[bin]!;
    if (bin < first) continue;
    if (density[bin]! > density[mode]!) mode = bin;
  }
  const ceiling = EMPTY * density[mode]!;
  const empty = [...density.keys()].filter((bin) => bin >= first && bin < mode && density[bin]! < ceiling);
  const [lowest, highest] = [empty[0], empty.at(-1)];
  if (lowest === undefined || highest === undefined) return undefined;
  const border = Math.round((lowest + highest) / 2);
  for (let bin = border; bin < density.length; bin++) above += density[bin]!;
  return above < LEAST_SHARE * total ? undefined : binCentre(border);
}

/** Plasmablasts carry no y: a border that this share of them reaches is not theirs. */
const MOST_CUT_OFF = 0.1;

/**
 * The level of y below which memory cells of high x are plasmablasts: the core's. They are so bright on x that a few per cent
 * of error in its spillover lift all of them above that; then the border is the valley above them, or where they end.
 */
function endOn({ columns, weights }: PooledCells, level: number): number {
  const y = columns[Y]!;
  let [above, all] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    all += weights[i]!;
    if (y[i]! >= level) above += weights[i]!;
  }
  if (above <= MOST_CUT_OFF * all) return level;
  const valley = findValley(y, { prominence: 0.25, mass: 0.05, range: [level, 7], which: 'first' }, weights).cut;
  return Math.max(level, valley ?? populationEnd(y, weights, { side: 'right', z: 3 }) ?? level);
}

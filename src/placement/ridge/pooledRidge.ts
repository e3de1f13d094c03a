import type { Point } from '../../gating/index.ts';
import { findValley } from '../density/findValley.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import { type AxisCuts, axisCuts, isNaiveLike } from './axisCuts.ts';
import { type GainedTube, MEMORY, type PooledCells, pick, poolCells, SECOND, X, Y } from './cells.ts';
import { type RidgeShape, ridgeShape } from './direction.ts';
import { naiveCore } from './naiveCore.ts';
import { type PlasmablastBorders, plasmablastBorders } from './plasmablasts.ts';

/** What one pool shows, all of it found once for the study. */
export interface PooledRidge extends PlasmablastBorders {
  readonly core: Point;
  readonly hasRidge: boolean;
  readonly shape: RidgeShape & { readonly tip: number };
  readonly cuts: AxisCuts;
  /** x below which cells are low: the lower shoulder of the naive cells, one width of their core below its middle. */
  readonly lowX: number;
  /**
   * y of the deepest valley among memory cells of low x; undefined where there is none.
   * @param border y of the border on the ridge: it is looked for up to a little above that
   */
  readonly valleyBelow: (border: number) => number | undefined;
  readonly pool: PooledCells;
}

/** Direction and length of a ridge where the study shows none: from healthy and lupus blood on this frame. */
const USUAL_DIRECTION: Point = [0.72, 0.69];
const USUAL_TIP = 2.8;

/** Core, direction, width and tip of the ridge and all cuts, on the tubes of the pool brought to the study's stain. */
export function pooledRidge(pooled: readonly GainedTube[], poolRows: number): PooledRidge {
  const pool = poolCells(pooled, poolRows);
  const cuts = axisCuts({ memory: pool.columns[MEMORY]!, second: pool.columns[SECOND], weights: pool.weights });
  const naive = pick(pool, isNaiveLike(pool.columns, cuts));
  const core = naiveCore(naive);
  const seen = ridgeShape(naive, core);
  const hasRidge = seen.tip !== undefined;
  const shape = { ...seen, direction: hasRidge ? seen.direction : USUAL_DIRECTION, tip: seen.tip ?? USUAL_TIP };
  const memory = pick(pool, (row) => pool.columns[MEMORY]![row]! > cuts.memory);
  const borders = plasmablastBorders(memory, core);
  return {
    ...{ core, hasRidge, shape, cuts, pool, ...borders },
    lowX: core[0] - shape.sigma,
    valleyBelow: (border) => memoryValley(memory, core, border),
  };
}

/** Memory cells of x below this above the core, in u, are of low x: plasmablasts and cells on the way to them stay out. */
const LOW_X = 0.6;
/** The valley of y is looked for up to this above the border, in u. */
const ABOVE_BORDER = 0.7;
const FEWEST_MEMORY = 40;

function memoryValley(memory: PooledCells, core: Point, border: number): number | undefined {
  const low = pick(memory, (row) => memory.columns[X]![row]! < core[0] + LOW_X);
  if (low.weights.length <= FEWEST_MEMORY) return undefined;
  const range = [0.3, border + ABOVE_BORDER] as const;
  const search = { prominence: 0.12, mass: 0.05, range, which: 'deepest' as const };
  return findValley(low.columns[Y]!, search, low.weights).cut;
}

/** Where the second axis shows no valley its divider is the midpoint of two means, and a judgement. */
export function secondCutOf({ pool, cuts }: Pick<PooledRidge, 'pool' | 'cuts'>): number {
  const values = pool.columns[SECOND];
  if (cuts.second !== undefined || !values) return cuts.second ?? 0;
  return splitByMeans(values, 2).cuts[0] ?? 2;
}

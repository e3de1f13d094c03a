import type { Point } from '../../gating/index.ts';
import type { Alignment } from '../alignments/alignment.ts';

/** A ridge fitted once over a study; coordinates in u of the study. */
export interface RidgeFit extends Alignment {
  readonly method: 'ridge';
  /** Markers of the plane, of the memory axis (CD27), and of the second axis (IgD) where the panel has it. */
  readonly x: string;
  readonly y: string;
  readonly memory: string;
  readonly second: string | undefined;
  /** The core of the cells from which the ridge climbs: (x, y). */
  readonly core: Point;
  /** Unit vector up the ridge. */
  readonly direction: Point;
  /** Width of the core across the ridge. */
  readonly sigma: number;
  /** Where the ridge ends, measured from the core along the direction. */
  readonly tip: number;
  /** x above which memory cells of low y are plasmablasts. */
  readonly plasmablastX: number;
  /** Level of y below which they lie: the core's, or their own end where that is higher. */
  readonly plasmablastY: number;
  /** x below which memory cells are of low x. */
  readonly lowX: number;
  /** y of the valley among memory cells of low x, up to a little above a border on the ridge; undefined where there is none. */
  readonly valleyBelow: (border: number) => number | undefined;
}

/** Whether an alignment is a ridge: no other method of the registry bears its name. */
export function isRidge(alignment: Alignment): alignment is RidgeFit {
  return alignment.method === 'ridge';
}

import type { BookAlignment, Point } from '../../gating/index.ts';
import type { Cut } from '../cuts/cut.ts';
import type { RidgeDraw } from './ridgeDraw.ts';

/** A ridge fitted once over a study; coordinates in u of the study. */
export interface RidgeFit {
  readonly name: string;
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
  readonly flags: readonly string[];
  /** Where a coordinate of a tube lies in the study; the inverse of `inTube`. */
  toStudy(sampleId: string, marker: string, u: number): number;
  /** Where a coordinate of the study lies in a tube: the plane's markers as a change of stain carries them. */
  inTube(sampleId: string, marker: string, u: number): number;
  /** Cut of the memory or the second axis in a tube; undefined for other markers. */
  cut(sampleId: string, marker: string): Cut | undefined;
  /** Flags of the tube's landmark. */
  tubeFlags(sampleId: string): readonly string[];
  readonly book: BookAlignment;
  /** The fit as it might have come out, for one draw after another. */
  redrawn(): (draw: RidgeDraw) => RidgeFit;
}

import type { Point } from '../../gating/index.ts';

/** How one plausible fit of a ridge differs from the one that was made. One draw moves the study's borders in all tubes. */
export interface RidgeDraw {
  /** The tubes of the pool as they were drawn, with replacement; `from` in 0…1 says which stretch of its events is read. */
  readonly picks: readonly { readonly sampleId: string; readonly from: number }[];
  /**
   * By how much a tube's gain may have been missed on x and y.
   * @param variance of the gain: xx, xy, yy
   */
  displacement(sampleId: string, variance: readonly [number, number, number]): Point;
  /** By how much a tube's own valley on a further axis may have been missed, in u, where it has so many events. */
  ownCut(sampleId: string, axis: 'memory' | 'second', cells: number): number;
  /** Added to the cuts of all tubes, in u. */
  readonly borders: {
    readonly memory: number;
    readonly second: number;
    readonly plasmablastX: number;
    readonly valleyY: number;
  };
}

import type { Pool } from '../../template/index.ts';
import type { PoolFrame } from './poolFrame.ts';

/** One answer of a method that looks for a cut in values. */
export interface CutFound {
  readonly cut: number | undefined;
  readonly modes: readonly number[];
  readonly flags: readonly string[];
}

/** What a method does to find a cut in one tube, and in the pool. */
export interface CutSearch {
  inTube(values: Float64Array): CutFound;
  /** Where a tube's other markers say where to look: its own search in place of `inTube`. */
  forTube?(sampleId: string): CutSearch['inTube'];
  inPool(values: Float64Array, weights: Float64Array): CutFound;
  /** As in the pool, where its smoothed histogram is all that is looked at: a pool that is drawn anew is not sorted anew. */
  inDensity?(density: Float64Array): CutFound;
}

/**
 * What to do where neither a tube nor the pool shows a cut: nothing, a split by k-means, a number in u, the end of the one
 * population that is there, which is either the kept or the dropped one, or the level of an internal reference.
 */
export type CutFallback =
  | 'none'
  | 'kmeans'
  | { readonly at: number }
  | EndFallback
  | (InternalReference & { readonly donors: Donated });

/** The end of the one population that is there. */
export interface EndFallback {
  readonly end: number;
  readonly of: 'kept' | 'dropped';
  /** Where such an end may lie, in u: outside, the one population is not the one that was meant. */
  readonly within?: readonly [number, number] | undefined;
  /** In u: lower than here nothing is there that the cut would take away. */
  readonly at_least?: number | undefined;
}

/**
 * Cells of the same tubes that show a level: `beyond` those that cannot carry the marker, `under` those that all carry it.
 */
export type ReferenceSide = 'beyond' | 'under';

/** How the level of an internal reference is used. */
export interface InternalReference {
  readonly of: ReferenceSide;
  /** Standard deviations from the mode of the reference at which it ends. */
  readonly end: number;
  /** True where biology says that most cells of the parent carry the marker. */
  readonly isOfCarriers: boolean;
}

/** u of the cells of an internal reference in a tube; undefined where the tube has none. */
export type Donated = (sampleId: string) => Float64Array | undefined;

export interface CutRules {
  readonly pool: Pool;
  readonly keep: 'above' | 'below';
  /** Farthest that a tube's own cut may move from the pool's, in u. */
  readonly bound: number;
  /** Used where neither a tube nor the pool shows a cut. */
  readonly fallback: CutFallback;
  /** False: the pool decides alone, as for tails and levels that have no valley of their own. */
  readonly hasOwnVote: boolean;
  /** How the tubes lie in their pool on this marker. */
  readonly frame: PoolFrame;
}

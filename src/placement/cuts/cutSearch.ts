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
  inPool(values: Float64Array, weights: Float64Array): CutFound;
  /** As in the pool, where its smoothed histogram is all that is looked at: a pool that is drawn anew is not sorted anew. */
  inDensity?(density: Float64Array): CutFound;
}

/**
 * What to do where neither a tube nor the pool shows a cut: nothing, a split by k-means, a number in u, or the end of the
 * one population that is there, which is either the kept or the dropped one.
 */
export type CutFallback =
  | 'none'
  | 'kmeans'
  | { readonly at: number }
  | { readonly end: number; readonly of: 'kept' | 'dropped' };

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

import { median } from 'd3-array';
import { type Outwards, populationEnd } from '../density/populationEnd.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import type { CutFound, CutRules, CutSearch } from './cutSearch.ts';
import type { FramedTube } from './poolFrame.ts';
import { poolWeight, rowsOfTube } from './poolGroups.ts';

/** What a cut may be looked for in, however the pool keeps its events. */
export interface CutPool {
  /** Tubes that hold the marker. */
  readonly tubeCount: number;
  find(search: CutSearch): CutFound;
  /** Split in two by k-means. */
  split(): ReturnType<typeof splitByMeans>;
  end(out: Outwards): number | undefined;
}

export interface PoolFound extends CutFound {
  readonly fallback: string | null;
}

/** Where the pool shows no cut, at least this share of its tubes must show one of their own: few would speak for all. */
const LEAST_OF_TUBES = 0.25;

/**
 * The pool's cut, or what the rules put in its place where the pool shows none.
 * @param own the tubes' own cuts, in the pool's frame; none where they have no vote
 */
export function cutInPool(pool: CutPool, own: readonly number[], search: CutSearch, rules: CutRules): PoolFound {
  const found = pool.find(search);
  if (found.cut !== undefined) return { ...found, fallback: null };
  const flags = [...found.flags, 'pool_without_cut'];
  if (own.length > 0 && own.length >= LEAST_OF_TUBES * pool.tubeCount)
    return { cut: median(own), modes: found.modes, flags, fallback: 'median_of_tubes' };
  if (rules.fallback === 'kmeans') {
    const split = pool.split();
    return { cut: split.cuts[0], modes: split.centres, flags: [...flags, ...split.flags], fallback: 'kmeans' };
  }
  if (rules.fallback === 'none') return { cut: undefined, modes: found.modes, flags, fallback: null };
  if ('at' in rules.fallback) return { cut: rules.fallback.at, modes: found.modes, flags, fallback: 'fixed' };
  const { end, of } = rules.fallback;
  const side = (of === 'kept') === (rules.keep === 'above') ? 'left' : 'right';
  const cut = pool.end({ side, z: end });
  return { cut, modes: found.modes, flags, fallback: cut === undefined ? null : `end_of_${of}` };
}

/** A tube of a pool, with u of its events. */
export interface PoolMember extends FramedTube {
  readonly values: Float64Array | undefined;
}

/** The pool's events one by one. */
export function poolOfEvents(members: readonly PoolMember[], rules: CutRules): CutPool {
  const { values, weights } = pooledEvents(members, rules);
  return {
    tubeCount: members.filter((tube) => tube.values !== undefined).length,
    find: (search) => search.inPool(values, weights),
    split: () => splitByMeans(values, 2),
    end: (out) => populationEnd(values, weights, out),
  };
}

/** First rows of each tube in the pool's frame, with weights that let every tube count alike. */
export function pooledEvents(
  members: readonly PoolMember[],
  { pool, frame }: Pick<CutRules, 'pool' | 'frame'>,
): { readonly values: Float64Array; readonly weights: Float64Array } {
  const most = rowsOfTube(pool);
  const parts = members.flatMap((tube) => (tube.values ? [{ tube, rows: tube.values.subarray(0, most) }] : []));
  const size = parts.reduce((sum, part) => sum + part.rows.length, 0);
  const values = new Float64Array(size);
  const weights = new Float64Array(size);
  let next = 0;
  for (const { tube, rows } of parts) {
    const weight = poolWeight(rows.length);
    for (const value of rows) {
      values[next] = frame.toPool(tube, value);
      weights[next++] = weight;
    }
  }
  return { values, weights };
}

import { median } from 'd3-array';
import { bandwidthOf, histogram, smooth } from '../density/density.ts';
import { finiteOnly } from '../density/finite.ts';
import { type Outwards, populationEnd } from '../density/populationEnd.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import type { CutFallback, CutFound, CutRules, CutSearch, Donated } from './cutSearch.ts';
import { internalLevel } from './internalLevel.ts';
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
  /** Densities of the pool's events and of its internal reference; undefined where either has too few, or none is known. */
  levels(donated: Donated): { readonly parent: Float64Array; readonly donors: Float64Array } | undefined;
}

export interface PoolFound extends CutFound {
  readonly fallback: string | null;
}

/** Where the pool shows no cut, at least this share of its tubes must show one of their own: few would speak for all. */
const LEAST_OF_TUBES = 0.25;
/** Fewer events show no level. */
const LEAST_EVENTS = 30;

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
    return {
      cut: split.cuts[0],
      modes: split.centres,
      flags: [...flags, 'split_by_means', ...split.flags],
      fallback: 'kmeans',
    };
  }
  if (rules.fallback === 'none') return { cut: undefined, modes: found.modes, flags, fallback: null };
  const other = cutOtherwise(pool, rules.fallback, rules.keep);
  return { ...other, modes: found.modes, flags: [...flags, ...other.flags] };
}

/** Where a pool without a cut of its own is cut, and why; no cut where that cannot be told either. */
function cutOtherwise(
  pool: CutPool,
  fallback: Exclude<CutFallback, string>,
  keep: CutRules['keep'],
): Pick<PoolFound, 'cut' | 'flags' | 'fallback'> {
  if ('at' in fallback) return { cut: fallback.at, flags: ['fixed_number'], fallback: 'fixed' };
  if ('donors' in fallback) {
    const levels = pool.levels(fallback.donors);
    if (levels === undefined) return { cut: undefined, flags: ['no_reference'], fallback: null };
    return {
      ...internalLevel(levels.parent, levels.donors, { ...fallback, keep }),
      fallback: `${fallback.of}_reference`,
    };
  }
  const { end, of, within, at_least: least = Number.NEGATIVE_INFINITY } = fallback;
  const side = (of === 'kept') === (keep === 'above') ? 'left' : 'right';
  const ends = pool.end({ side, z: end });
  if (ends === undefined) return { cut: undefined, flags: [], fallback: null };
  const cut = Math.max(ends, least);
  if (within !== undefined && (cut < within[0] || cut > within[1]))
    return { cut: undefined, flags: ['end_out_of_range'], fallback: null };
  return { cut, flags: [], fallback: `end_of_${of}` };
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
    levels: (donated) => {
      const given = members.map((tube) => {
        const donors = tube.values === undefined ? undefined : donated(tube.sampleId);
        return { ...tube, values: donors && finiteOnly(donors) };
      });
      const donors = pooledEvents(given, rules);
      if (Math.min(values.length, donors.values.length) < LEAST_EVENTS) return undefined;
      return { parent: densityOf({ values, weights }), donors: densityOf(donors) };
    },
  };
}

function densityOf({ values, weights }: ReturnType<typeof pooledEvents>): Float64Array {
  return smooth(histogram(values, weights), bandwidthOf(values));
}

/** First rows of each tube in the pool's frame, with weights that let every tube count alike. */
export function pooledEvents(
  members: readonly PoolMember[],
  { pool, frame }: Pick<CutRules, 'pool' | 'frame'>,
  tubeCount: number = members.filter(({ values }) => values !== undefined).length,
): { readonly values: Float64Array; readonly weights: Float64Array } {
  const most = rowsOfTube(pool, tubeCount);
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

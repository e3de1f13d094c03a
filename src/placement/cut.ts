import { median } from 'd3-array';
import type { Landmark } from '../gating/index.ts';
import type { Pool } from '../template/index.ts';
import { finiteOnly } from './finite.ts';
import type { PoolFrame } from './poolFrame.ts';
import { groupOf, isInGroup, poolWeight, rowsOfTube } from './poolGroups.ts';
import { populationEnd } from './populationEnd.ts';
import { splitByMeans } from './splitByMeans.ts';

export { POOL_ROWS } from './poolGroups.ts';

/** Where one tube is cut on one marker, in u, and how that came about. */
export interface Cut {
  /** undefined: it could not be found; the flags say why. */
  readonly at: number | undefined;
  readonly modes: readonly number[];
  /** `own`, `pooled`, `shrunk`, `reference`, `aligned`, `fixed`, `absent` (marker not in the tube), `unneeded` or `none`. */
  readonly rule: string;
  readonly fallback: string | null;
  readonly flags: readonly string[];
  /** Where bridging controls carried the pool's cut to the tube: their landmark there. */
  readonly landmark?: Landmark | undefined;
}

/** The tube does not have the marker. */
export const ABSENT_CUT: Cut = { at: undefined, modes: [], rule: 'absent', fallback: null, flags: ['marker_absent'] };

/** The tube has the marker in whose place this cut would stand. */
export const UNNEEDED_CUT: Cut = { at: undefined, modes: [], rule: 'unneeded', fallback: null, flags: [] };

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

/** Events at which a tube's own valley weighs as much as the pool's. */
const SHRINK_EVENTS = 200;
/** A tube's own valley farther than this from the pool's, in u, is worth a look. */
const MOVED = 0.6;

/** A tube's events as one cut sees them. */
export interface CutTube {
  readonly sampleId: string;
  readonly isInPool: boolean;
  readonly role: string;
  readonly batch: string;
  readonly subjectKey: string;
  readonly parentCount: number;
  /** u of the events on which the cut is looked for; undefined where the tube lacks the marker. */
  readonly values: Float64Array | undefined;
}

/**
 * One cut for each tube: the pool's, moved towards the tube's own by clamp(own − pool, ± bound) · n / (n + 200), so that a
 * tube of 40 events follows the study and one of 4,000 follows itself.
 */
export function placeCuts(surveyed: readonly CutTube[], search: CutSearch, rules: CutRules): readonly Cut[] {
  const tubes = surveyed.map(withNumbers);
  const own = tubes.map((tube) => (tube.values ? search.inTube(tube.values) : undefined));
  const pools = new Map<string, CutFound & { readonly fallback: string | null }>();
  for (const key of new Set(tubes.map((tube) => groupOf(tube, rules.pool)))) {
    const members = tubes
      .map((tube, i) => ({ tube, found: own[i] }))
      .filter(({ tube }) => isInGroup(tube, key, rules.pool));
    pools.set(key, poolCut(members, search, rules));
  }
  return tubes.map((tube, i) => {
    const found = own[i];
    if (!found) return ABSENT_CUT;
    const pool = pools.get(groupOf(tube, rules.pool));
    if (!pool) throw new Error(`no pool for tube "${tube.sampleId}"`);
    return joinCuts(tube, found, pool, rules);
  });
}

/** The tube without the events that have no number on the marker. */
function withNumbers(tube: CutTube): CutTube {
  if (!tube.values) return tube;
  const values = finiteOnly(tube.values);
  if (values.length === tube.values.length) return tube;
  return { ...tube, values, parentCount: (tube.parentCount * values.length) / tube.values.length };
}

function joinCuts(
  tube: CutTube,
  own: CutFound,
  pool: CutFound & { readonly fallback: string | null },
  rules: CutRules,
): Cut {
  if (pool.cut === undefined) {
    const usable = rules.hasOwnVote ? own.cut : undefined;
    const flags = [...new Set([...own.flags, ...pool.flags])].sort();
    return { at: usable, modes: own.modes, rule: usable === undefined ? 'none' : 'own', fallback: null, flags };
  }
  const centre = rules.frame.toTube(tube, pool.cut);
  const landmark = rules.frame.landmark(tube);
  const carried = landmark === undefined ? {} : { landmark };
  if (!rules.hasOwnVote || own.cut === undefined) {
    const flags = rules.hasOwnVote ? [...own.flags, ...pool.flags] : pool.flags;
    const sorted = [...new Set(flags)].sort();
    return { at: centre, modes: own.modes, rule: 'pooled', fallback: pool.fallback, flags: sorted, ...carried };
  }
  if (rules.pool === 'tube') {
    return { at: own.cut, modes: own.modes, rule: 'own', fallback: null, flags: own.flags };
  }
  const away = own.cut - centre;
  const weight = tube.parentCount / (tube.parentCount + SHRINK_EVENTS);
  const at = centre + Math.min(rules.bound, Math.max(-rules.bound, away)) * weight;
  const moved = Math.abs(away) > MOVED ? ['cut_moved'] : [];
  const flags = [...own.flags, ...moved].sort();
  return { at, modes: own.modes, rule: 'shrunk', fallback: pool.fallback, flags, ...carried };
}

function poolCut(
  members: readonly { readonly tube: CutTube; readonly found: CutFound | undefined }[],
  search: CutSearch,
  rules: CutRules,
): CutFound & { readonly fallback: string | null } {
  const { values, weights } = pooled(
    members.map(({ tube }) => tube),
    rules,
  );
  const found = search.inPool(values, weights);
  if (found.cut !== undefined) return { ...found, fallback: null };
  const flags = [...found.flags, 'pool_without_cut'];
  const cuts = rules.hasOwnVote
    ? members.flatMap(({ tube, found: own }) => (own?.cut === undefined ? [] : [rules.frame.toPool(tube, own.cut)]))
    : [];
  if (cuts.length > 0) return { cut: median(cuts), modes: found.modes, flags, fallback: 'median_of_tubes' };
  if (rules.fallback === 'kmeans') {
    const split = splitByMeans(values, 2);
    return { cut: split.cuts[0], modes: split.centres, flags: [...flags, ...split.flags], fallback: 'kmeans' };
  }
  if (rules.fallback === 'none') return { cut: undefined, modes: found.modes, flags, fallback: null };
  if ('at' in rules.fallback) return { cut: rules.fallback.at, modes: found.modes, flags, fallback: 'fixed' };
  const { end, of } = rules.fallback;
  const side = (of === 'kept') === (rules.keep === 'above') ? 'left' : 'right';
  const cut = populationEnd(values, weights, { side, z: end });
  return { cut, modes: found.modes, flags, fallback: cut === undefined ? null : `end_of_${of}` };
}

/** First rows of each tube in the pool's frame, with weights that let every tube count alike. */
function pooled(tubes: readonly CutTube[], { pool, frame }: CutRules): { values: Float64Array; weights: Float64Array } {
  const poolRows = rowsOfTube(pool);
  const parts = tubes.flatMap((tube) => (tube.values ? [{ tube, rows: tube.values.subarray(0, poolRows) }] : []));
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

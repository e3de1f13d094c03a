import type { Landmark } from '../../gating/index.ts';
import { finiteOnly } from '../density/finite.ts';
import type { CutFound, CutRules, CutSearch } from './cutSearch.ts';
import { cutInPool, type PoolFound, poolOfEvents } from './poolCut.ts';
import { groupOf, isInGroup } from './poolGroups.ts';

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

/** Events at which a tube's own valley weighs as much as the pool's. */
const SHRINK_EVENTS = 200;
/** A tube's own valley farther than this from the pool's, in u, is worth a look. */
const MOVED = 0.6;
/** Share of the events between the two, below which the valley is wide and empty: wherever the cut stands, the count is the same. */
const EMPTY = 0.005;

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
  const { tubes, own, groups } = lookIntoTubes(surveyed, search, rules);
  const pools = new Map(
    [...groups].map(([key, members]) => {
      const pool = poolOfEvents(
        members.map((t) => tubes[t]!),
        rules,
      );
      return [key, cutInPool(pool, ownCuts(members, tubes, own, rules), search, rules)];
    }),
  );
  return tubes.map((tube, t) => joinCuts(tube, own[t], pools.get(groupOf(tube, rules.pool)), rules));
}

/** What every tube shows by itself, and which tubes make each pool. */
export interface LookedTubes {
  readonly tubes: readonly CutTube[];
  /** One a tube; undefined where it lacks the marker. */
  readonly own: readonly (CutFound | undefined)[];
  /** Pool -> positions of its tubes. */
  readonly groups: ReadonlyMap<string, readonly number[]>;
}

export function lookIntoTubes(surveyed: readonly CutTube[], search: CutSearch, { pool }: CutRules): LookedTubes {
  const tubes = surveyed.map(withNumbers);
  const keys = [...new Set(tubes.map((tube) => groupOf(tube, pool)))];
  return {
    tubes,
    own: tubes.map((tube) => (tube.values ? searchOf(search, tube)(tube.values) : undefined)),
    groups: new Map(keys.map((key) => [key, tubes.flatMap((tube, t) => (isInGroup(tube, key, pool) ? [t] : []))])),
  };
}

/** How a cut is looked for in one tube alone. */
export function searchOf(search: CutSearch, { sampleId }: Pick<CutTube, 'sampleId'>): CutSearch['inTube'] {
  return search.forTube?.(sampleId) ?? ((values) => search.inTube(values));
}

/** The own cuts of a pool's tubes in the pool's frame, where they have a vote. */
export function ownCuts(
  members: readonly number[],
  tubes: readonly CutTube[],
  own: readonly (CutFound | undefined)[],
  { hasOwnVote, frame }: CutRules,
): readonly number[] {
  if (!hasOwnVote) return [];
  return members.flatMap((t) => {
    const cut = own[t]?.cut;
    return cut === undefined ? [] : [frame.toPool(tubes[t]!, cut)];
  });
}

/** The tube without the events that have no number on the marker. */
function withNumbers(tube: CutTube): CutTube {
  if (!tube.values) return tube;
  const values = finiteOnly(tube.values);
  if (values.length === tube.values.length) return tube;
  return { ...tube, values, parentCount: (tube.parentCount * values.length) / tube.values.length };
}

/** A tube's own cut and its pool's become one, by the rule of `placeCuts`. */
export function joinCuts(tube: CutTube, own: CutFound | undefined, pool: PoolFound | undefined, rules: CutRules): Cut {
  if (!own) return ABSENT_CUT;
  if (!pool) throw new Error(`no pool for tube "${tube.sampleId}"`);
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
  const moved = Math.abs(away) > MOVED && holdsCells(tube, own.cut, centre) ? ['cut_moved'] : [];
  const flags = [...own.flags, ...moved].sort();
  return { at, modes: own.modes, rule: 'shrunk', fallback: pool.fallback, flags, ...carried };
}

/** Whether it matters which of two cuts is taken. */
function holdsCells({ values = new Float64Array(0) }: CutTube, one: number, other: number): boolean {
  const [low, high] = one < other ? [one, other] : [other, one];
  return values.filter((u) => u >= low && u < high).length > EMPTY * values.length;
}

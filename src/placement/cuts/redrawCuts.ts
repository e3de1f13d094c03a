import { binnedMember, poolBandwidth, poolOfBins } from './binnedPool.ts';
import { type Cut, type CutTube, joinCuts, type LookedTubes, lookIntoTubes, ownCuts } from './cut.ts';
import type { CutRules, CutSearch } from './cutSearch.ts';
import { ownCutError } from './ownCutError.ts';
import { cutInPool, type PoolFound, poolOfEvents } from './poolCut.ts';
import type { PoolFrame } from './poolFrame.ts';
import { groupOf } from './poolGroups.ts';

/** How one plausible cut differs from the one that was placed. */
export interface CutDraw {
  /** Added to the cut in all tubes, in u. */
  readonly shift: number;
  /** Places in a pool of so many tubes, drawn with replacement: the same for every cut of a draw. */
  picks(group: string, tubeCount: number): readonly number[];
  /** Standard normal: by how many of its errors a tube's own cut was missed. */
  normal(sampleId: string): number;
  /** How the tubes lie in their pool on this marker, as the alignment was drawn. */
  readonly frame: PoolFrame;
}

export type CutRedrawer = (draw: CutDraw) => readonly Cut[];

/**
 * A cut as it might have come out: its pool's found anew on tubes drawn with replacement, each tube's own given an error,
 * both joined by the rule of placing, and the whole moved. What the draws share is made here, once.
 */
export function cutRedrawer(surveyed: readonly CutTube[], search: CutSearch, rules: CutRules): CutRedrawer {
  const looked = lookIntoTubes(surveyed, search, rules);
  const { tubes, own, groups } = looked;
  const errorOf = ownCutError(tubes, search);
  const errors = tubes.map(({ values }) => errorOf(values?.length ?? 0));
  const pools = [...groups].map(([key, members]) => ({
    key,
    drawn: poolRedrawer(key, members, looked, search, rules),
  }));
  return (draw) => {
    const missed = tubes.map(({ sampleId }, t) => errors[t]! * draw.normal(sampleId));
    const drawnOwn = own.map((found, t) =>
      found?.cut === undefined ? found : { ...found, cut: found.cut + missed[t]! },
    );
    const drawnRules = { ...rules, frame: draw.frame };
    const found = new Map(pools.map(({ key, drawn }) => [key, drawn(draw, drawnOwn, drawnRules, missed)]));
    const cuts = tubes.map((tube, t) => joinCuts(tube, drawnOwn[t], found.get(groupOf(tube, rules.pool)), drawnRules));
    return movedCuts(cuts, draw.shift);
  };
}

/** Cuts that no pool decides: each draw moves them in all tubes alike. */
export function heldCuts(cuts: readonly Cut[]): CutRedrawer {
  return (draw) => movedCuts(cuts, draw.shift);
}

export function movedCuts(cuts: readonly Cut[], by: number): readonly Cut[] {
  return by === 0 ? cuts : cuts.map((cut) => ({ ...cut, at: cut.at === undefined ? undefined : cut.at + by }));
}

type PoolRedrawer = (draw: CutDraw, own: LookedTubes['own'], rules: CutRules, missed: readonly number[]) => PoolFound;

/**
 * The cut of one pool, draw by draw: the placed one, moved by what the drawn tubes' histograms show against those of all.
 * So what histograms blur stands on both sides and falls out. Where drawn tubes show no cut, the placed one stands.
 */
function poolRedrawer(
  group: string,
  members: readonly number[],
  { tubes, own }: LookedTubes,
  search: CutSearch,
  rules: CutRules,
): PoolRedrawer {
  const held = members.filter((t) => tubes[t]!.values !== undefined);
  const inPool = held.map((t) => tubes[t]!);
  const votes = ownCuts(held, tubes, own, rules);
  const placed = cutInPool(poolOfEvents(inPool, rules), votes, search, rules);
  const [first] = held;
  if (placed.cut === undefined || first === undefined) return () => placed;
  const { cut } = placed;
  // One tube cannot be drawn with replacement: its pool's cut is as uncertain as its own. A given number is not.
  if (held.length === 1)
    return (_, __, ___, missed) => (isGiven(placed) ? placed : { ...placed, cut: cut + missed[first]! });
  const bandwidth = poolBandwidth(inPool, rules);
  const binned = held.map((t) => ({ t, member: binnedMember(tubes[t]!, rules, held.length) }));
  const all = binned.map(({ member }) => ({ member, moved: 0 }));
  const whole = cutInPool(poolOfBins(all, bandwidth), votes, search, rules).cut ?? cut;
  // A drawn alignment moves a tube in its pool by a distance, the same at any coordinate.
  const movedIn = (frame: PoolFrame, t: number) => cut - frame.toPool(tubes[t]!, rules.frame.toTube(tubes[t]!, cut));
  return (draw, drawnOwn, drawnRules) => {
    const picked = draw.picks(group, held.length).map((pick) => binned[pick]!);
    const drawn = picked.map(({ t, member }) => ({ member, moved: movedIn(draw.frame, t) }));
    const positions = picked.map(({ t }) => t);
    const drawnVotes = ownCuts(positions, tubes, drawnOwn, drawnRules);
    const found = cutInPool(poolOfBins(drawn, bandwidth), drawnVotes, search, rules).cut;
    return found === undefined ? placed : { ...placed, cut: cut + found - whole };
  };
}

function isGiven({ fallback }: PoolFound): boolean {
  return fallback === 'fixed';
}

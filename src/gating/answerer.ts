import type { CountAnswers, DrawnCounts, EventProfile, Intensity, OtherCount, Overlap } from './answers.ts';
import { boundsCounter } from './boundsCounter.ts';
import { eventCountOf } from './eventIndex.ts';
import type { EventIndex, Events } from './events.ts';
import type { GateContext } from './gateContext.ts';
import type { Geometry } from './geometries/registry.ts';
import { quartilesOf } from './intensityQuartiles.ts';
import { members } from './members.ts';
import type {
  CountQuestions,
  DrawnGate,
  IntensityQuestion,
  OtherGate,
  OverlapQuestion,
  ProfileAxis,
} from './questions.ts';
import { rememberedContext } from './rememberedContext.ts';

/** Width and ends of a profile's bins in u: a population is .4 to .6 wide, and nothing of this frame lies farther than 6 from one. */
const PROFILE_BIN = 0.1;
const PROFILE_FROM = -4;
const PROFILE_BINS = 110;

/**
 * What is asked beside the tree, on members that the tree's walk has found already; made ready for any number of events.
 * @returns takes the walk's own context: the same geometry gives the same events as in the tree
 */
export function answerer(questions: CountQuestions): (context: GateContext) => CountAnswers {
  const draws = questions.draws.map(drawnCounter);
  const others = questions.others.map(otherCounter);
  return (context) => {
    const ofParent = new Map<string, GateContext>();
    const remembered = (parent: string, index: EventIndex): GateContext => {
      const known = ofParent.get(parent) ?? rememberedContext(context, index);
      ofParent.set(parent, known);
      return known;
    };
    return {
      intensities: questions.intensities.map((question) => intensityOf(question, context)),
      draws: draws.map((count) => count(context, remembered)),
      profiles: questions.profiles.flatMap((axis) => eventProfile(axis, context) ?? []),
      others: others.map((count) => count(context, remembered)),
      overlaps: questions.overlaps.map((question) => overlapOf(question, context)),
    };
  };
}

function intensityOf({ population, marker, channel }: IntensityQuestion, context: GateContext): Intensity {
  const index = context.population(population);
  const nothing = { population, marker, channel, n: null, median: null, p25: null, p75: null };
  if (index === null || channel === null) return nothing;
  const finite = context.events.values({ name: channel, scale: undefined }, index).filter(Number.isFinite);
  return { ...nothing, ...quartilesOf(finite) };
}

type Remembered = (parent: string, index: EventIndex) => GateContext;

function drawnCounter({ population, parent, geometries }: DrawnGate) {
  const inBounds = boundsCounter(geometries);
  return (context: GateContext, remembered: Remembered): DrawnCounts => {
    const own = context.population(population);
    const index = context.population(parent);
    const first = own === null ? null : eventCountOf(own, context.events.count);
    if (index === null) return { population, counts: [first, ...geometries.map(() => null)] };
    const fast = remembered(parent, index);
    const counts =
      inBounds?.(fast, index) ?? geometries.map((geometry) => countIn(members(geometry, fast, index), context.events));
    return { population, counts: [first, ...counts] };
  };
}

function otherCounter({ other, population, parent, geometry }: OtherGate) {
  const inBounds = boundsCounter([geometry]);
  return (context: GateContext, remembered: Remembered): OtherCount => {
    const index = context.population(parent);
    if (index === null) return { other, population, count: null };
    const fast = remembered(parent, index);
    const [count] = inBounds?.(fast, index) ?? [countIn(members(geometry, fast, index), context.events)];
    return { other, population, count: count ?? null };
  };
}

function overlapOf({ population, without }: OverlapQuestion, context: GateContext): Overlap {
  const [own, other] = [context.population(population), context.population(without)];
  if (own === null || other === null) return { population, without, count: null };
  const both: Geometry = { kind: 'boolean', op: 'and', of: [{ population: without, complement: false }] };
  return { population, without, count: countIn(members(both, context, own), context.events) };
}

function countIn(index: EventIndex | null, events: Events): number | null {
  return index === null ? null : eventCountOf(index, events.count);
}

function eventProfile(axis: ProfileAxis, context: GateContext): EventProfile | undefined {
  const parent = context.population(axis.parent);
  if (parent === null) return undefined;
  const [x, y] = axis.dims.map((dim) =>
    context.events.values({ name: dim.channel, scale: context.scaleOf(dim) }, parent),
  );
  const counts = new Uint32Array(PROFILE_BINS);
  for (let i = 0; i < x!.length; i++) {
    const t = (x![i]! - axis.origin[0]) * axis.direction[0] + (y![i]! - axis.origin[1]) * axis.direction[1];
    if (Number.isNaN(t)) continue;
    const bin = Math.floor((t - PROFILE_FROM) / PROFILE_BIN);
    counts[Math.min(PROFILE_BINS - 1, Math.max(0, bin))]!++;
  }
  return { alignment: axis.alignment, from: PROFILE_FROM, binWidth: PROFILE_BIN, counts: [...counts] };
}

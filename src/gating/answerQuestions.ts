import type { CountAnswers, DrawnCounts, Intensity, OtherCount, RidgeProfile } from './answers.ts';
import { drawnBoundsCounts } from './drawnBounds.ts';
import { eventCountOf } from './eventIndex.ts';
import type { EventIndex, Events } from './events.ts';
import type { GateContext } from './gateContext.ts';
import { quartilesOf } from './intensityQuartiles.ts';
import { members } from './members.ts';
import type { CountQuestions, DrawnGate, IntensityQuestion, OtherGate, RidgeAxis } from './questions.ts';
import { rememberedContext } from './rememberedContext.ts';

/** Width and ends of a ridge's bins in u: a core is .4 to .6 wide, and no ridge of this frame is longer than 6. */
const RIDGE_BIN = 0.1;
const RIDGE_FROM = -4;
const RIDGE_BINS = 110;

/**
 * What is asked beside the tree, on members that the tree's walk has found already.
 * @param context the walk's own: the same geometry gives the same events as in the tree
 */
export function answerQuestions(questions: CountQuestions, context: GateContext): CountAnswers {
  const ofParent = new Map<string, GateContext>();
  const remembered = (parent: string, index: EventIndex): GateContext => {
    const known = ofParent.get(parent) ?? rememberedContext(context, index);
    ofParent.set(parent, known);
    return known;
  };
  return {
    intensities: questions.intensities.map((question) => intensityOf(question, context)),
    draws: questions.draws.map((gate) => drawnCounts(gate, context, remembered)),
    ridges: questions.ridges.flatMap((axis) => ridgeProfile(axis, context) ?? []),
    others: questions.others.map((gate) => otherCount(gate, context, remembered)),
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

function drawnCounts(gate: DrawnGate, context: GateContext, remembered: Remembered): DrawnCounts {
  const { population, parent, geometries } = gate;
  const own = context.population(population);
  const index = context.population(parent);
  const first = own === null ? null : eventCountOf(own, context.events.count);
  if (index === null) return { population, counts: [first, ...geometries.map(() => null)] };
  const fast = remembered(parent, index);
  const counts =
    drawnBoundsCounts(geometries, fast, index) ??
    geometries.map((geometry) => countIn(members(geometry, fast, index), context.events));
  return { population, counts: [first, ...counts] };
}

function otherCount(gate: OtherGate, context: GateContext, remembered: Remembered): OtherCount {
  const { other, population, parent, geometry } = gate;
  const index = context.population(parent);
  const inside = index === null ? null : members(geometry, remembered(parent, index), index);
  return { other, population, count: countIn(inside, context.events) };
}

function countIn(index: EventIndex | null, events: Events): number | null {
  return index === null ? null : eventCountOf(index, events.count);
}

function ridgeProfile(axis: RidgeAxis, context: GateContext): RidgeProfile | undefined {
  const parent = context.population(axis.parent);
  if (parent === null) return undefined;
  const [x, y] = axis.dims.map((dim) =>
    context.events.values({ name: dim.channel, scale: context.scaleOf(dim) }, parent),
  );
  const counts = new Uint32Array(RIDGE_BINS);
  for (let i = 0; i < x!.length; i++) {
    const t = (x![i]! - axis.origin[0]) * axis.direction[0] + (y![i]! - axis.origin[1]) * axis.direction[1];
    if (Number.isNaN(t)) continue;
    const bin = Math.floor((t - RIDGE_FROM) / RIDGE_BIN);
    counts[Math.min(RIDGE_BINS - 1, Math.max(0, bin))]!++;
  }
  return { alignment: axis.alignment, from: RIDGE_FROM, binWidth: RIDGE_BIN, counts: [...counts] };
}

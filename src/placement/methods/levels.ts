import { z } from 'zod';
import type { Bounds } from '../../gating/index.ts';
import type { Cut } from '../cuts/cut.ts';
import { type CutStep, cutsOfSteps, landmarksOf } from '../cuts/cutGate.ts';
import { type GatePlacement, type GateRequest, type GateTube, gateMethod, notPlaced } from '../method.ts';
import { CutOptions, cutStep, fallbackFlags, fallbackUses } from './cutSettings.ts';
import { KmeansKeys, kmeansSearch } from './kmeans.ts';
import { MixtureKeys, mixtureSearch } from './mixture.ts';
import { TailKeys, tailSearch } from './tail.ts';
import { ValleyKeys, valleySearch } from './valley.ts';

const CutChoice = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('valley'), ...CutOptions, ...ValleyKeys }),
  z.strictObject({ method: z.literal('tail'), ...CutOptions, ...TailKeys }),
  z.strictObject({ method: z.literal('kmeans'), ...CutOptions, ...KmeansKeys }),
  z.strictObject({ method: z.literal('mixture'), ...CutOptions, ...MixtureKeys }),
  z.strictObject({ method: z.literal('fixed'), at: z.number() }),
  z.strictObject({ method: z.literal('reference'), of: z.string().min(1), offset: z.number().default(0) }),
]);
type CutChoice = z.infer<typeof CutChoice>;

const Level = z.string().min(1);
const Settings = z
  .strictObject({
    marker: z.string().min(1).describe('marker that is cut'),
    levels: z.array(Level).min(2).describe('names of the levels, from below: [neg, lo, int, hi]'),
    keep: z
      .union([Level, z.tuple([Level, Level])])
      .describe('the level that is kept, or the lowest and the highest kept'),
    cuts: z
      .array(CutChoice)
      .min(1)
      .describe(
        'one between each two levels, looked for from below, each above the one before; its keys are those of its method: ' +
          'valley, tail, kmeans, mixture, fixed (at, in u) or reference (of, offset)',
      ),
    gap: z.number().nonnegative().default(0.3).describe('least distance between neighbouring cuts, in u'),
  })
  .superRefine((settings, context) => {
    const say = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (settings.levels.length !== settings.cuts.length + 1) say(['cuts'], 'there is one cut between each two levels');
    if (new Set(settings.levels).size < settings.levels.length) say(['levels'], 'a level is named twice');
    const [lowest, highest] = keptLevels(settings);
    if (lowest < 0 || highest < 0) say(['keep'], `keep names no level: ${settings.levels.join(', ')}`);
    else if (lowest > highest) say(['keep'], 'the lowest kept level comes first');
    settings.cuts.forEach((cut, i) => {
      const before = settings.cuts[i - 1];
      if (cut.method !== 'fixed' || before?.method !== 'fixed' || cut.at >= before.at + settings.gap) return;
      const message = `a cut must lie at least ${settings.gap} u (gap) above the one before, at ${before.at}`;
      context.addIssue({ code: 'custom', path: ['cuts', i, 'at'], message });
    });
  });
type Settings = z.infer<typeof Settings>;

export const levels = gateMethod<Settings>({
  name: 'levels',
  settings: Settings,
  summary: 'neg < lo < int < hi on one marker: several cuts, each by a method of its own, their order never mended',
  source: 'ordered cuts as in the immunophenotypes of flowType (Aghaeepour 2012); each cut by its own method’s source',
  flags: {
    order_broken: 'the cuts of the tube are not in order or closer than the gap: the pool’s are used, or none',
    one_mode: 'the tube shows one mode only above the cut before; the cut is the pool’s',
    three_modes: 'more than two modes were seen',
    thin_side: 'a valley was refused because one side holds too few events',
    out_of_range: 'a valley was refused because it lies outside the range of the template',
    few_events: 'fewer than 30 events to look at above the cut before',
    wide: 'the clean side of a tail is wider than 0.8 u: contaminated or smeared',
    separation: 'components of a mixture lie less than 1.5 standard deviations apart',
    collapsed: 'a component of a mixture vanished',
    component_small: 'a component of a mixture holds fewer than 20 events',
    not_converged: 'a mixture was still moving after 200 steps',
    unbalanced: 'a split by k-means leaves less than 2 % on one side',
    weak_split: 'a split by k-means explains less than 60 % of the variance',
    cut_moved: 'a tube’s own cut lies more than 0.6 u from the pool’s',
    pool_without_cut: 'the pooled events show no cut either; the fallback was used',
    ...fallbackFlags,
    marker_absent: 'the tube does not have the marker',
  },
  needsSurvey: true,
  markers: (settings) => [{ name: settings.marker, keys: ['marker'] }],
  populations: (settings) =>
    settings.cuts.flatMap((cut, i) => {
      if (cut.method === 'reference') return [{ name: cut.of, keys: ['cuts', i, 'of'] }];
      return cut.method === 'fixed' ? [] : fallbackUses(cut.fallback, ['cuts', i, 'fallback']);
    }),
  place: (settings, request) => {
    const cuts = orderedCuts(settings, request);
    return request.tubes.map((tube, t) => levelOf(settings, cuts[t]!, tube, request));
  },
  // The lower edge of what is kept; its upper one where it is kept from the bottom.
  cuts: (settings, marker, request) => {
    if (marker !== settings.marker) return undefined;
    const [lowest, highest] = keptLevels(settings);
    return orderedCuts(settings, request).map(
      (cuts) => cuts[lowest > 0 ? lowest - 1 : Math.min(highest, cuts.length - 1)]!,
    );
  },
});

function keptLevels({ levels: names, keep }: Pick<Settings, 'levels' | 'keep'>): readonly [number, number] {
  const [lowest, highest] = typeof keep === 'string' ? [keep, keep] : keep;
  return [names.indexOf(lowest), names.indexOf(highest)];
}

/** Cuts of every tube from below; the pool's where the tube's own are out of order, none where the pool's are too. */
function orderedCuts(settings: Settings, request: GateRequest): readonly (readonly Cut[])[] {
  const steps = settings.cuts.map((cut) => stepOf(cut, settings.marker, request.gate.references));
  const own = cutsOfSteps(steps, request);
  const isWhole = request.tubes.every((_, t) => isOrdered(ofTube(own, t), settings.gap));
  const pooled = isWhole
    ? own
    : cutsOfSteps(
        steps.map((step) => ({ ...step, hasOwnVote: false })),
        request,
      );
  return request.tubes.map((_, t) => {
    const cuts = ofTube(own, t);
    if (isOrdered(cuts, settings.gap)) return cuts;
    const instead = ofTube(pooled, t);
    const isMended = isOrdered(instead, settings.gap) && instead.every(({ at }) => at !== undefined);
    return instead.map((cut) => ({
      ...cut,
      at: isMended ? cut.at : undefined,
      rule: isMended ? cut.rule : 'none',
      flags: [...new Set([...cut.flags, 'order_broken'])].sort(),
    }));
  });
}

function ofTube(cuts: readonly (readonly Cut[])[], t: number): readonly Cut[] {
  return cuts.map((cut) => cut[t]!);
}

/** A cut that was not found breaks no order. */
function isOrdered(cuts: readonly Cut[], gap: number): boolean {
  const found = cuts.flatMap(({ at }) => at ?? []);
  return found.every((at, i) => i === 0 || at >= found[i - 1]! + gap);
}

function stepOf(cut: CutChoice, marker: string, references: Readonly<Record<string, string>>): CutStep {
  const usual = { marker, keep: 'above' as const, shift: 0, bound: 1, fallback: 'none' as const };
  switch (cut.method) {
    case 'valley':
      return cutStep({ ...usual, ...cut }, valleySearch(cut), true);
    case 'tail':
      return cutStep({ ...usual, ...cut }, tailSearch(cut), false);
    case 'kmeans':
      return cutStep({ ...usual, ...cut }, kmeansSearch(cut), true);
    case 'mixture':
      return cutStep({ ...usual, ...cut }, mixtureSearch(cut), false);
    case 'fixed': {
      const fixed = () => ({ cut: cut.at, modes: [], flags: [] });
      return { ...cutStep(usual, { inTube: fixed, inPool: fixed }, false), isGiven: true };
    }
    case 'reference': {
      const nothing = () => ({ cut: undefined, modes: [], flags: [] });
      const step = cutStep({ ...usual, shift: cut.offset }, { inTube: nothing, inPool: nothing }, false);
      return { ...step, from: references[cut.of] };
    }
    default:
      return cut satisfies never;
  }
}

function levelOf(settings: Settings, cuts: readonly Cut[], tube: GateTube, request: GateRequest): GatePlacement {
  const flags = [...new Set(cuts.flatMap((cut) => cut.flags))].sort();
  const [lowest, highest] = keptLevels(settings);
  const edges = [cuts[lowest - 1], cuts[highest]];
  if (cuts.some(({ at }) => at === undefined)) return notPlaced(flags);
  const [min = null, max = null] = edges.map((cut) => cut?.at ?? null);
  const raw = (at: number | null) => (at === null ? null : request.uScale(settings.marker).inverse(at));
  const dim: Bounds = {
    ...request.axis(settings.marker, tube.sampleId, 'u'),
    min,
    max,
    min_raw: raw(min),
    max_raw: raw(max),
  };
  return {
    geometry: { kind: 'interval', dims: [dim] },
    landmarks: landmarksOf(cuts),
    modes: cuts.map((cut) => ({ marker: settings.marker, at: cut.modes })),
    rule: [...new Set(cuts.map(({ rule }) => rule))].join('+'),
    fallback: [...new Set(cuts.flatMap(({ fallback }) => fallback ?? []))].join('+') || null,
    flags,
  };
}

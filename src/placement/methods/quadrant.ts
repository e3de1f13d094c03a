import { z } from 'zod';
import type { Axis, Geometry } from '../../gating/index.ts';
import type { Alignment } from '../alignments/alignment.ts';
import { ABSENT_CUT, type Cut } from '../cuts/cut.ts';
import { type CutStep, cutsOfSteps, landmarksOf } from '../cuts/cutGate.ts';
import { type GatePlacement, type GateRequest, type GateTube, gateMethod, notPlaced } from '../method.ts';
import { Plane, PointSchema, placeWritten, planeUse, toRaw } from './coordinates.ts';
import { Fallback, fallbackFlags, fallbackUses } from './cutSettings.ts';
import { valleySearch } from './valley.ts';

const Side = z.enum(['above', 'below']);
const Settings = z.strictObject({
  ...Plane,
  keep: z.tuple([Side, Side]).describe('side of the x and of the y divider; a divider itself belongs to above'),
  cut: z.union([z.literal('valley'), PointSchema]).describe('valley, or the dividers [x, y]'),
  range: z
    .tuple([PointSchema, PointSchema])
    .default([
      [0.3, 5],
      [0.3, 5],
    ])
    .describe('where the x and y valleys may lie, in u'),
  prominence: z.number().gt(0).lt(1).default(0.25).describe('least persistence of a mode, as a share of its height'),
  mass: z.number().gte(0).lt(0.5).default(0.02).describe('least share of events on either side'),
  without: z.string().min(1).optional().describe('population whose cells are no part of the corner'),
  fallback: z
    .record(z.string(), Fallback)
    .default({})
    .describe(
      'by marker: what is done where neither study nor tube shows its valley; none, and no place, where left out',
    ),
});
type Settings = z.infer<typeof Settings>;

export const quadrant = gateMethod<Settings>({
  name: 'quadrant',
  settings: Settings,
  summary: 'one corner of two dividers, found as valleys, from an alignment, or given',
  source: 'Gating-ML 2.0, QuadrantGate',
  flags: {
    one_mode: 'a tube shows no valley; its divider is the pool’s',
    three_modes: 'more than two modes were seen on a marker',
    thin_side: 'a valley was refused because one side holds too few events',
    out_of_range: 'a valley was refused because it lies outside the range of the template',
    few_events: 'fewer than 30 events to look at',
    ...fallbackFlags,
    unbalanced: 'the split by k-means leaves less than 2 % on one side',
    weak_split: 'the split by k-means explains less than 60 % of the variance',
    cut_moved: 'a tube’s own valley lies more than 0.6 u from the pool’s',
    pool_without_cut: 'the pooled events show no valley either; the fallback was used',
    not_separable: 'the marker shows no valley over the study: the divider is a judgement',
    no_valley: 'the tube shows no valley where the alignment has one',
    not_aligned: 'the tube has no place in the alignment',
    marker_absent: 'the tube lacks a marker; its divider was dropped',
  },
  hasCoordinates: (settings) => settings.cut !== 'valley',
  needsSurvey: true,
  markers: planeUse,
  populations: ({ fallback, without }) => [
    ...(without === undefined ? [] : [{ name: without, keys: ['without'] }]),
    ...Object.entries(fallback).flatMap(([marker, rule]) => fallbackUses(rule, ['fallback', marker])),
  ],
  place: (settings, request) => {
    if (settings.cut !== 'valley')
      return placeGiven(settings, settings.cut, request).map((one) => exceptFor(settings, one, request));
    const cuts = valleyCuts(settings, request);
    return request.tubes.map((_, t) =>
      exceptFor(settings, corner(settings, [cuts[0]![t]!, cuts[1]![t]!], t, request), request),
    );
  },
  cuts: (settings, marker, request) => {
    const index = [settings.x, settings.y].indexOf(marker);
    if (index < 0 || settings.cut !== 'valley') return undefined;
    return valleyCuts(settings, request)[index];
  },
});

/**
 * The dividers of an alignment where it holds them, so that all its gates stand on the same ones; else own valleys. An
 * alignment that saw no valley on a marker over the study has no divider there: the template's fallback is asked.
 */
function valleyCuts(settings: Settings, request: GateRequest): readonly (readonly Cut[])[] {
  return [settings.x, settings.y].map((marker, i) => {
    const { alignment } = request;
    const fallback = settings.fallback[marker] ?? 'none';
    const step: CutStep = {
      marker,
      keep: 'above',
      shift: 0,
      bound: 1.5,
      fallback,
      hasOwnVote: true,
      looksAt: 'kept',
      search: valleySearch({ ...settings, range: settings.range[i]!, which: 'deepest' }),
    };
    if (alignment === undefined || !alignment.cutMarkers.includes(marker)) return cutsOfSteps([step], request)[0]!;
    const aligned = request.tubes.map((tube) => alignedCut(tube, marker, alignment));
    // A level of the alignment's own is the same for all its gates; a split by k-means is the last resort.
    const isUnclear = aligned.some(({ fallback: last }) => last === 'kmeans');
    if (!isUnclear || fallback === 'kmeans') return aligned;
    const nothing = () => ({ cut: undefined, modes: [], flags: [] });
    const unseen = { ...step, hasOwnVote: false, search: { inTube: nothing, inPool: nothing } };
    return cutsOfSteps([unseen], request)[0]!.map((cut, t) => besides(cut, aligned[t]!));
  });
}

/** A cut of the fallback, with what the alignment says of the marker in that tube. */
function besides(cut: Cut, aligned: Cut): Cut {
  return { ...cut, modes: aligned.modes, flags: [...new Set([...cut.flags, ...aligned.flags])].sort() };
}

function alignedCut(tube: GateTube, marker: string, alignment: Alignment): Cut {
  if (!tube.has(marker)) return ABSENT_CUT;
  const notAligned: Cut = { at: undefined, modes: [], rule: 'none', fallback: null, flags: ['not_aligned'] };
  return alignment.cut(tube.sampleId, marker) ?? notAligned;
}

function corner(settings: Settings, cuts: readonly [Cut, Cut], t: number, request: GateRequest): GatePlacement {
  const tube = request.tubes[t]!;
  const sides = [settings.x, settings.y].map((marker, i) => ({ marker, cut: cuts[i]!, side: settings.keep[i]! }));
  const held = sides.filter(({ marker, cut }) => !(cut.rule === 'absent' && request.gate.ifAbsent[marker] === 'drop'));
  const flags = [...new Set(sides.flatMap(({ cut }) => cut.flags))].sort();
  if (held.some(({ cut }) => cut.at === undefined)) return notPlaced(flags);
  const axes: Axis[] = held.map(({ marker }) => request.axis(marker, tube.sampleId, 'u'));
  const dividers = held.map(({ cut }) => cut.at as number);
  return {
    geometry: {
      kind: 'quadrant',
      dims: axes,
      dividers,
      dividers_raw: held.map(({ marker }, i) => request.uScale(marker).inverse(dividers[i]!)),
      side: held.map(({ side }) => side),
    },
    landmarks: landmarksOf(held.map(({ cut }) => cut)),
    modes: sides.map(({ marker, cut }) => ({ marker, at: cut.modes })),
    rule: [...new Set(held.map(({ cut }) => cut.rule))].join('+') || 'absent',
    fallback: [...new Set(held.flatMap(({ cut }) => (cut.fallback ? [cut.fallback] : [])))].join('+') || null,
    flags,
  };
}

/** The corner without the cells of another population, where the template takes one out. */
function exceptFor({ without }: Settings, placed: GatePlacement, request: GateRequest): GatePlacement {
  const population = without === undefined ? undefined : request.gate.references[without];
  if (population === undefined || placed.geometry.kind === 'none') return placed;
  const others: Geometry = { kind: 'boolean', op: 'and', of: [{ population, complement: true }] };
  return { ...placed, geometry: { kind: 'all', of: [placed.geometry, others] } };
}

function placeGiven(settings: Settings, cut: readonly [number, number], request: GateRequest) {
  return placeWritten([settings.x, settings.y], request, (present, axis) => {
    const sides = [settings.x, settings.y].map((marker, i) => ({ marker, at: cut[i]!, side: settings.keep[i]! }));
    const held = sides.filter(({ marker }) => present.has(marker));
    if (sides.some(({ marker }) => !present.has(marker) && request.gate.ifAbsent[marker] !== 'drop')) return undefined;
    return {
      kind: 'quadrant',
      dims: held.map(({ marker }) => axis(marker)),
      dividers: held.map(({ at }) => at),
      dividers_raw: held.map(({ marker, at }) => toRaw(marker, at, request)),
      side: held.map(({ side }) => side),
    };
  });
}

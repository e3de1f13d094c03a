import { quantile as quantileOf } from 'd3-array';
import { z } from 'zod';
import { type Cut, placeCuts } from '../cuts/cut.ts';
import { placeCutGate } from '../cuts/cutGate.ts';
import type { CutFound, CutRules } from '../cuts/cutSearch.ts';
import { poolFrame } from '../cuts/poolFrame.ts';
import { cutRedrawer } from '../cuts/redrawCuts.ts';
import { type GateRequest, gateMethod } from '../method.ts';
import { cutSchema, cutStep, markerUse, OwnFallback } from './cutSettings.ts';

const Settings = cutSchema({
  p: z.number().gt(0).lt(1).describe('quantile of the reference population at which the cut lies (type 7)'),
  of: z.string().optional().describe('reference population: an internal negative; left out: the own parent'),
  fallback: OwnFallback.default('none').describe(
    'used where the reference population has no events: none, kmeans, {at: u}, or {end: z, of: kept | dropped}',
  ),
});
type Settings = z.infer<typeof Settings>;

export const quantile = gateMethod<Settings>({
  name: 'quantile',
  settings: Settings,
  summary: 'cut at a quantile of a reference population',
  source: 'Hyndman & Fan 1996, type 7',
  flags: {
    quantile_on_parent: 'the quantile is taken of the own parent: the share is forced, and an effect cannot show',
    few_events: 'no events of the reference population',
    cut_moved: 'the tube’s own cut lies more than 0.6 u from the pool’s',
    pool_without_cut: 'the pool holds no event of the reference population; the fallback was used',
    fixed_number: 'the cut is the number that the template gives',
    split_by_means: 'the cut is a split by k-means',
    marker_absent: 'the tube does not have the marker',
  },
  needsSurvey: true,
  markers: markerUse,
  populations: (settings) => (settings.of ? [{ name: settings.of, keys: ['of'] }] : []),
  place: (settings, request) => {
    const cuts = referenceCuts(settings, request);
    return placeCutGate([{ ...step(settings), from: request.population }], { ...request, cutsOf: () => cuts });
  },
  cuts: (settings, marker, request) => (marker === settings.marker ? referenceCuts(settings, request) : undefined),
});

function step(settings: Settings) {
  const search = (values: Float64Array) => quantileCut(values, settings);
  return cutStep({ ...settings, shift: 0 }, { inTube: search, inPool: search }, false);
}

function referenceCuts(settings: Settings, request: GateRequest): readonly Cut[] {
  const of = settings.of === undefined ? undefined : request.gate.references[settings.of];
  const tubes = of === undefined ? request.tubes : request.tubesOf(of);
  const { search, bound } = step(settings);
  const asked = tubes.map((tube) => ({
    sampleId: tube.sampleId,
    isInPool: tube.isInPool,
    role: tube.role,
    batch: tube.batch,
    subjectKey: tube.subjectKey,
    parentCount: tube.parentCount,
    values: tube.has(settings.marker) ? tube.u(settings.marker) : undefined,
  }));
  const rulesOf = (ask: GateRequest): CutRules => ({
    pool: request.pool,
    keep: settings.keep,
    bound,
    fallback: settings.fallback,
    hasOwnVote: request.pool === 'tube',
    frame: poolFrame(ask, settings.marker),
  });
  const { redraw } = request;
  const cuts = redraw
    ? redraw.cuts(settings.marker, rulesOf(request).frame, () => cutRedrawer(asked, search, rulesOf(redraw.placed)))
    : placeCuts(asked, search, rulesOf(request));
  return cuts.map((cut) => ({
    ...cut,
    at: cut.at === undefined ? undefined : cut.at + settings.shift,
    flags: of === undefined ? [...cut.flags, 'quantile_on_parent'].sort() : cut.flags,
  }));
}

function quantileCut(values: Float64Array, settings: Settings): CutFound {
  const cut = quantileOf(values, settings.p);
  return cut === undefined ? { cut, modes: [], flags: ['few_events'] } : { cut, modes: [], flags: [] };
}

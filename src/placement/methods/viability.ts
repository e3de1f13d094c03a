import { median } from 'd3-array';
import { z } from 'zod';
import { cutOfStep, placeCutGate } from '../cuts/cutGate.ts';
import type { CutFound, CutSearch } from '../cuts/cutSearch.ts';
import { brightestLive, type LiveModes } from '../density/brightestLive.ts';
import { findValley, type ValleyFound, valleyOfDensity } from '../density/findValley.ts';
import { type GateRequest, type GateTube, gateMethod } from '../method.ts';
import { cutSchema, cutStep, fallbackFlags, fallbackUses, Stretch } from './cutSettings.ts';
import { inPoolSearch } from './valley.ts';

const Settings = cutSchema({
  keep: z.enum(['above', 'below']).default('below').describe('below: the live cells; above: the dead ones'),
  size: z.string().min(1).default('FSC-A').describe('marker of how large an event is'),
  granularity: z.string().min(1).default('SSC-A').describe('marker of how granular it is'),
  range: Stretch.default([1, 7]).describe('where the cut may lie, in u'),
  prominence: z.number().gt(0).lt(1).default(0.2).describe('least persistence of a mode, as a share of its height'),
  mass: z.number().gte(0).lt(0.5).default(0.004).describe('least share of dead events to be seen'),
});
type Settings = z.infer<typeof Settings>;

export const viability = gateMethod<Settings>({
  name: 'viability',
  settings: Settings,
  summary: 'cut between live cells of every lineage and dead ones: the first valley above the brightest live mode',
  source: 'amine-reactive dyes: Perfetto 2006; live modes told by scatter, valleys by persistence',
  flags: {
    bright_live: 'live cells of one lineage are brighter than those of another; the cut lies above both',
    no_dead: 'no dead cells are seen above the live ones',
    few_events: 'fewer than 30 events to look at',
    cut_moved: 'the tube’s own valley lies more than 0.6 u from the pool’s, with events between',
    pool_without_cut: 'the pooled events show no dead cells either; the fallback was used',
    unbalanced: 'the split by k-means leaves less than 2 % on one side',
    weak_split: 'the split by k-means explains less than 60 % of the variance',
    ...fallbackFlags,
    marker_absent: 'the tube does not have the marker',
  },
  needsSurvey: true,
  markers: ({ marker, size, granularity }) => [
    { name: marker, keys: ['marker'] },
    { name: size, keys: ['size'] },
    { name: granularity, keys: ['granularity'] },
  ],
  needs: ({ marker }) => [marker],
  populations: ({ fallback }) => fallbackUses(fallback),
  place: (settings, request) => placeCutGate([stepOf(settings, request)], request),
  cuts: (settings, marker, request) => cutOfStep([stepOf(settings, request)], marker, request),
});

function stepOf(settings: Settings, request: GateRequest) {
  const { tubes } = request.redraw?.placed ?? request;
  return cutStep({ ...settings, keep: settings.keep ?? 'below' }, viabilitySearch(settings, tubes), true);
}

/** The search of each tube begins at its own brightest live mode, that of a pool at the middle of its tubes'. */
function viabilitySearch(settings: Settings, tubes: readonly GateTube[]): CutSearch {
  const live = new Map(tubes.map((tube) => [tube.sampleId, liveModesOf(tube, settings)]));
  const pooled = tubes.flatMap(({ sampleId, isInPool }) => (isInPool ? (live.get(sampleId) ?? []) : []));
  const from = (top: number | undefined) => ({
    ...settings,
    range: [Math.max(settings.range[0], top ?? settings.range[0]), settings.range[1]] as const,
    which: 'first' as const,
  });
  const inPool = inPoolSearch(from(median(pooled, ({ top }) => top)));
  return {
    inTube: (values) => told(findValley(values, inPool), []),
    forTube: (sampleId) => {
      const own = live.get(sampleId);
      const isBright = own !== undefined && own.count > 1;
      return (values) => told(findValley(values, from(own?.top)), isBright ? ['bright_live'] : []);
    },
    inPool: (values, weights) => told(findValley(values, inPool, weights), []),
    inDensity: (density) => told(valleyOfDensity(density, inPool), []),
  };
}

/** Whatever kept a valley from being found above live cells: there are no dead ones to see. */
function told(found: ValleyFound, more: readonly string[]): CutFound {
  const { cut, modes } = found;
  const why = cut !== undefined ? [] : found.flags.includes('few_events') ? ['few_events'] : ['no_dead'];
  return { cut, modes, flags: [...more, ...why] };
}

function liveModesOf(tube: GateTube, settings: Settings): LiveModes | undefined {
  const { marker, size, granularity } = settings;
  if (![marker, size, granularity].every((one) => tube.has(one))) return undefined;
  const columns = { dye: tube.u(marker), size: tube.u(size), granularity: tube.u(granularity) };
  return brightestLive(columns, settings);
}

import { z } from 'zod';
import { cutOfStep, placeCutGate } from '../cuts/cutGate.ts';
import { bandwidthOf, histogram, modeAndWidth, smooth } from '../density/density.ts';
import { gateMethod } from '../method.ts';
import { cutSchema, cutStep, fallbackFlags, fallbackUses, markerUse } from './cutSettings.ts';

export const TailKeys = {
  side: z.enum(['right', 'left']).default('right').describe('on which side of the mode the tail is cut'),
  z: z.number().positive().default(3).describe('distance from the mode in standard deviations of the clean side'),
};
const Settings = cutSchema(TailKeys);
type Settings = z.infer<typeof Settings>;

/** A mode wider than this, in u, is smeared by compensation or is not one population. */
const WIDE = 0.8;
const LEAST_EVENTS = 30;

export const tail = gateMethod<Settings>({
  name: 'tail',
  settings: Settings,
  summary: 'cut where a population ends: its mode plus z standard deviations, measured on its clean side',
  source: 'half width at .607 of the height on the side away from the cut; as openCyto’s tailgate asks (Finak 2014)',
  flags: {
    wide: 'the clean side is wider than 0.8 u: contaminated or smeared',
    few_events: 'fewer than 30 events to look at',
    pool_without_cut: 'the pool shows no mode to measure',
    unbalanced: 'the split by k-means leaves less than 2 % on one side',
    weak_split: 'the split by k-means explains less than 60 % of the variance',
    ...fallbackFlags,
    marker_absent: 'the tube does not have the marker',
  },
  needsSurvey: true,
  markers: markerUse,
  populations: ({ fallback }) => fallbackUses(fallback),
  place: (settings, request) => placeCutGate([stepOf(settings)], request),
  cuts: (settings, marker, request) => cutOfStep([stepOf(settings)], marker, request),
});

// A tail has no valley of its own to vote with: the pool decides, and an alignment carries it to the tube.
function stepOf(settings: Settings) {
  return cutStep(settings, tailSearch(settings), false);
}

type TailKeys = Pick<Settings, 'side' | 'z'>;

/** How the end of a population is looked for in a tube, and in the pool. */
export function tailSearch(settings: TailKeys) {
  const search = (values: Float64Array, weights?: Float64Array) => tailCut(values, settings, weights);
  const inTube = (values: Float64Array) => search(values);
  return { inTube, inPool: search, inDensity: (density: Float64Array) => tailOfDensity(density, settings) };
}

function tailCut(values: Float64Array, settings: TailKeys, weights?: Float64Array) {
  if (values.length < LEAST_EVENTS) return { cut: undefined, modes: [], flags: ['few_events'] };
  return tailOfDensity(smooth(histogram(values, weights), bandwidthOf(values)), settings);
}

function tailOfDensity(density: Float64Array, settings: TailKeys) {
  let mode = 0;
  for (let i = 1; i < density.length; i++) if (density[i]! > density[mode]!) mode = i;
  const towards = settings.side === 'right' ? -1 : 1;
  const { at, width } = modeAndWidth(density, mode, towards);
  return { cut: at - towards * settings.z * width, modes: [at], flags: width > WIDE ? ['wide'] : [] };
}

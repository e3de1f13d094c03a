import { z } from 'zod';
import { cutOfStep, placeCutGate } from '../cuts/cutGate.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import { gateMethod } from '../method.ts';
import { cutSchema, cutStep, fallbackFlags, fallbackUses, markerUse } from './cutSettings.ts';

export const KmeansKeys = {
  clusters: z.int().min(2).max(6).default(2).describe('number of clusters'),
  border: z.int().min(1).max(5).default(1).describe('which border between clusters is the cut, counted from below'),
};
const Settings = cutSchema(KmeansKeys);
type Settings = z.infer<typeof Settings>;

export const kmeans = gateMethod<Settings>({
  name: 'kmeans',
  settings: Settings.refine((settings) => settings.border < settings.clusters, {
    path: ['border'],
    message: 'there are fewer borders than clusters',
  }),
  summary: 'cut midway between the means of neighbouring clusters; a last resort where there is no valley',
  source: 'Lloyd 1982, from fixed starting centres at the 5th and 95th percentile',
  flags: {
    unbalanced: 'the smaller cluster holds less than 2 % of the events',
    weak_split: 'less than 60 % of the variance lies between the clusters',
    one_mode: 'all values are equal: there is nothing to split',
    few_events: 'fewer events than clusters',
    cut_moved: 'the tube’s own cut lies more than 0.6 u from the pool’s',
    pool_without_cut: 'the pooled events cannot be split either; the fallback was used',
    ...fallbackFlags,
    marker_absent: 'the tube does not have the marker',
  },
  needsSurvey: true,
  markers: markerUse,
  populations: ({ fallback }) => fallbackUses(fallback),
  place: (settings, request) => placeCutGate([stepOf(settings)], request),
  cuts: (settings, marker, request) => cutOfStep([stepOf(settings)], marker, request),
});

function stepOf(settings: Settings) {
  return cutStep(settings, kmeansSearch(settings), true);
}

/** How a border between clusters is looked for in a tube, and in the pool. */
export function kmeansSearch({ clusters, border }: { readonly clusters: number; readonly border: number }) {
  const search = (values: Float64Array) => {
    const split = splitByMeans(values, clusters);
    return { cut: split.cuts[border - 1], modes: split.centres, flags: split.flags };
  };
  return { inTube: search, inPool: search };
}

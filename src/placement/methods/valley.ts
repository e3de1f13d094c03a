import { z } from 'zod';
import { type CutStep, cutOfStep, placeCutGate } from '../cuts/cutGate.ts';
import { findValley, type ValleySearch, valleyOfDensity } from '../density/findValley.ts';
import { gateMethod } from '../method.ts';
import { cutSchema, cutStep, fallbackFlags, fallbackUses, Stretch } from './cutSettings.ts';

export const ValleyKeys = {
  range: Stretch.default([-1, 7.8]).describe('where the cut may lie, in u'),
  prominence: z.number().gt(0).lt(1).default(0.3).describe('least persistence of a mode, as a share of its height'),
  mass: z.number().gte(0).lt(0.5).default(0.01).describe('least share of events on either side'),
  which: z.enum(['deepest', 'first', 'last']).default('deepest').describe('which valley, where there are several'),
};
const Valley = cutSchema({
  from: z.string().optional().describe("take the cut on this marker from another population's gate"),
  ...ValleyKeys,
  on: z
    .enum(['kept', 'parent'])
    .default('kept')
    .describe('look at the events that earlier cuts of the gate keep, or at all of the parent'),
  stands_in: z
    .string()
    .min(1)
    .optional()
    .describe('marker in whose place this cut stands: it is made only in tubes that lack that marker'),
  guide: z
    .boolean()
    .default(false)
    .describe('true: no edge of the gate, this cut only narrows the events on which the later cuts are looked for'),
});

const Settings = z
  .strictObject({
    ...Valley.partial().shape,
    cuts: z.array(Valley).min(1).optional().describe('several cuts, looked for in this order on what the earlier keep'),
  })
  .superRefine((settings, context) => {
    const cuts = settings.cuts ?? [settings];
    if (cuts.every((cut) => cut.guide)) {
      context.addIssue({ code: 'custom', path: [], message: 'a gate of guides only has no edge' });
    }
    if (settings.cuts) {
      if (settings.marker !== undefined) {
        context.addIssue({
          code: 'custom',
          path: ['marker'],
          message: 'a gate has either one marker or a list of cuts',
        });
      }
      return;
    }
    for (const key of ['marker', 'keep'] as const) {
      if (settings[key] === undefined) context.addIssue({ code: 'custom', path: [], message: `"${key}" is missing` });
    }
  });

type Settings = z.infer<typeof Settings>;

/** Share of the pool's prominence and mass that a pooled density must reach: pooling blurs, but has many more events. */
const POOL_PROMINENCE = 0.15;
const POOL_MASS = 0.5;

export const valley = gateMethod<Settings>({
  name: 'valley',
  settings: Settings,
  summary: 'cut at the lowest density between two modes, the same rule at every visit',
  source: 'kernel density with modes by persistence; Silverman 1986 for the bandwidth',
  flags: {
    one_mode: 'the tube shows one mode only; the cut is the pool’s',
    thin_side: 'a valley was refused because one side holds too few events',
    out_of_range: 'a valley was refused because it lies outside the range of the template',
    three_modes: 'more than two modes were seen',
    few_events: 'fewer than 30 events to look at',
    cut_moved: 'the tube’s own valley lies more than 0.6 u from the pool’s, with events between',
    pool_without_cut: 'the pooled events show no valley either; the fallback was used',
    unbalanced: 'the split by k-means leaves less than 2 % on one side',
    weak_split: 'the split by k-means explains less than 60 % of the variance',
    ...fallbackFlags,
    stand_in: 'a marker is absent and another one stands in its place, as the template says',
    marker_absent: 'the tube does not have the marker',
  },
  needsSurvey: true,
  markers: (settings) =>
    settings.cuts
      ? settings.cuts.flatMap((cut, i) => [
          { name: cut.marker, keys: ['cuts', i, 'marker'] },
          ...(cut.stands_in ? [{ name: cut.stands_in, keys: ['cuts', i, 'stands_in'] }] : []),
        ])
      : [{ name: settings.marker as string, keys: ['marker'] }],
  needs: (settings, has) =>
    settings.cuts
      ? settings.cuts.flatMap((cut) => (cut.stands_in && has(cut.stands_in) ? [] : cut.marker))
      : [settings.marker as string],
  populations: ({ cuts, ...single }) =>
    cuts ? cuts.flatMap((cut, i) => populationsOf(cut, ['cuts', i])) : populationsOf(single, []),
  place: (settings, request) => placeCutGate(stepsOf(settings, request.gate.references), request),
  cuts: (settings, marker, request) => cutOfStep(stepsOf(settings, request.gate.references), marker, request),
});

/** The populations from which a cut is taken, or by whose level it stands where there is no valley. */
function populationsOf({ from, fallback }: Pick<Settings, 'from' | 'fallback'>, keys: readonly (string | number)[]) {
  const borrowed = from === undefined ? [] : [{ name: from, keys: [...keys, 'from'] }];
  return [...borrowed, ...fallbackUses(fallback ?? 'none', [...keys, 'fallback'])];
}

function stepsOf(settings: Settings, references: Readonly<Record<string, string>>): readonly CutStep[] {
  const { cuts, ...single } = settings;
  return (cuts ?? [Valley.parse(single)]).map((cut) => ({
    ...cutStep(cut, valleySearch(cut), true),
    looksAt: cut.on,
    standsIn: cut.stands_in,
    isGuide: cut.guide,
    from: cut.from === undefined ? undefined : references[cut.from],
  }));
}

/** A search as it is made in a pool. */
export function inPoolSearch(search: ValleySearch): ValleySearch {
  return {
    ...search,
    prominence: Math.min(search.prominence, POOL_PROMINENCE),
    mass: search.mass * POOL_MASS,
  };
}

/** How a valley is looked for in a tube, and in the pool. */
export function valleySearch(search: ValleySearch) {
  const inPool = inPoolSearch(search);
  return {
    inTube: (values: Float64Array) => findValley(values, search),
    inPool: (values: Float64Array, weights: Float64Array) => findValley(values, inPool, weights),
    inDensity: (density: Float64Array) => valleyOfDensity(density, inPool),
  };
}

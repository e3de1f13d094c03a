import { median } from 'd3-array';
import { z } from 'zod';
import { controlCuts } from '../cuts/controlCuts.ts';
import type { Cut } from '../cuts/cut.ts';
import { placeCutGate } from '../cuts/cutGate.ts';
import { poolFrame } from '../cuts/poolFrame.ts';
import { heldCuts } from '../cuts/redrawCuts.ts';
import { type GateRequest, gateMethod } from '../method.ts';
import { cutStep, markerUse } from './cutSettings.ts';

const Settings = z
  .strictObject({
    marker: z.string().min(1).describe('marker that is cut'),
    keep: z.enum(['above', 'below']).describe('side that is kept; the cut itself belongs to above'),
    variant: z
      .enum(['population', 'level', 'fmo', 'control'])
      .default('population')
      .describe(
        'population: the cut that the gate of `of` holds; level: a quantile of a population `of` that cannot carry the ' +
          'marker; fmo, control: a quantile of the same parent in the FMO or unstained tube of the batch',
      ),
    of: z.string().min(1).optional().describe('population whose gate holds the cut, or whose level it is'),
    p: z.number().gt(0).lt(1).default(0.995).describe('quantile (type 7) of the level, FMO or control'),
    offset: z.number().default(0).describe('added to that cut, in u'),
  })
  .superRefine(({ variant, of }, context) => {
    const needsPopulation = variant === 'population' || variant === 'level';
    if (needsPopulation && of === undefined) context.addIssue({ code: 'custom', path: [], message: '"of" is missing' });
    if (!needsPopulation && of !== undefined) {
      context.addIssue({ code: 'custom', path: ['of'], message: `a reference by ${variant} is no other population's` });
    }
  });
type Settings = z.infer<typeof Settings>;

export const reference = gateMethod<Settings>({
  name: 'reference',
  settings: Settings,
  summary:
    'a cut taken from elsewhere: another population’s gate or level, an FMO or an unstained tube; plus an offset',
  source: 'openCyto’s refGate (Finak 2014); FMO controls: Roederer 2001',
  flags: {
    no_control: 'the study has no FMO or unstained tube with the marker: the gate has no place',
    fmo_other_batch: 'the tube’s batch has no such control: the median of those of other batches is used',
    few_events: 'fewer than 100 events of the control or population to take a level of',
    background: 'the lowest population of the tube lies more than 0.3 u from the reference’s: its level does not fit',
    marker_absent: 'the tube does not have the marker',
  },
  needsSurvey: true,
  markers: markerUse,
  populations: ({ of }) => (of === undefined ? [] : [{ name: of, keys: ['of'] }]),
  controls: ({ variant }) =>
    variant === 'fmo' || variant === 'control' ? [{ role: controlRole(variant), keys: ['variant'] }] : [],
  place: (settings, request) => {
    const cuts = cutsFor(settings, request);
    return placeCutGate([stepOf(settings, request.population)], { ...request, cutsOf: () => cuts });
  },
  cuts: (settings, marker, request) => (marker === settings.marker ? cutsFor(settings, request) : undefined),
});

/** The cuts, offset included. */
function cutsFor(settings: Settings, request: GateRequest): readonly Cut[] {
  return cutsElsewhere(settings, request).map((cut) => ({
    ...cut,
    at: cut.at === undefined ? undefined : cut.at + settings.offset,
    rule: cut.rule === 'absent' ? 'absent' : 'reference',
    modes: [],
  }));
}

function cutsElsewhere(settings: Settings, request: GateRequest): readonly Cut[] {
  const { marker } = settings;
  if (settings.variant === 'population') return request.cutsOf(populationOf(settings, request), marker);
  const { redraw } = request;
  if (redraw === undefined) return levelCuts(settings, request);
  return redraw.cuts(marker, poolFrame(request, marker), () => heldCuts(levelCuts(settings, redraw.placed)));
}

function levelCuts(settings: Settings, request: GateRequest): readonly Cut[] {
  const { variant, marker, p } = settings;
  switch (variant) {
    case 'population':
      throw new Error('the cut of another gate is no level');
    case 'level': {
      const donors = request.tubesOf(populationOf(settings, request));
      return controlCuts(request.tubes, marker, p, (_, t) => ({ donors: [donors[t]!], flags: [] }));
    }
    case 'fmo':
    case 'control': {
      const role = controlRole(variant);
      const controls = request.tubes.filter((tube) => tube.role === role && tube.has(marker));
      return controlCuts(request.tubes, marker, p, (tube) => {
        const own = controls.filter(({ batch }) => batch === tube.batch);
        if (own.length > 0) return { donors: own, flags: [] };
        return { donors: controls, flags: controls.length > 0 ? ['fmo_other_batch'] : ['no_control'], join: median };
      });
    }
    default:
      return variant satisfies never;
  }
}

function controlRole(variant: 'fmo' | 'control'): 'fmo' | 'unstained' {
  return variant === 'fmo' ? 'fmo' : 'unstained';
}

function populationOf({ of = '' }: Settings, request: GateRequest): string {
  const path = request.gate.references[of];
  if (path === undefined) throw new Error(`"${of}" was not resolved when the template was read`);
  return path;
}

function stepOf({ marker, keep }: Settings, from: string) {
  const nothing = () => ({ cut: undefined, modes: [], flags: [] });
  const step = cutStep(
    { marker, keep, shift: 0, bound: 1, fallback: 'none' },
    { inTube: nothing, inPool: nothing },
    false,
  );
  return { ...step, from };
}

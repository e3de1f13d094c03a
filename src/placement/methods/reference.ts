import { z } from 'zod';
import { cutOfStep, placeCutGate } from '../cutGate.ts';
import { gateMethod } from '../method.ts';

const Settings = z.strictObject({
  marker: z.string().min(1).describe('marker that is cut'),
  keep: z.enum(['above', 'below']).describe('side that is kept; the cut itself belongs to above'),
  of: z.string().min(1).describe('population whose gate holds the cut'),
  offset: z.number().default(0).describe('added to that cut, in u'),
});
type Settings = z.infer<typeof Settings>;

export const reference = gateMethod<Settings>({
  name: 'reference',
  settings: Settings,
  summary: 'the cut of another population’s gate on the same marker, plus an offset',
  source: 'openCyto’s refGate (Finak 2014)',
  flags: { marker_absent: 'the tube does not have the marker' },
  needsSurvey: false,
  markers: (settings) => [{ name: settings.marker, keys: ['marker'] }],
  populations: (settings) => [{ name: settings.of, keys: ['of'] }],
  place: (settings, request) => placeCutGate([stepOf(settings, request.gate.references)], request),
  cuts: (settings, marker, request) => cutOfStep([stepOf(settings, request.gate.references)], marker, request),
});

function stepOf(settings: Settings, references: Readonly<Record<string, string>>) {
  const nothing = () => ({ cut: undefined, modes: [], flags: [] });
  return {
    marker: settings.marker,
    keep: settings.keep,
    from: references[settings.of],
    shift: settings.offset,
    bound: 1,
    fallback: 'none' as const,
    hasOwnVote: false,
    looksAt: 'kept' as const,
    search: { inTube: nothing, inPool: nothing },
  };
}

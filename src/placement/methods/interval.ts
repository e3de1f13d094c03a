import { z } from 'zod';
import { ABSENT_CUT, type Cut } from '../cuts/cut.ts';
import { gateMethod } from '../method.ts';
import { boundsAt, placeWritten, toRaw } from './coordinates.ts';

const Settings = z
  .strictObject({
    marker: z.string().min(1).describe('marker that is cut'),
    min: z.number().nullable().default(null).describe('lower edge, inside; left out: unbounded'),
    max: z.number().nullable().default(null).describe('upper edge, outside; left out: unbounded'),
  })
  .refine((settings) => settings.min !== null || settings.max !== null, {
    message: 'an interval needs min, max, or both',
  })
  .refine((settings) => settings.min === null || settings.max === null || settings.min < settings.max, {
    path: ['max'],
    message: 'max must lie above min',
  });
type Settings = z.infer<typeof Settings>;

export const interval = gateMethod<Settings>({
  name: 'interval',
  settings: Settings,
  summary: 'min ≤ x < max on one marker, at coordinates of the template',
  source: 'Gating-ML 2.0, RectangleGate in one dimension',
  flags: { marker_absent: 'the tube does not have the marker' },
  hasCoordinates: true,
  needsSurvey: false,
  markers: (settings) => [{ name: settings.marker, keys: ['marker'] }],
  place: ({ marker, min, max }, request) =>
    placeWritten([marker], request, (present, axis) =>
      present.has(marker) ? { kind: 'interval', dims: [boundsAt(axis(marker), min, max, request)] } : undefined,
    ),
  cuts: (settings, marker, request) => {
    const edge = settings.min ?? settings.max;
    if (marker !== settings.marker || edge === null) return undefined;
    return request.tubes.map((tube) =>
      tube.has(marker) ? fixedCut(request.uScale(marker).forward(toRaw(marker, edge, request))) : ABSENT_CUT,
    );
  },
});

function fixedCut(at: number): Cut {
  return { at, modes: [], rule: 'fixed', fallback: null, flags: [] };
}

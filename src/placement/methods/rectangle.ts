import { z } from 'zod';
import { gateMethod } from '../method.ts';
import { boundsAt, Plane, placeWritten } from './coordinates.ts';

const Edge = z.number().nullable();
const Dimension = z.strictObject({
  marker: z.string().min(1).describe('marker of this dimension'),
  min: Edge.default(null).describe('lower edge, inside; left out: unbounded'),
  max: Edge.default(null).describe('upper edge, outside; left out: unbounded'),
});

const Settings = z
  .strictObject({
    x: Plane.x.optional(),
    y: Plane.y.optional(),
    min: z.tuple([Edge, Edge]).optional().describe('lower edges [x, y], inside; null: unbounded'),
    max: z.tuple([Edge, Edge]).optional().describe('upper edges [x, y], outside; null: unbounded'),
    dims: z.array(Dimension).min(1).optional().describe('in place of x, y, min, max: any number of dimensions'),
  })
  .superRefine((settings, context) => {
    const isPlane = settings.x !== undefined && settings.y !== undefined;
    if (settings.dims === undefined && !isPlane) {
      context.addIssue({ code: 'custom', path: [], message: 'a rectangle needs x and y, or a list of dims' });
    }
    if (settings.dims !== undefined && (settings.x ?? settings.y ?? settings.min ?? settings.max) !== undefined) {
      context.addIssue({ code: 'custom', path: ['dims'], message: 'give either dims, or x, y, min and max' });
    }
    for (const [i, { marker, min, max }] of dimensions(settings).entries()) {
      if (min === null || max === null || min < max) continue;
      const path = settings.dims === undefined ? ['max', i] : ['dims', i, 'max'];
      context.addIssue({ code: 'custom', path, message: `max must lie above min on "${marker}"` });
    }
  });
type Settings = z.infer<typeof Settings>;

export const rectangle = gateMethod<Settings>({
  name: 'rectangle',
  settings: Settings,
  summary: 'min ≤ x < max on two or more markers, at coordinates of the template',
  source: 'Gating-ML 2.0, RectangleGate',
  flags: { marker_absent: 'the tube lacks a marker; its dimension was dropped, or the gate has no place' },
  hasCoordinates: true,
  needsSurvey: false,
  markers: (settings) =>
    settings.dims
      ? settings.dims.map((dim, i) => ({ name: dim.marker, keys: ['dims', i, 'marker'] }))
      : [
          { name: settings.x ?? '', keys: ['x'] },
          { name: settings.y ?? '', keys: ['y'] },
        ],
  place: (settings, request) => {
    const dims = dimensions(settings);
    const mayLack = (marker: string) => request.gate.ifAbsent[marker] === 'drop';
    return placeWritten(
      dims.map((dim) => dim.marker),
      request,
      (present, axis) => {
        if (dims.some((dim) => !present.has(dim.marker) && !mayLack(dim.marker))) return undefined;
        const held = dims.filter((dim) => present.has(dim.marker));
        return {
          kind: 'rectangle',
          dims: held.map((dim) => boundsAt(axis(dim.marker), dim.min, dim.max, request)),
        };
      },
    );
  },
});

function dimensions(settings: {
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly min?: readonly (number | null)[] | undefined;
  readonly max?: readonly (number | null)[] | undefined;
  readonly dims?: readonly z.infer<typeof Dimension>[] | undefined;
}): readonly z.infer<typeof Dimension>[] {
  if (settings.dims) return settings.dims;
  return [settings.x, settings.y].flatMap((marker, i) =>
    marker === undefined ? [] : [{ marker, min: settings.min?.[i] ?? null, max: settings.max?.[i] ?? null }],
  );
}

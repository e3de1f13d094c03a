import { z } from 'zod';
import type { Point } from '../../gating/index.ts';
import { gateMethod } from '../method.ts';
import { Plane, PointSchema, placeWritten, planeUse, toRaw } from './coordinates.ts';

const Settings = z.strictObject({
  ...Plane,
  vertices: z.array(PointSchema).min(3).describe('corners [x, y] in order; the last joins the first'),
});
type Settings = z.infer<typeof Settings>;

export const polygon = gateMethod<Settings>({
  name: 'polygon',
  settings: Settings,
  summary: 'inside a polygon by the even–odd rule, a point on an edge counting as inside',
  source: 'Gating-ML 2.0, PolygonGate',
  flags: { marker_absent: 'the tube does not have the marker' },
  hasCoordinates: true,
  needsSurvey: false,
  markers: planeUse,
  place: (settings, request) =>
    placeWritten([settings.x, settings.y], request, (present, axis) => {
      if (!present.has(settings.x) || !present.has(settings.y)) return undefined;
      const raw = settings.vertices.map(
        ([x, y]): Point => [toRaw(settings.x, x, request), toRaw(settings.y, y, request)],
      );
      return {
        kind: 'polygon',
        dims: [axis(settings.x), axis(settings.y)],
        vertices: settings.vertices,
        vertices_raw: raw,
      };
    }),
});

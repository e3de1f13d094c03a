import { z } from 'zod';
import type { Point } from '../../gating/index.ts';
import { contourPolygon } from '../density/contourPolygon.ts';
import { placePlane } from '../density/planeGate.ts';
import { gateMethod } from '../method.ts';
import { Plane, PointSchema, planeUse } from './coordinates.ts';

const Settings = z.strictObject({
  ...Plane,
  seed: PointSchema.optional().describe('where the population is expected, [x, y] in u; left out: the highest mode'),
  mass: z.number().gt(0).lt(1).default(0.9).describe('share of the population’s basin that the contour encloses'),
  prominence: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.15)
    .describe('least height of a mode over the saddle to a higher one, as a share of its height'),
});
type Settings = z.infer<typeof Settings>;

export const contour = gateMethod<Settings>({
  name: 'contour',
  settings: Settings,
  summary: 'the density contour around one population in a plane, as a polygon of at most 40 corners',
  source:
    'basins by persistence (Chazal 2013), marching squares (Lorensen & Cline 1987), corners by Douglas & Peucker 1973',
  flags: {
    touches_border: 'the contour reaches the edge of where 99 % of the events lie',
    basin_merge: 'at its level the population is joined with another one: the border is the saddle between them',
    moved: 'the mode lies more than 0.5 u from the seed of the template',
    few_events: 'fewer than 100 events to look at, or all are equal on a marker',
    marker_absent: 'the tube lacks a marker',
  },
  needsSurvey: true,
  drawing: () => 'moved',
  markers: planeUse,
  place: (settings, request) =>
    placePlane(
      [settings.x, settings.y],
      request,
      (points) => contourPolygon(points, { ...settings, seed: settings.seed }),
      (shape, toTube, tube) => {
        const vertices = shape.map(toTube);
        const [xScale, yScale] = [request.uScale(settings.x), request.uScale(settings.y)];
        return {
          kind: 'polygon',
          dims: [request.axis(settings.x, tube.sampleId, 'u'), request.axis(settings.y, tube.sampleId, 'u')],
          vertices,
          vertices_raw: vertices.map(([x, y]): Point => [xScale.inverse(x), yScale.inverse(y)]),
        };
      },
    ),
});

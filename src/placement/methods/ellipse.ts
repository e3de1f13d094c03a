import { z } from 'zod';
import { gateMethod } from '../method.ts';
import { Plane, PointSchema, placeWritten, planeUse } from './coordinates.ts';

const Settings = z.strictObject({
  ...Plane,
  mean: PointSchema.describe('centre [x, y]'),
  covariance: z.tuple([PointSchema, PointSchema]).describe('2 × 2, rows; symmetric and positive definite'),
  distance_square: z.number().positive().default(1).describe('largest squared Mahalanobis distance that is inside'),
});
type Settings = z.infer<typeof Settings>;

export const ellipse = gateMethod<Settings>({
  name: 'ellipse',
  settings: Settings.refine(({ covariance: [[a, b], [c, d]] }) => b === c && a > 0 && a * d - b * c > 0, {
    path: ['covariance'],
    message: 'the covariance must be symmetric and positive definite',
  }),
  summary: 'inside an ellipse: squared Mahalanobis distance from its centre up to a limit',
  source: 'Gating-ML 2.0, EllipsoidGate',
  flags: { marker_absent: 'the tube does not have the marker' },
  hasCoordinates: true,
  needsSurvey: false,
  markers: planeUse,
  place: (settings, request) =>
    placeWritten([settings.x, settings.y], request, (present, axis) =>
      present.has(settings.x) && present.has(settings.y)
        ? {
            kind: 'ellipse',
            dims: [axis(settings.x), axis(settings.y)],
            mean: settings.mean,
            covariance: settings.covariance,
            distance_square: settings.distance_square,
          }
        : undefined,
    ),
});

import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { z } from 'zod';
import { gateMethod } from '../method.ts';
import { Plane, placeWritten, planeUse } from './coordinates.ts';

const Settings = z
  .strictObject({
    x: Plane.x.optional(),
    y: Plane.y.optional(),
    dims: z.array(z.string().min(1)).min(2).optional().describe('in place of x and y: two markers or more'),
    mean: z.array(z.number()).min(2).describe('centre, one number a marker'),
    covariance: z
      .array(z.array(z.number()).min(2))
      .min(2)
      .describe('rows, one a marker; symmetric and positive definite'),
    distance_square: z.number().positive().default(1).describe('largest squared Mahalanobis distance that is inside'),
  })
  .superRefine((settings, context) => {
    const say = (path: string[], message: string) => void context.addIssue({ code: 'custom', path, message });
    const { x, y, dims, mean, covariance } = settings;
    const markers = markersOf(settings);
    if (dims === undefined && (x === undefined || y === undefined)) return say([], 'an ellipse needs x and y, or dims');
    if (dims !== undefined && (x ?? y) !== undefined) return say(['dims'], 'give either dims, or x and y');
    if (new Set(markers).size < markers.length) say([], 'it looks at one marker twice');
    if (mean.length !== markers.length) say(['mean'], `the centre needs ${markers.length} numbers`);
    if (covariance.length !== markers.length || covariance.some((row) => row.length !== markers.length))
      return say(['covariance'], `the covariance needs ${markers.length} rows of ${markers.length} numbers`);
    if (!isPositive(covariance)) say(['covariance'], 'the covariance must be symmetric and positive definite');
  });
type Settings = z.infer<typeof Settings>;

export const ellipse = gateMethod<Settings>({
  name: 'ellipse',
  settings: Settings,
  summary: 'inside an ellipse, or an ellipsoid: squared Mahalanobis distance from its centre up to a limit',
  source: 'Gating-ML 2.0, EllipsoidGate',
  flags: { marker_absent: 'the tube does not have the marker' },
  hasCoordinates: true,
  needsSurvey: false,
  markers: ({ x, y, dims }) =>
    dims?.map((name, i) => ({ name, keys: ['dims', i] })) ?? planeUse({ x: x ?? '', y: y ?? '' }),
  place: (settings, request) => {
    const markers = markersOf(settings);
    return placeWritten(markers, request, (present, axis) =>
      markers.every((marker) => present.has(marker))
        ? {
            kind: 'ellipse',
            dims: markers.map(axis),
            mean: settings.mean,
            covariance: settings.covariance,
            distance_square: settings.distance_square,
          }
        : undefined,
    );
  },
});

function markersOf({ x, y, dims }: Pick<Settings, 'x' | 'y' | 'dims'>): readonly string[] {
  return dims ?? [x, y].filter((marker) => marker !== undefined);
}

/** Symmetric, with a Cholesky factor. */
function isPositive(matrix: readonly (readonly number[])[]): boolean {
  const isEven = matrix.every((row, i) => row.every((at, j) => at === matrix[j]![i]));
  return isEven && new CholeskyDecomposition(new Matrix(matrix.map((row) => [...row]))).isPositiveDefinite();
}

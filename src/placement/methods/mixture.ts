import { z } from 'zod';
import { cutOfStep, placeCutGate } from '../cuts/cutGate.ts';
import { mixtureCut } from '../cuts/mixtureCut.ts';
import { mixtureEllipse } from '../density/mixtureEllipse.ts';
import { placePlane } from '../density/planeGate.ts';
import { type GateRequest, gateMethod } from '../method.ts';
import { PointSchema } from './coordinates.ts';
import { Common, type CommonCut, cutStep, fallbackFlags, fallbackUses } from './cutSettings.ts';

/** Keys of the fit, whatever is made of it. */
export const MixtureKeys = {
  components: z.int().min(2).max(6).default(2).describe('number of components; fixed, never chosen by the data'),
  family: z
    .enum(['gaussian', 'student'])
    .default('gaussian')
    .describe('student: t with 5 degrees of freedom, for tails'),
  variance: z.enum(['free', 'tied']).default('free').describe('tied: all components share one variance'),
  border: z.int().min(1).max(5).default(1).describe('which border between components is the cut, counted from below'),
  posterior: z.number().gt(0).lt(1).default(0.5).describe('share that the upper component has at the cut'),
};

const Target = z.union([
  z.strictObject({ highest: z.enum(['x', 'y']) }),
  z.strictObject({ lowest: z.enum(['x', 'y']) }),
  z.strictObject({ nearest: PointSchema }),
]);

const Settings = z
  .strictObject({
    ...Common,
    ...MixtureKeys,
    marker: Common.marker.optional(),
    keep: Common.keep.optional(),
    means: z
      .array(z.union([z.number(), PointSchema]))
      .optional()
      .describe('expected means in u, ascending or [x, y]; each pulls with the weight of 50 events'),
    x: z.string().min(1).optional().describe('in place of marker: the plane’s horizontal marker'),
    y: z.string().min(1).optional().describe('in place of marker: the plane’s vertical marker'),
    target: Target.optional().describe(
      'which component is kept in a plane: {highest: x}, {lowest: y}, {nearest: [x, y]}',
    ),
    radius: z
      .number()
      .positive()
      .default(2.45)
      .describe('Mahalanobis radius of the ellipse; 2.45 holds 95 % of a Gaussian in a plane'),
  })
  .superRefine((settings, context) => {
    const say = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const isPlane = settings.x !== undefined || settings.y !== undefined;
    if (isPlane && settings.marker !== undefined)
      say(['marker'], 'a mixture cuts one marker or lies in a plane, not both');
    for (const key of isPlane ? (['x', 'y', 'target'] as const) : (['marker', 'keep'] as const)) {
      if (settings[key] === undefined) say([], `"${key}" is missing`);
    }
    if (settings.border >= settings.components) say(['border'], 'there are fewer borders than components');
    if (settings.means && settings.means.length !== settings.components) {
      say(['means'], 'give as many means as components, or none');
    }
    if (settings.means?.some((mean) => Array.isArray(mean) !== isPlane)) {
      say(['means'], isPlane ? 'in a plane a mean is [x, y]' : 'on one marker a mean is one number');
    }
  });
type Settings = z.infer<typeof Settings>;

export const mixture = gateMethod<Settings>({
  name: 'mixture',
  settings: Settings,
  summary: 'components fitted by expectation–maximisation: a cut between two on one marker, or an ellipse in a plane',
  source: 'Dempster, Laird & Rubin 1977; t distributions: Peel & McLachlan 2000',
  flags: {
    separation: 'the means beside the cut, or nearest the kept one, lie less than 1.5 standard deviations apart',
    collapsed: 'a component vanished or lies on another: there is no border between them',
    component_small: 'a component holds fewer than 20 events',
    not_converged: 'the fit was still moving after 200 steps',
    few_events: 'fewer than 30 events to fit, or all are equal',
    pool_without_cut: 'the pool shows no border; the fallback was used',
    unbalanced: 'the split by k-means leaves less than 2 % on one side',
    weak_split: 'the split by k-means explains less than 60 % of the variance',
    one_mode: 'all values are equal: there is nothing to split',
    ...fallbackFlags,
    marker_absent: 'the tube does not have the marker',
  },
  needsSurvey: true,
  drawing: ({ marker }) => (marker === undefined ? 'moved' : 'anew'),
  markers: (settings) =>
    settings.marker !== undefined
      ? [{ name: settings.marker, keys: ['marker'] }]
      : [
          { name: settings.x ?? '', keys: ['x'] },
          { name: settings.y ?? '', keys: ['y'] },
        ],
  populations: ({ fallback }) => fallbackUses(fallback),
  place: (settings, request) => {
    const { marker, keep, x, y } = settings;
    if (marker !== undefined && keep !== undefined) return placeCutGate([step({ ...settings, marker, keep })], request);
    if (x === undefined || y === undefined) throw new Error('a mixture without marker and plane passed its schema');
    return placeEllipse({ ...settings, x, y }, request);
  },
  cuts: ({ keep, ...settings }, marker, request) =>
    keep === undefined || settings.marker !== marker
      ? undefined
      : cutOfStep([step({ ...settings, marker, keep })], marker, request),
});

// A mixture without a valley is a judgement of many events: the pool decides, and an alignment carries it to the tube.
function step(settings: Settings & CommonCut) {
  return cutStep(settings, mixtureSearch(settings), false);
}

/** How a border between components is looked for in a tube, and in the pool. */
export function mixtureSearch(
  settings: Pick<Settings, 'components' | 'family' | 'variance' | 'border' | 'posterior'> & {
    readonly means?: Settings['means'];
  },
) {
  const means = settings.means?.filter((mean) => typeof mean === 'number');
  const search = (values: Float64Array, weights?: Float64Array) => mixtureCut(values, { ...settings, means }, weights);
  return { inTube: (values: Float64Array) => search(values), inPool: search };
}

function placeEllipse(settings: Settings & { readonly x: string; readonly y: string }, request: GateRequest) {
  const { x, y, radius } = settings;
  const means = settings.means?.filter((mean) => typeof mean !== 'number');
  const target = settings.target ?? { highest: 'x' as const };
  return placePlane(
    [x, y],
    request,
    (points) => mixtureEllipse(points, { ...settings, means, target }),
    // A gain moves a bright component and hardly changes its form.
    (component, toTube, tube) => {
      const [xx, xy, yy] = component.covariance;
      return {
        kind: 'ellipse',
        dims: [request.axis(x, tube.sampleId, 'u'), request.axis(y, tube.sampleId, 'u')],
        mean: toTube(component.mean),
        covariance: [
          [xx, xy],
          [xy, yy],
        ],
        distance_square: radius * radius,
      };
    },
  );
}

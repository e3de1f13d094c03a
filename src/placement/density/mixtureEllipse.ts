import type { Point } from '../../gating/index.ts';
import { sortedQuantile } from '../../statistics/index.ts';
import { asEvents, fitFlags } from '../cuts/mixtureCut.ts';
import { kmeans } from './kmeans.ts';
import { type Component, fitMixture, type MixtureRules, type WeightedPoints } from './mixtureFit.ts';
import type { PlaneFound } from './planeGate.ts';

type Axis = 'x' | 'y';
export type MixtureTarget =
  | { readonly highest: Axis }
  | { readonly lowest: Axis }
  | { readonly nearest: readonly [number, number] };

export interface MixtureEllipseSettings {
  readonly components: number;
  readonly family: MixtureRules['family'];
  readonly variance: MixtureRules['variance'];
  readonly means: readonly Point[] | undefined;
  readonly target: MixtureTarget;
}

const LEAST_EVENTS = 30;
/** A target with fewer events than this is no population to draw an ellipse around. */
const LEAST_TARGET_EVENTS = 5;

/**
 * The component of a mixture in a plane that the target names.
 * @param points in u, finite
 */
export function mixtureEllipse(points: WeightedPoints, settings: MixtureEllipseSettings): PlaneFound<Component> {
  const few = { shape: undefined, modes: [], flags: ['few_events'] };
  if (points.x.length < LEAST_EVENTS) return few;
  const starts = settings.means ?? startingMeans(points, settings.components);
  if (starts === undefined) return few;
  const { family, variance, means: prior } = settings;
  const weighted = { ...points, weights: asEvents(points.weights) };
  const { components, hasConverged } = fitMixture(weighted, starts, { dimensions: 2, family, variance, prior });
  const kept = chooseComponent(components, settings.target);
  const others = components.filter((component) => component !== kept);
  const nearest = others.reduce((best, other) => (apart(kept, other) < apart(kept, best) ? other : best));
  const flags = fitFlags([kept, nearest], components, hasConverged);
  const modes = components.map(({ mean }): Point => mean);
  if (kept.events < LEAST_TARGET_EVENTS) return { shape: undefined, modes, flags: [...flags, 'collapsed'].sort() };
  return { shape: kept, modes, flags: flags.sort() };
}

function chooseComponent(components: readonly Component[], target: MixtureTarget): Component {
  const rank = (component: Component): number => {
    if ('nearest' in target)
      return -Math.hypot(component.mean[0] - target.nearest[0], component.mean[1] - target.nearest[1]);
    if ('highest' in target) return component.mean[target.highest === 'x' ? 0 : 1];
    return -component.mean[target.lowest === 'x' ? 0 : 1];
  };
  return components.reduce((best, component) => (rank(component) > rank(best) ? component : best));
}

function apart(one: Component, other: Component): number {
  return Math.hypot(one.mean[0] - other.mean[0], one.mean[1] - other.mean[1]);
}

/** k-means from quantiles along the wider axis, so that neither order nor a seed matters; undefined where all are equal. */
function startingMeans({ x, y }: WeightedPoints, count: number): Point[] | undefined {
  const spread = (values: Float64Array) => {
    const sorted = Float64Array.from(values).sort();
    return sortedQuantile(sorted, 0.95)! - sortedQuantile(sorted, 0.05)!;
  };
  const axis = spread(x) >= spread(y) ? x : y;
  const order = Array.from(axis.keys()).sort((a, b) => axis[a]! - axis[b]! || x[a]! - x[b]! || y[a]! - y[b]!);
  const at = (share: number) => order[Math.round(share * (order.length - 1))]!;
  const starts = Array.from({ length: count }, (_, i) => at(0.05 + (0.9 * i) / (count - 1)));
  if (axis[starts[0]!] === axis[starts.at(-1)!]) return undefined;
  const rows = order.map((i) => [x[i]!, y[i]!]);
  const initialization = starts.map((i) => [x[i]!, y[i]!]);
  const { centroids } = kmeans(rows, count, { initialization, maxIterations: 200 });
  return centroids.map(([cx, cy]): Point => [cx!, cy!]);
}

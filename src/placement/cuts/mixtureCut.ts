import { sortedQuantile } from '../../statistics/index.ts';
import {
  type Component,
  fitMixture,
  logWeight,
  type MixtureRules,
  type WeightedPoints,
} from '../density/mixtureFit.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import type { CutFound } from './cutSearch.ts';

export interface MixtureCutSettings {
  readonly components: number;
  readonly family: MixtureRules['family'];
  readonly variance: MixtureRules['variance'];
  /** Border counted from below: 1 lies between the lowest two components. */
  readonly border: number;
  /** Posterior of the upper component at the cut. */
  readonly posterior: number;
  readonly means: readonly number[] | undefined;
}

const LEAST_EVENTS = 30;
const SMALL = 20;
/** In geometric means of the two standard deviations; below it a sum of two Gaussians has no valley of its own. */
const LEAST_SEPARATION = 1.5;
/** Halvings of the stretch between two means: below 1e-9 u. */
const HALVINGS = 40;

/**
 * The cut between two neighbouring components of a mixture on one marker: where the upper one has the asked posterior.
 * Free variances give two such places; the one between the means is meant.
 * @param values in u; @param weights one a value, equal where left out
 */
export function mixtureCut(values: Float64Array, settings: MixtureCutSettings, weights?: Float64Array): CutFound {
  if (values.length < LEAST_EVENTS) return { cut: undefined, modes: [], flags: ['few_events'] };
  const split = splitByMeans(withoutTails(values), settings.components);
  if (split.centres.length < settings.components) return { cut: undefined, modes: [], flags: ['few_events'] };
  const prior = settings.means?.map((mean) => [mean, 0] as const);
  const rules: MixtureRules = { dimensions: 1, family: settings.family, variance: settings.variance, prior };
  const starts = prior ?? split.centres.map((centre) => [centre, 0] as const);
  const { components, hasConverged } = fitMixture(onOneMarker(values, weights), starts, rules);
  const sorted = [...components].sort((a, b) => a.mean[0] - b.mean[0]);
  const [lower, upper] = [sorted[settings.border - 1]!, sorted[settings.border]!];
  const cut = crossing(lower, upper, rules, settings.posterior);
  const flags = fitFlags([lower, upper], sorted, hasConverged);
  return {
    cut,
    modes: sorted.map(({ mean }) => mean[0]),
    flags: (cut === undefined ? [...flags, 'collapsed'] : flags).sort(),
  };
}

/** The middle 98 %: stray events would draw a starting mean of their own, out of which no step leads back. */
function withoutTails(values: Float64Array): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sortedQuantile(sorted, 0.01)!, sortedQuantile(sorted, 0.99)!];
  return sorted.filter((value) => value >= low && value <= high);
}

/** What is doubtful of a fit: the pair that matters, and every component. */
export function fitFlags(
  [one, other]: readonly [Component, Component],
  components: readonly Component[],
  hasConverged: boolean,
): string[] {
  const flags: string[] = [];
  if (separation(one, other) < LEAST_SEPARATION) flags.push('separation');
  if (components.some(({ events }) => events < SMALL)) flags.push('component_small');
  if (!hasConverged) flags.push('not_converged');
  return flags;
}

/** Distance of the means along the line that joins them, in the geometric mean of the standard deviations on it. */
function separation(one: Component, other: Component): number {
  const dx = other.mean[0] - one.mean[0];
  const dy = other.mean[1] - one.mean[1];
  const distance = Math.hypot(dx, dy);
  if (distance === 0) return 0;
  const [ux, uy] = [dx / distance, dy / distance];
  const sd = ({ covariance: [xx, xy, yy] }: Component) => Math.sqrt(ux * ux * xx + 2 * ux * uy * xy + uy * uy * yy);
  return distance / Math.sqrt(sd(one) * sd(other));
}

/** Where the upper component has the posterior, by halving between the means; undefined where it does not change there. */
function crossing(lower: Component, upper: Component, rules: MixtureRules, posterior: number): number | undefined {
  const wanted = Math.log(posterior / (1 - posterior));
  const excess = (x: number) => logWeight(upper, x, 0, rules) - logWeight(lower, x, 0, rules) - wanted;
  let from = lower.mean[0];
  let to = upper.mean[0];
  if (!(excess(from) < 0 && excess(to) > 0)) return undefined;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (from + to) / 2;
    if (excess(middle) < 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/** Weights scaled so that together they count as many events as there are. */
export function asEvents(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight * weights.length) / total);
}

function onOneMarker(values: Float64Array, weights: Float64Array | undefined): WeightedPoints {
  return {
    x: values,
    y: new Float64Array(values.length),
    weights: weights ? asEvents(weights) : new Float64Array(values.length).fill(1),
  };
}

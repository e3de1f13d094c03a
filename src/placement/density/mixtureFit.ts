/** Mean in the plane and covariance [xx, xy, yy]; share of the events. In one dimension y is 0 everywhere. */
export interface Component {
  readonly share: number;
  readonly mean: readonly [number, number];
  readonly covariance: readonly [number, number, number];
  /** Events that count to it: the sum of its posteriors. */
  readonly events: number;
}

export interface MixtureFit {
  readonly components: readonly Component[];
  readonly hasConverged: boolean;
}

export interface MixtureRules {
  readonly dimensions: 1 | 2;
  readonly family: 'gaussian' | 'student';
  readonly variance: 'free' | 'tied';
  /** Where the means are expected; pulled towards with the weight of 50 events. */
  readonly prior: readonly (readonly [number, number])[] | undefined;
}

/** Points with weights; `y` is all zeros in one dimension. */
export interface WeightedPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array;
}

/** Degrees of freedom of the t distribution: fixed, since estimating them needs more events than a gate has. */
const STUDENT_NU = 5;
const MOST_STEPS = 200;
/** In mean log-likelihood an event. */
const TOLERANCE = 1e-6;
/** No component is narrower than .1 u: a spike is a fault of the instrument, not a population. */
const LEAST_VARIANCE = 0.01;
const PRIOR_EVENTS = 50;
/** Components start with this variance, about that of one population on one marker. */
const FIRST_VARIANCE = 0.25;

/**
 * Expectation–maximisation for a mixture of Gaussians (Dempster, Laird & Rubin 1977) or of t distributions with 5 degrees of
 * freedom (Peel & McLachlan 2000) with weights an event; deterministic, from given starting means.
 * @param points in u; finite; weights count as events
 */
export function fitMixture(
  points: WeightedPoints,
  starts: readonly (readonly [number, number])[],
  rules: MixtureRules,
): MixtureFit {
  const total = points.weights.reduce((sum, weight) => sum + weight, 0);
  let components = starts.map(
    (mean): Component => ({
      share: 1 / starts.length,
      mean,
      covariance: [FIRST_VARIANCE, 0, rules.dimensions === 1 ? LEAST_VARIANCE : FIRST_VARIANCE],
      events: total / starts.length,
    }),
  );
  let before = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step++) {
    const sums = expectation(points, components, rules);
    components = maximisation(sums, components, total, rules);
    const likelihood = sums.logLikelihood / total;
    if (Math.abs(likelihood - before) < TOLERANCE) return { components, hasConverged: true };
    before = likelihood;
  }
  return { components, hasConverged: false };
}

/** Log of share × density at a point, up to a constant that all components share. */
export function logWeight(component: Component, x: number, y: number, rules: MixtureRules): number {
  const [xx, xy, yy] = component.covariance;
  const determinant = xx * yy - xy * xy;
  const distance = distanceSquare(component, x, y);
  const shape =
    rules.family === 'gaussian'
      ? -0.5 * distance
      : -0.5 * (STUDENT_NU + rules.dimensions) * Math.log1p(distance / STUDENT_NU);
  return Math.log(component.share) - 0.5 * Math.log(determinant) + shape;
}

function distanceSquare(component: Component, x: number, y: number): number {
  const [xx, xy, yy] = component.covariance;
  const dx = x - component.mean[0];
  const dy = y - component.mean[1];
  return (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / (xx * yy - xy * xy);
}

/** Sums over the events, one entry a component: posterior, posterior × t weight, and moments of the latter. */
interface Sums {
  readonly posterior: Float64Array;
  readonly scaled: Float64Array;
  /** x, y, xx, xy, yy about the component's former mean: small differences, so that nothing cancels. */
  readonly moments: readonly Float64Array[];
  logLikelihood: number;
}

function expectation(points: WeightedPoints, components: readonly Component[], rules: MixtureRules): Sums {
  const k = components.length;
  const sums: Sums = {
    posterior: new Float64Array(k),
    scaled: new Float64Array(k),
    moments: components.map(() => new Float64Array(5)),
    logLikelihood: 0,
  };
  const logs = new Float64Array(k);
  for (let i = 0; i < points.x.length; i++) {
    const x = points.x[i]!;
    const y = points.y[i]!;
    const weight = points.weights[i]!;
    let highest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < k; c++) {
      logs[c] = logWeight(components[c]!, x, y, rules);
      if (logs[c]! > highest) highest = logs[c]!;
    }
    let total = 0;
    for (let c = 0; c < k; c++) total += Math.exp(logs[c]! - highest);
    sums.logLikelihood += weight * (highest + Math.log(total));
    for (let c = 0; c < k; c++) {
      addEvent(sums, c, components[c]!, { x, y, posterior: (weight * Math.exp(logs[c]! - highest)) / total, rules });
    }
  }
  return sums;
}

function addEvent(
  sums: Sums,
  c: number,
  component: Component,
  event: { readonly x: number; readonly y: number; readonly posterior: number; readonly rules: MixtureRules },
): void {
  const { x, y, posterior, rules } = event;
  const distance = distanceSquare(component, x, y);
  const tWeight = rules.family === 'gaussian' ? 1 : (STUDENT_NU + rules.dimensions) / (STUDENT_NU + distance);
  const scaled = posterior * tWeight;
  const dx = x - component.mean[0];
  const dy = y - component.mean[1];
  const moments = sums.moments[c]!;
  sums.posterior[c]! += posterior;
  sums.scaled[c]! += scaled;
  moments[0]! += scaled * dx;
  moments[1]! += scaled * dy;
  moments[2]! += scaled * dx * dx;
  moments[3]! += scaled * dx * dy;
  moments[4]! += scaled * dy * dy;
}

function maximisation(sums: Sums, before: readonly Component[], total: number, rules: MixtureRules): Component[] {
  const moved = before.map((component, c) => {
    const prior = rules.prior?.[c];
    const pull = prior ? PRIOR_EVENTS : 0;
    const weight = Math.max(sums.scaled[c]! + pull, Number.MIN_VALUE);
    const shift = [0, 1].map(
      (axis) => (sums.moments[c]![axis]! + pull * ((prior?.[axis] ?? 0) - component.mean[axis as 0 | 1])) / weight,
    ) as [number, number];
    return { mean: [component.mean[0] + shift[0], component.mean[1] + shift[1]] as const, shift };
  });
  const scatter = before.map((_, c) => scatterAbout(sums, c, moved[c]!.shift));
  const tied = [0, 1, 2].map((i) => scatter.reduce((sum, own) => sum + own[i]!, 0) / total);
  return before.map((component, c) => {
    const events = sums.posterior[c]!;
    const own = scatter[c]!.map((value) => value / Math.max(events, Number.MIN_VALUE));
    const isEmpty = events < 1e-9;
    const covariance = rules.variance === 'tied' ? tied : isEmpty ? component.covariance : own;
    // A share of exactly 0 could never come back, and its log is no number.
    return {
      share: Math.max(events / total, 1e-12),
      mean: moved[c]!.mean,
      covariance: floorVariance(covariance),
      events,
    };
  });
}

/** Sum of weighted squares about a mean that moved by `shift`. */
function scatterAbout(sums: Sums, c: number, [sx, sy]: readonly [number, number]): readonly number[] {
  const m = sums.moments[c]!;
  const weight = sums.scaled[c]!;
  return [
    m[2]! - 2 * sx * m[0]! + weight * sx * sx,
    m[3]! - sx * m[1]! - sy * m[0]! + weight * sx * sy,
    m[4]! - 2 * sy * m[1]! + weight * sy * sy,
  ];
}

/** At least the floor along both axes, and positive definite. */
function floorVariance([xx, xy, yy]: readonly (number | undefined)[]): readonly [number, number, number] {
  const a = Math.max(LEAST_VARIANCE, xx ?? 0);
  const b = Math.max(LEAST_VARIANCE, yy ?? 0);
  const bound = 0.99 * Math.sqrt(a * b);
  return [a, Math.min(bound, Math.max(-bound, xy ?? 0)), b];
}

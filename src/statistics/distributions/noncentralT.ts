import { normalLower, normalUpper } from './normal.ts';
import { bracketedRoot } from './roots.ts';
import { logGamma } from './stirling.ts';

const NODES = 48;
const [points, weights] = legendre(NODES);

/**
 * P(T ≤ t), T noncentral t: ∫ Φ(t·x/√ν − δ) f(x) dx over the χ density f with ν degrees of freedom, by Gauss–Legendre
 * on pieces. The cuts near x₀ = δ√ν/t are needed: there Φ jumps, and without them the result errs in the 5th digit.
 * @param df ν > 0
 * @param noncentrality δ
 */
export function noncentralLower(t: number, df: number, noncentrality: number): number {
  return overChi(t, df, noncentrality, (x) => normalLower((t * x) / Math.sqrt(df) - noncentrality));
}

/** P(T > t), without loss where it is small. */
export function noncentralUpper(t: number, df: number, noncentrality: number): number {
  return overChi(t, df, noncentrality, (x) => normalUpper((t * x) / Math.sqrt(df) - noncentrality));
}

/** Quantile of the noncentral t; p strictly between 0 and 1. */
export function noncentralQuantile(p: number, df: number, noncentrality: number): number {
  const f = (t: number) => noncentralLower(t, df, noncentrality) - p;
  let step = 1;
  let [low, high] = [noncentrality - step, noncentrality + step];
  while (f(low) > 0) low -= step *= 2;
  step = 1;
  while (f(high) < 0) high += step *= 2;
  return bracketedRoot(f, low, high);
}

/** The noncentrality with which P(T ≤ t) = p: the limits of an effect size. It falls as p grows. */
export function noncentralityFor(p: number, t: number, df: number): number {
  const f = (delta: number) => noncentralLower(t, df, delta) - p;
  let step = 1;
  let [low, high] = [t - step, t + step];
  while (f(low) < 0) low -= step *= 2;
  step = 1;
  while (f(high) > 0) high += step *= 2;
  return bracketedRoot(f, low, high);
}

function overChi(t: number, df: number, delta: number, value: (x: number) => number): number {
  const root = Math.sqrt(df);
  // Beyond 9.5 standard units of √ν the χ density is below 1e-19 of its peak.
  const [from, to] = [Math.max(0, root - 9.5), root + 9.5];
  const wanted = [root - 3, root, root + 3, root + 6];
  if (t !== 0) {
    const jump = (delta * root) / t;
    const width = root / Math.abs(t);
    wanted.push(jump, jump - 3 * width, jump + 3 * width, jump - 8 * width, jump + 8 * width);
  }
  const inside = wanted.filter((x) => x > from && x < to).sort((a, b) => a - b);
  const cuts = [from, ...inside, to];
  const logFront = (1 - df / 2) * Math.LN2 - logGamma(df / 2);
  let sum = 0;
  for (let piece = 1; piece < cuts.length; piece++) {
    const half = (cuts[piece]! - cuts[piece - 1]!) / 2;
    const middle = (cuts[piece]! + cuts[piece - 1]!) / 2;
    for (let i = 0; i < NODES; i++) {
      const x = middle + half * points[i]!;
      const density = Math.exp(logFront + (df - 1) * Math.log(x) - (x * x) / 2);
      sum += half * weights[i]! * density * value(x);
    }
  }
  return Math.min(1, sum);
}

// Nodes and weights of Gauss–Legendre on −1…1 by Newton on the Legendre recurrence.
function legendre(n: number): [Float64Array, Float64Array] {
  const x = new Float64Array(n);
  const w = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let [previous, current] = [1, z];
      for (let k = 2; k <= n; k++)
        [previous, current] = [current, ((2 * k - 1) * z * current - (k - 1) * previous) / k];
      slope = (n * (z * current - previous)) / (z * z - 1);
      const move = current / slope;
      z -= move;
      if (Math.abs(move) < 1e-16) break;
    }
    x[i] = z;
    w[i] = 2 / ((1 - z * z) * slope * slope);
  }
  return [x, w];
}

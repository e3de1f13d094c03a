import { devianceTerm, stirlingRemainder } from './stirling.ts';

const TINY = 1e-300;

/** Lower tail P(a, x) of the regularised incomplete gamma function; a > 0, x ≥ 0. */
export function gammaLower(a: number, x: number): number {
  if (x <= 0) return 0;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** Upper tail Q(a, x), without loss where it is small (DLMF 8.9.2). */
export function gammaUpper(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

// x^a e^-x / Γ(a)
function front(a: number, x: number): number {
  // The normal distribution's case, asked hundreds of times by one noncentral t: Γ(½) = √π.
  if (a === 0.5) return Math.sqrt(x / Math.PI) * Math.exp(-x);
  return Math.exp(-stirlingRemainder(a) - devianceTerm(a, x)) * Math.sqrt(a / (2 * Math.PI));
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 100_000; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return front(a, x) * sum;
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / awayFromZero(an * d + b);
    c = awayFromZero(b + an / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 2e-16) break;
  }
  return front(a, x) * h;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

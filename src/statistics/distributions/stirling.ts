const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/**
 * What Stirling's formula leaves over: ln Γ(x+1) − [(x+½) ln x − x + ½ ln 2π].
 * The asymptotic series from 16 on (there its first omitted term is below 1e-17), the exact recurrence below.
 * @param x > 0
 */
export function stirlingRemainder(x: number): number {
  if (x < 16) return stirlingRemainder(x + 1) + (x + 0.5) * Math.log1p(1 / x) - 1;
  const y = 1 / (x * x);
  const tail = 1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360));
  return (1 / 12 - y * (1 / 360 - y * tail)) / x;
}

/**
 * Deviance term x ln(x/m) + m − x, accurate also near x = m, where the plain form cancels
 * (Loader 2000, "Fast and accurate computation of binomial probabilities").
 * @param x ≥ 0
 * @param mean > 0
 */
export function devianceTerm(x: number, mean: number): number {
  if (x === 0) return mean;
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = difference / (x + mean);
  let sum = difference * v;
  let power = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  return (x + 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingRemainder(x) - Math.log(x);
}

import { devianceTerm, stirlingRemainder } from './stirling.ts';

const TINY = 1e-300;

/**
 * Lower tail I_x(a, b) of the regularised incomplete beta function, by Lentz's continued fraction on the side where it
 * converges fast (DLMF 8.17.22); the other side by complement.
 * @param x 0…1
 * @param y 1 − x, given apart where the caller knows it without cancellation
 */
export function betaLower(x: number, a: number, b: number, y = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  return isLowSide(x, a, b) ? tail(x, y, a, b) : 1 - tail(y, x, b, a);
}

/** Upper tail 1 − I_x(a, b), without loss where it is small. */
export function betaUpper(x: number, a: number, b: number, y = 1 - x): number {
  if (x <= 0) return 1;
  if (y <= 0) return 0;
  return isLowSide(x, a, b) ? 1 - tail(x, y, a, b) : tail(y, x, b, a);
}

function isLowSide(x: number, a: number, b: number): boolean {
  return x < (a + 1) / (a + b + 2);
}

function tail(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const logFront =
    stirlingRemainder(n) -
    stirlingRemainder(a) -
    stirlingRemainder(b) -
    devianceTerm(a, n * x) -
    devianceTerm(b, n * y);
  const front = Math.exp(logFront) * Math.sqrt((a * b) / (2 * Math.PI * n));
  return (front * continuedFraction(x, a, b)) / a;
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 2e-16) break;
  }
  return h;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

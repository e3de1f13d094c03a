import { z } from 'zod';
import { additional, checkBiexponential, decades, top, width } from './parameters.ts';
import { scaleKind } from './scaleKind.ts';
import { widthRatio } from './widthRatio.ts';

const Logicle = z
  .strictObject({
    kind: z.literal('logicle'),
    T: top,
    W: width,
    M: decades,
    A: additional.describe('additional negative decades; -W to M - 2W'),
  })
  .check(checkBiexponential);

// Rounding of the residual keeps the last steps above zero; more steps than this change nothing.
const mostSteps = 16;
const settled = 4e-16;
// Above this many times P the negative exponential is far below the last place, and e^(bt) may overflow.
const purelyExponential = 1e300;

/**
 * y with B(y) = x, B(y) = a·e^(by) − c·e^(−dy) − f, mirrored at data zero: y(−x) = 2·x1 − y(x), as in the authors' code.
 * Worked from zero: with t = |y − x1|, |x| = P·expm1(bt) − Q·expm1(−dt), P = a·e^(b·x1), Q = c·e^(−d·x1), which has no
 * cancellation. B''(x1) = 0 means b²P = d²Q.
 */
export const logicle = scaleKind({
  name: 'logicle',
  summary: 'logarithmic far from zero, nearly linear around it; for fluorescence with values below zero',
  source: 'Parks, Roederer & Moore 2006; Moore & Parks 2012 (mirror at zero); Gating-ML 2.0 (ISAC 2015)',
  schema: Logicle,
  functions: ({ T, W, M, A }) => {
    const zero = (A + W) / (M + A);
    const b = (M + A) * Math.LN10;
    const ratio = widthRatio((W / (M + A)) * b);
    const d = b * ratio;
    const weight = 1 / (ratio * ratio);
    // b·(1 − x1) = (M − W)·ln10, without the difference.
    const up = (M - W) * Math.LN10;
    const P = T / (Math.expm1(up) - weight * Math.expm1(-up * ratio));
    const Q = P * weight;
    const slopeAtZero = P * b + Q * d;

    /** t for |x|: from the lesser of the two bounds, Halley's steps (third order) until they no longer move it. */
    const distance = (x: number): number => {
      if (x === 0) return 0;
      if (x / P > purelyExponential) return (Math.log(x) - Math.log(P)) / b;
      let t = Math.min(x / slopeAtZero, Math.log1p(x / P) / b);
      for (let step = 0; step < mostSteps; step++) {
        const grown = P * Math.expm1(b * t);
        const faded = Q * Math.expm1(-d * t);
        const residual = grown - faded - x;
        const first = b * (grown + P) + d * (faded + Q);
        const second = b * b * (grown + P) - d * d * (faded + Q);
        const newton = residual / first;
        const change = newton / (1 - (newton * second) / (2 * first));
        t -= change;
        if (Math.abs(change) <= settled * t) break;
      }
      return t;
    };
    const forward = (raw: number): number => {
      const size = Math.abs(raw);
      if (!(size < Number.POSITIVE_INFINITY)) return raw;
      return raw < 0 ? zero - distance(size) : zero + distance(size);
    };
    return {
      forward,
      inverse: (coordinate) => {
        const t = Math.abs(coordinate - zero);
        const size = P * Math.expm1(b * t) - Q * Math.expm1(-d * t);
        return coordinate < zero ? -size : size;
      },
      forwardColumn: (raw, out) => {
        for (let i = 0; i < raw.length; i++) out[i] = forward(raw[i]!);
      },
    };
  },
});

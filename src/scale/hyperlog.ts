import { z } from 'zod';
import { additional, checkBiexponential, decades, top, width } from './parameters.ts';
import { scaleKind } from './scaleKind.ts';

const Hyperlog = z
  .strictObject({
    kind: z.literal('hyperlog'),
    T: top,
    W: width.gt(0, 'hyperlog needs W > 0').describe('decades of the nearly linear region around zero; above 0, to M/2'),
    M: decades,
    A: additional.describe('additional negative decades; -W to M - 2W'),
  })
  .check(checkBiexponential);

const mostSteps = 16;
const settled = 4e-16;
const purelyExponential = 1e300;

/**
 * y with E(y) = x, E(y) = a·e^(by) + c·y − f, mirrored at data zero.
 * Worked from zero: with t = |y − x1|, |x| = P·expm1(bt) + c·t, P = a·e^(b·x1), c = P·e^(bw)/w.
 */
export const hyperlog = scaleKind({
  name: 'hyperlog',
  summary: 'logarithmic far from zero, linear around it; an older relative of logicle',
  source: 'Bagwell 2005; Gating-ML 2.0 (ISAC 2015)',
  schema: Hyperlog,
  functions: ({ T, W, M, A }) => {
    const zero = (A + W) / (M + A);
    const b = (M + A) * Math.LN10;
    const lean = (Math.exp(W * Math.LN10) * (M + A)) / W;
    const P = T / (Math.expm1((M - W) * Math.LN10) + (lean * (M - W)) / (M + A));
    const c = P * lean;

    const distance = (x: number): number => {
      if (x === 0) return 0;
      if (x / P > purelyExponential) return (Math.log(x) - Math.log(P)) / b;
      let t = Math.min(x / (P * b + c), Math.log1p(x / P) / b);
      for (let step = 0; step < mostSteps; step++) {
        const grown = P * Math.expm1(b * t);
        const first = b * (grown + P) + c;
        const newton = (grown + c * t - x) / first;
        const change = newton / (1 - (newton * b * b * (grown + P)) / (2 * first));
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
        const size = P * Math.expm1(b * t) + c * t;
        return coordinate < zero ? -size : size;
      },
      forwardColumn: (raw, out) => {
        for (let i = 0; i < raw.length; i++) out[i] = forward(raw[i]!);
      },
    };
  },
});

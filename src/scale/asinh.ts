import { z } from 'zod';
import { additional, decades, top } from './parameters.ts';
import { scaleKind } from './scaleKind.ts';

const Asinh = z
  .strictObject({
    kind: z.literal('asinh'),
    T: top,
    M: decades,
    A: additional.gte(0, 'A must be >= 0').describe('additional negative decades; 0 to M'),
  })
  .check((ctx) => {
    const { M, A } = ctx.value;
    if (A > M) ctx.issues.push({ code: 'custom', path: ['A'], message: `A must be <= M (= ${M} here)`, input: A });
  });

/** y = (asinh(x·sinh(M ln10)/T) + A ln10) / ((M + A) ln10). */
export const asinh = scaleKind({
  name: 'asinh',
  summary: 'inverse hyperbolic sine with M positive decades below T and A more below zero',
  source: 'Gating-ML 2.0 (ISAC 2015), parametrized inverse hyperbolic sine, fasinh',
  schema: Asinh,
  functions: ({ T, M, A }) => {
    const perRaw = Math.sinh(M * Math.LN10) / T;
    const shift = A * Math.LN10;
    const span = (M + A) * Math.LN10;
    return {
      forward: (raw) => (Math.asinh(raw * perRaw) + shift) / span,
      inverse: (coordinate) => Math.sinh(coordinate * span - shift) / perRaw,
      forwardColumn: (raw, out) => {
        for (let i = 0; i < raw.length; i++) out[i] = (Math.asinh(raw[i]! * perRaw) + shift) / span;
      },
    };
  },
});

import { z } from 'zod';
import { scaleKind } from './scaleKind.ts';

const Linear = z
  .strictObject({
    kind: z.literal('linear'),
    T: z.number('T must be a finite number').gt(0, 'T must be > 0').describe('raw value at coordinate 1; > 0'),
    A: z.number('A must be a finite number').gte(0, 'A must be >= 0').describe('raw value -A at coordinate 0; 0 to T'),
  })
  .check((ctx) => {
    const { T, A } = ctx.value;
    if (A > T) ctx.issues.push({ code: 'custom', path: ['A'], message: `A must be <= T (= ${T} here)`, input: A });
  });

/** y = (x + A) / (T + A). */
export const linear = scaleKind({
  name: 'linear',
  summary: 'straight line: -A to 0, T to 1; for scatter and time',
  source: 'Gating-ML 2.0 (ISAC 2015), parametrized linear, flin',
  schema: Linear,
  functions: ({ T, A }) => {
    const span = T + A;
    return {
      forward: (raw) => (raw + A) / span,
      inverse: (coordinate) => coordinate * span - A,
      forwardColumn: (raw, out) => {
        for (let i = 0; i < raw.length; i++) out[i] = (raw[i]! + A) / span;
      },
    };
  },
});

import { z } from 'zod';
import { decades, top } from './parameters.ts';
import { scaleKind } from './scaleKind.ts';

const Log = z.strictObject({ kind: z.literal('log'), T: top, M: decades });

/** y = log10(x / T) / M + 1; x ≤ 0 has no coordinate. */
export const log = scaleKind({
  name: 'log',
  summary: 'logarithm with M decades below T; values of zero and below have no coordinate',
  source: 'Gating-ML 2.0 (ISAC 2015), parametrized logarithmic, flog',
  schema: Log,
  functions: ({ T, M }) => {
    const forward = (raw: number): number => (raw > 0 ? log10Quotient(raw, T) / M + 1 : Number.NaN);
    return {
      forward,
      inverse: (coordinate) => T * 10 ** ((coordinate - 1) * M),
      forwardColumn: (raw, out) => {
        for (let i = 0; i < raw.length; i++) out[i] = forward(raw[i]!);
      },
    };
  },
});

// The quotient keeps the last digits where it is a normal double; at the ends of the range it would be 0 or Infinity.
const smallestNormal = 2 ** -1022;
function log10Quotient(x: number, T: number): number {
  const quotient = x / T;
  const isNormal = quotient >= smallestNormal && quotient < Number.POSITIVE_INFINITY;
  return isNormal ? Math.log10(quotient) : Math.log10(x) - Math.log10(T);
}

import { z } from 'zod';
import { scaleKind } from './scaleKind.ts';

const Arcsinh = z.strictObject({
  kind: z.literal('arcsinh'),
  cofactor: z
    .number('cofactor must be a finite number')
    .gt(0, 'cofactor must be > 0')
    .describe('raw value at which the axis bends from linear to logarithmic; > 0 (5 for mass, 150 for 18-bit light)'),
});

/** y = asinh(x / cofactor); y is not confined to 0-1. */
export const arcsinh = scaleKind({
  name: 'arcsinh',
  summary: 'inverse hyperbolic sine of the raw value in units of a cofactor',
  source: 'flowCore arcsinhTransform with a = 0, b = 1/cofactor, c = 0; Bendall et al. 2011 for mass cytometry',
  schema: Arcsinh,
  functions: ({ cofactor }) => ({
    forward: (raw) => Math.asinh(raw / cofactor),
    inverse: (coordinate) => Math.sinh(coordinate) * cofactor,
    forwardColumn: (raw, out) => {
      for (let i = 0; i < raw.length; i++) out[i] = Math.asinh(raw[i]! / cofactor);
    },
  }),
});

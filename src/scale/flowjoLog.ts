import { z } from 'zod';
import { scaleKind } from './scaleKind.ts';

const FlowjoLog = z.strictObject({
  kind: z.literal('flowjo-log'),
  offset: z
    .number('offset must be a finite number')
    .gt(0, 'offset must be > 0')
    .describe('raw value at coordinate 0; lower values are held there; > 0'),
  decades: z.number('decades must be a finite number').gt(0, 'decades must be > 0').describe('decades up to 1; > 0'),
});

/** y = (log10(max(x, offset)) − log10(offset)) / decades; flat below the offset. */
export const flowjoLog = scaleKind({
  name: 'flowjo-log',
  summary: 'logarithm of FlowJo workspaces; values below the offset share the lower end',
  source: 'as FlowKit 1.3 reads FlowJo 10 workspaces; no definition is published',
  schema: FlowjoLog,
  functions: ({ offset, decades }) => {
    const start = Math.log10(offset);
    const forward = (raw: number): number => (Math.log10(Math.max(raw, offset)) - start) / decades;
    return {
      forward,
      // Nothing has a coordinate below 0: a cut there has nobody under it.
      inverse: (coordinate) => (coordinate < 0 ? Number.NEGATIVE_INFINITY : offset * 10 ** (coordinate * decades)),
      forwardColumn: (raw, out) => {
        for (let i = 0; i < raw.length; i++) out[i] = forward(raw[i]!);
      },
    };
  },
});

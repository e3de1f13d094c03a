import { z } from 'zod';
import { arcsinh } from './arcsinh.ts';
import { asinh } from './asinh.ts';
import { biex } from './biex.ts';
import { flowjoLog } from './flowjoLog.ts';
import { hyperlog } from './hyperlog.ts';
import { linear } from './linear.ts';
import { log } from './log.ts';
import { logicle } from './logicle.ts';

/** Every scale there is, by the `kind` of its spec; the reference page is made from this list. */
export const scaleKinds = {
  linear,
  log,
  arcsinh,
  asinh,
  logicle,
  hyperlog,
  biex,
  'flowjo-log': flowjoLog,
} as const;

/** Any legal spec, told apart by `kind`; strict: an unknown parameter is refused. */
export const ScaleSpec = z.discriminatedUnion('kind', [
  linear.schema,
  log.schema,
  arcsinh.schema,
  asinh.schema,
  logicle.schema,
  hyperlog.schema,
  biex.schema,
  flowjoLog.schema,
]);
export type ScaleSpec = z.infer<typeof ScaleSpec>;

/** The parameters of a scale in words, in the order of its schema; for the reference page. */
export function scaleParameters(kind: ScaleSpec['kind']): readonly { name: string; says: string }[] {
  const shape: Record<string, z.core.$ZodType> = scaleKinds[kind].schema.shape;
  return Object.entries(shape)
    .filter(([name]) => name !== 'kind')
    .map(([name, schema]) => ({ name, says: z.globalRegistry.get(schema)?.description ?? '' }));
}

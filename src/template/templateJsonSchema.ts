import * as z from 'zod';
import type { MethodDescription, TemplateRegistry } from './methodDescription.ts';
import { AlignmentEntry, CommonGateKeys, PopulationEntry, TemplateFile } from './templateSchema.ts';

type Shape = z.core.$ZodLooseShape;

/**
 * JSON Schema of a template file, for editors: each gate and alignment with the keys of its method. What a schema cannot
 * say (names that must exist, units where there are coordinates) is said by reading.
 */
export function templateJsonSchema(registry: TemplateRegistry): Record<string, unknown> {
  const gate = anyOf([...registry.gates.values()].flatMap((method) => forms(method, CommonGateKeys.shape)));
  const alignment = anyOf([...registry.alignments.values()].flatMap((method) => forms(method, AlignmentEntry.shape)));
  const whole = TemplateFile.extend({
    populations: z.array(PopulationEntry.extend({ gate })).optional(),
    alignments: z.array(alignment).optional(),
  });
  return { ...z.toJSONSchema(whole, { io: 'input', unrepresentable: 'any' }), title: 'cytopair gating template' };
}

function anyOf(schemas: readonly z.ZodType[]): z.ZodType {
  return schemas.length === 0 ? z.looseObject({}) : z.union(schemas);
}

/** One strict object for each form of a method's settings; a schema that is no object leaves its keys open. */
function forms(method: MethodDescription, common: Shape): z.ZodType[] {
  return objects(method.settings).map((settings) => {
    const shape = { ...common, method: z.literal(method.name), ...settings?.shape };
    return settings === undefined ? z.looseObject(shape) : z.strictObject(shape);
  });
}

function objects(schema: z.core.$ZodType): (z.ZodObject | undefined)[] {
  if (schema instanceof z.ZodObject) return [schema];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(objects);
  return schema instanceof z.ZodPipe ? objects(schema.in) : [undefined];
}

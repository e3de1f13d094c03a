import * as z from 'zod';
import type { YamlPath } from './readYaml.ts';

/** The keys that a schema knows for the mapping at a path; of several forms, the keys of all. */
export function knownKeys(schema: z.core.$ZodType, path: YamlPath): string[] {
  const inner = unwrapSchema(schema);
  if (inner instanceof z.ZodUnion) return [...new Set(inner.options.flatMap((option) => knownKeys(option, path)))];
  if (inner instanceof z.ZodIntersection) {
    return [...knownKeys(inner.def.left, path), ...knownKeys(inner.def.right, path)];
  }
  const [step, ...rest] = path;
  if (step === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  const child = childOf(inner, step);
  return child === undefined ? [] : knownKeys(child, rest);
}

function childOf(schema: z.core.$ZodType, step: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[step];
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodTuple) return schema.def.items[Number(step)];
  return undefined;
}

function unwrapSchema(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrapSchema(schema.in);
  if (schema instanceof z.ZodLazy) return unwrapSchema(schema.unwrap());
  const isWrapper =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly;
  return isWrapper ? unwrapSchema(schema.unwrap()) : schema;
}

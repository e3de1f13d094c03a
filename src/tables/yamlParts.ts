import * as z from 'zod';
import type { Problem } from '../problems/index.ts';
import type { YamlPath, YamlSource } from './readYaml.ts';
import { schemaProblems } from './schemaProblems.ts';

/** A part of a YAML file with the way back to its text. */
export interface Located<T> {
  readonly value: T;
  readonly source: YamlSource;
  readonly path: YamlPath;
}

/** Reads the keys of a document's top mapping, each by its own schema. */
export interface YamlParts {
  required<T>(schema: z.ZodType<T>, key: string): Located<T> | undefined;
  /** A key that may be absent; a default of its schema is filled in. */
  optional<T>(schema: z.ZodType<T>, key: string): Located<T> | undefined;
  /** @param skeleton what is kept of an item that its schema refuses, so that others may still name it */
  list<T>(schema: z.ZodType<T>, key: string, skeleton?: z.ZodType<T>): Located<T>[];
  entries<T>(keySchema: z.ZodType<string>, schema: z.ZodType<T>, key: string): Map<string, Located<T>>;
}

/**
 * Reads a document part by part, so that one fault does not hide the others: each key, and each item of a list, is
 * judged alone. Whatever is refused, and any key that is not known, is added to `problems`.
 * @returns undefined where the document is no mapping
 */
export function yamlParts(
  source: YamlSource,
  knownKeys: readonly string[],
  problems: Problem[],
): YamlParts | undefined {
  const KnownKeys = z.strictObject(Object.fromEntries(knownKeys.map((key) => [key, z.unknown().optional()])));
  const whole = KnownKeys.safeParse(source.value);
  if (!whole.success) problems.push(...schemaProblems({ error: whole.error, schema: KnownKeys, source }));
  const { value } = source;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return partsOf(source, value, problems);
}

function partsOf(source: YamlSource, mapping: object, problems: Problem[]): YamlParts {
  const raw = (key: string): unknown => Reflect.get(mapping, key);
  const parse = <T>(schema: z.ZodType<T>, value: unknown, path: YamlPath): T | undefined => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push(...schemaProblems({ error: parsed.error, schema, source, base: path }));
    return undefined;
  };
  const required = <T>(schema: z.ZodType<T>, key: string): Located<T> | undefined => {
    const value = parse(schema, raw(key), [key]);
    return value === undefined ? undefined : { value, source, path: [key] };
  };
  const optional = <T>(schema: z.ZodType<T>, key: string): Located<T> | undefined => {
    if (raw(key) !== undefined) return required(schema, key);
    const byDefault = schema.safeParse(undefined);
    return byDefault.success && byDefault.data !== undefined
      ? { value: byDefault.data, source, path: [key] }
      : undefined;
  };
  const list = <T>(schema: z.ZodType<T>, key: string, skeleton?: z.ZodType<T>): Located<T>[] => {
    const items = raw(key) === undefined ? [] : (parse(z.array(z.unknown()), raw(key), [key]) ?? []);
    return items.flatMap((item, index) => {
      const path = [key, index];
      const value = parse(schema, item, path) ?? skeleton?.safeParse(item).data;
      return value === undefined ? [] : [{ value, source, path }];
    });
  };
  const entries = <T>(keySchema: z.ZodType<string>, schema: z.ZodType<T>, key: string): Map<string, Located<T>> => {
    const given = raw(key) === undefined ? {} : (parse(z.record(z.string(), z.unknown()), raw(key), [key]) ?? {});
    const found = new Map<string, Located<T>>();
    for (const [name, item] of Object.entries(given)) {
      const isNamed = parse(z.record(keySchema, z.unknown()), { [name]: item }, [key]) !== undefined;
      const value = parse(schema, item, [key, name]);
      if (isNamed && value !== undefined) found.set(name, { value, source, path: [key, name] });
    }
    return found;
  };
  return { required, optional, list, entries };
}

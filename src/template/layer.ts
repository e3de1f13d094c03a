import * as z from 'zod';
import type { Problem } from '../problems/index.ts';
import { schemaProblems, type YamlPath, type YamlSource } from '../tables/index.ts';
import { PopulationName, PopulationReference } from './populationName.ts';
import {
  AlignmentEntry,
  AssertionEntry,
  type CommonGateKeys,
  DenominatorName,
  IntensitiesEntry,
  MarkerEntry,
  MarkerName,
  PopulationEntry,
  ReservoirEntry,
  ScaleEntry,
  TemplateFile,
} from './templateSchema.ts';

/** A part of a template file with the way back to its text. */
export interface Located<T> {
  readonly value: T;
  readonly source: YamlSource;
  readonly path: YamlPath;
}

/** A population as written; without its gate where that could not be read, so that its children are still found. */
export interface PopulationDraft {
  readonly name: string;
  readonly parent: string;
  readonly label?: string | undefined;
  readonly imported_name?: string | undefined;
  readonly gate?: (z.infer<typeof CommonGateKeys> & Record<string, unknown>) | undefined;
}

type Entries<T> = ReadonlyMap<string, Located<T>>;

/** One template file, every part of it that could be read. */
export interface Layer {
  readonly name: string;
  readonly version: string;
  readonly about: string;
  readonly extends: Located<string> | undefined;
  readonly remove: readonly Located<string>[];
  readonly markers: Entries<z.infer<typeof MarkerEntry>>;
  readonly scales: Entries<z.infer<typeof ScaleEntry>>;
  readonly compensation: Located<string> | undefined;
  readonly amplification: 'linear' | 'stored' | undefined;
  readonly alignments: readonly Located<z.infer<typeof AlignmentEntry>>[];
  readonly populations: readonly Located<PopulationDraft>[];
  readonly denominators: Entries<string>;
  readonly reservoirs: readonly Located<z.infer<typeof ReservoirEntry>>[];
  readonly intensities: Located<z.infer<typeof IntensitiesEntry>> | undefined;
  readonly assertions: readonly Located<z.infer<typeof AssertionEntry>>[];
}

const PopulationSkeleton = z.object({ name: PopulationName, parent: PopulationReference });
const { shape } = TemplateFile;
// Only the names of the keys; each value is read by its own schema, so that one fault does not hide the others.
const KnownKeys = z.strictObject(Object.fromEntries(Object.keys(shape).map((key) => [key, z.unknown().optional()])));

/** Reads one file part by part; whatever is wrong is added to `problems` with its line and column. */
export function readLayer(source: YamlSource, problems: Problem[]): Layer | undefined {
  const keys = KnownKeys.safeParse(source.value);
  if (!keys.success) {
    problems.push(...schemaProblems({ error: keys.error, schema: KnownKeys, source }));
    if (typeof source.value !== 'object' || source.value === null || Array.isArray(source.value)) return undefined;
  }
  const parts = partReader(source, problems);
  parts.one(shape.cytopair, ['cytopair']);
  return {
    name: parts.one(shape.template, ['template'])?.value ?? '',
    version: parts.one(shape.version, ['version'])?.value ?? '',
    about: parts.optional(shape.about.unwrap(), 'about')?.value ?? '',
    extends: parts.optional(shape.extends.unwrap(), 'extends'),
    remove: parts.list(PopulationReference, 'remove'),
    markers: parts.entries(MarkerName, MarkerEntry, 'markers'),
    scales: parts.entries(z.string(), ScaleEntry, 'scales'),
    compensation: parts.optional(shape.compensation.unwrap(), 'compensation'),
    amplification: parts.optional(shape.amplification.unwrap(), 'amplification')?.value,
    alignments: parts.list(AlignmentEntry, 'alignments'),
    populations: parts.list<PopulationDraft>(PopulationEntry, 'populations', PopulationSkeleton),
    denominators: parts.entries(DenominatorName, PopulationReference, 'denominators'),
    reservoirs: parts.list(ReservoirEntry, 'reservoirs'),
    intensities: parts.optional(IntensitiesEntry, 'intensities'),
    assertions: parts.list(AssertionEntry, 'assertions'),
  };
}

function partReader(source: YamlSource, problems: Problem[]) {
  const parse = <T>(schema: z.ZodType<T>, value: unknown, path: YamlPath): T | undefined => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push(...schemaProblems({ error: parsed.error, schema, source, base: path }));
    return undefined;
  };
  const raw = (key: string): unknown => Reflect.get(source.value as object, key);
  const one = <T>(schema: z.ZodType<T>, path: readonly [string]): Located<T> | undefined => {
    const value = parse(schema, raw(path[0]), path);
    return value === undefined ? undefined : { value, source, path };
  };
  const optional = <T>(schema: z.ZodType<T>, key: string): Located<T> | undefined =>
    raw(key) === undefined ? undefined : one(schema, [key]);
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
  return { one, optional, list, entries };
}

import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { modes, plannedVisits, truePopulations } from '../../../samples/index.ts';
import { didYouMean, hasErrors, nearestName, type Problem, problem, type Reading } from '../../problems/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { decodeText, type Located, readYaml, shownPath, yamlParts } from '../../tables/index.ts';
import { resolveReference, type Template } from '../../template/index.ts';

const visitIds = plannedVisits.map(({ id }) => id as string) as [string, ...string[]];

/** Tubes that a template is tried on: eight drawn patients. */
const CohortEntry = z.strictObject({
  mode: z
    .enum(modes as [string, ...string[]])
    .default('hard')
    .describe('how hard the cells are to tell apart'),
  events: z.int().min(1000).max(200_000).default(8000).describe('events a tube'),
  seed: z.int().min(0).max(0x7fffffff).default(911),
  visits: z.array(z.enum(visitIds)).min(1).default(['BL', 'M1']),
});
export type CohortWishes = z.infer<typeof CohortEntry>;

const In = z.enum(['median', 'every']).default('median').describe('the median tube, or every tube');
const Population = z.string().min(1);
const Percent = z.number().min(0).max(100);
const ExpectationEntry = z.union([
  z.strictObject({ population: Population, truth: Population.optional(), f1: z.number().gt(0).max(1), in: In }),
  z.strictObject({
    population: Population,
    of: Population,
    between: z
      .tuple([Percent, Percent])
      .refine(([low, high]) => low < high, { message: 'must begin with its lower end' })
      .describe('percent'),
    in: In,
  }),
  z.strictObject({
    population: Population,
    of: Population,
    truth: Population.optional(),
    truth_of: Population.optional(),
    within: z.number().positive().describe('percent by which the share may differ from the true one'),
    in: In,
  }),
]);

/** What is expected of one population, every name looked up. */
export type Expectation = { readonly population: string; readonly in: 'median' | 'every'; readonly line: number } & (
  | { readonly kind: 'f1'; readonly truth: string; readonly f1: number }
  | { readonly kind: 'between'; readonly of: string; readonly between: readonly [number, number] }
  | {
      readonly kind: 'within';
      readonly of: string;
      readonly truth: string;
      readonly truthOf: string;
      readonly within: number;
    }
);

export interface Expectations {
  readonly cohort: CohortWishes;
  readonly expect: readonly Expectation[];
  /** File that was read, as messages name it; undefined where there is none. */
  readonly file: string | undefined;
}

/** `b-ours.yaml` -> `b-ours.test.yaml` beside it; undefined where there is none. */
export function siblingTests(templatePath: string): string | undefined {
  if (templatePath.startsWith('shipped:')) return undefined;
  const path = resolve(templatePath);
  const name = path.slice(dirname(path).length + 1).replace(/\.ya?ml$/i, '');
  const sibling = join(dirname(path), `${name}.test.yaml`);
  return statSync(sibling, { throwIfNoEntry: false })?.isFile() ? sibling : undefined;
}

/** @param path undefined: no expectations beyond the template's own assertions, on the usual cohort */
export function readExpectations(path: string | undefined, template: Template): Reading<Expectations> {
  if (path === undefined)
    return { value: { cohort: CohortEntry.parse({}), expect: [], file: undefined }, problems: [] };
  const file = shownPath(path);
  const problems: Problem[] = [];
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return { value: undefined, problems };
  const yaml = readYaml(decodeText(bytes).text, file);
  problems.push(...yaml.problems);
  const parts = yaml.value && yamlParts(yaml.value, ['cytopair', 'test', 'cohort', 'expect'], problems);
  if (parts === undefined) return { value: undefined, problems };
  parts.required(z.literal(1), 'cytopair');
  parts.required(z.string(), 'test');
  const cohort = parts.optional(CohortEntry.prefault({}), 'cohort')?.value ?? CohortEntry.parse({});
  const expect = parts.list(ExpectationEntry, 'expect').flatMap((part) => resolved(part, template, problems) ?? []);
  return { value: hasErrors(problems) ? undefined : { cohort, expect, file }, problems };
}

type Entry = z.infer<typeof ExpectationEntry>;

function resolved(part: Located<Entry>, template: Template, problems: Problem[]): Expectation | undefined {
  const { value, source, path } = part;
  const ours = template.populations.map((one) => one.path);
  const drawn = truePopulations.map((one) => one.path);
  const find = (reference: string, key: string, paths: readonly string[], what: string): string | undefined => {
    if (reference === 'root') return 'root';
    const found = resolveReference(reference, paths);
    if (found.kind === 'one') return found.path;
    const where = source.at([...path, key]);
    if (found.kind === 'many') {
      const message = `"${reference}" is ambiguous: ${found.matches.map((one) => `"${one}"`).join(', ')}`;
      problems.push(problem('error', 'template.ambiguous-reference', message, where));
      return undefined;
    }
    const names = paths.map((one) => one.split('/').at(-1) ?? one);
    const hint = didYouMean(found.nearest ?? nearestName(reference, names)) ?? `known: ${names.join(', ')}`;
    problems.push(problem('error', 'template.unknown-reference', `"${reference}" is ${what}`, where, hint));
    return undefined;
  };
  const own = (reference: string, key: string) => find(reference, key, ours, 'not a population of this template');
  const truth = (reference: string, key: string) => find(reference, key, drawn, 'not drawn: no truth is known of it');
  const population = own(value.population, 'population');
  // One name that is wrong is told once.
  if (population === undefined && !('truth' in value && value.truth !== undefined)) return undefined;
  const common = { in: value.in, line: source.at(path).line };
  if ('f1' in value) {
    const known = truth(value.truth ?? value.population, value.truth === undefined ? 'population' : 'truth');
    return population !== undefined && known !== undefined
      ? { ...common, kind: 'f1', population, truth: known, f1: value.f1 }
      : undefined;
  }
  const of = own(value.of, 'of');
  if ('between' in value) {
    return population !== undefined && of !== undefined
      ? { ...common, kind: 'between', population, of, between: value.between }
      : undefined;
  }
  const known = truth(value.truth ?? value.population, value.truth === undefined ? 'population' : 'truth');
  const whole = truth(value.truth_of ?? value.of, value.truth_of === undefined ? 'of' : 'truth_of');
  if (!population || !of || !known || !whole) return undefined;
  return { ...common, kind: 'within', population, of, truth: known, truthOf: whole, within: value.within };
}

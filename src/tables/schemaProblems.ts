import type * as z from 'zod';
import { counted, didYouMean, nearestName, type Problem, problem } from '../problems/index.ts';
import { knownKeys } from './knownKeys.ts';
import type { YamlPath, YamlPlace, YamlSource } from './readYaml.ts';
import type { YamlArea } from './yamlText.ts';

type Issue = z.core.$ZodIssue;

/** What a schema refused, where in the text it was validated from. */
export interface SchemaRefusal {
  readonly error: z.ZodError;
  readonly schema: z.ZodType;
  readonly source: YamlSource;
  /** Path of the validated part where it is not the whole document. */
  readonly base?: YamlPath;
  /** Keys that may stand beside those of the schema, read by someone else: for the nearest name. */
  readonly otherKeys?: readonly string[];
}

/**
 * A schema's findings as problems at their lines and columns, in plain words; an unknown key with the nearest key that
 * the schema knows there, a wrong word with the nearest allowed one.
 */
export function schemaProblems({ error, schema, source, base = [], otherKeys = [] }: SchemaRefusal): Problem[] {
  return error.issues.flatMap((issue) => fromIssue(issue, [], { schema, source, base, otherKeys }));
}

interface Context {
  readonly schema: z.ZodType;
  readonly source: YamlSource;
  readonly base: YamlPath;
  readonly otherKeys: readonly string[];
}

function fromIssue(issue: Issue, above: YamlPath, context: Context): Problem[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const full = [...context.base, ...path];
  const { source } = context;
  const found = valueAt(source.value, full);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, path, context);
    case 'invalid_union':
      return fromUnion(issue, path, found, context);
    case 'invalid_key':
      return issue.issues.map((inner) => wrongValue(wordsOf(inner, full.at(-1)), source.at(full, 'key'), source.area));
    case 'invalid_type':
      return [wrongType(issue, full, found, source)];
    case 'invalid_value':
      return [wrongWord(issue, found, full, source)];
    default:
      return [wrongValue(sentence(issue, full, found), source.at(full), source.area)];
  }
}

/** So many unknown keys are told one by one; more of them are another file, and one finding. */
const mostKeysTold = 20;

function unknownKeys(keys: readonly string[], path: YamlPath, context: Context): Problem[] {
  const told = keys.length <= mostKeysTold ? keys : keys.slice(0, 1);
  const found = told.map((key) => unknownKey(key, path, context));
  const [first] = found;
  if (keys.length <= mostKeysTold || first === undefined) return found;
  const message = `${keys.length.toLocaleString('en-US')} unknown keys, the first: "${clipText(keys[0] ?? '')}"`;
  return [{ ...first, message }];
}

function unknownKey(key: string, path: YamlPath, { schema, source, base, otherKeys }: Context): Problem {
  const known = [...(path.length === 0 ? otherKeys : []), ...knownKeys(schema, path)];
  const hint = didYouMean(nearestName(key, known)) ?? `known keys here: ${known.join(', ')}`;
  const message = `key "${key}" is not known here`;
  return problem('error', `${source.area}.unknown-key`, message, source.at([...base, ...path, key], 'key'), hint);
}

/** Of several forms, the one that the author began to write answers; if none was begun, all forms are named. */
function fromUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: YamlPath,
  found: unknown,
  context: Context,
): Problem[] {
  const full = [...context.base, ...path];
  const { source } = context;
  if (issue.discriminator !== undefined && 'options' in issue && issue.options !== undefined) {
    return [wrongWord({ values: issue.options }, found, full, source)];
  }
  const errors = issue.errors as Issue[][];
  const begun = errors.filter((branch) => !branch.some(refusesWhole));
  const best = begun.sort((a, b) => a.length - b.length)[0];
  if (best !== undefined) return best.flatMap((inner) => fromIssue(inner, path, context));
  const values = errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []));
  if (typeof found === 'string' && values.length > 0) return [wrongWord({ values }, found, full, source)];
  const forms = [...new Set(errors.flat().map((inner) => (inner.code === 'invalid_type' ? word(inner.expected) : '')))];
  const expected = [...forms.filter((form) => form !== ''), ...values.map((value) => `"${String(value)}"`)].join(
    ' or ',
  );
  return [typeProblem(expected, found, full, source)];
}

function refusesWhole(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function wrongType(
  issue: Extract<Issue, { code: 'invalid_type' }>,
  full: YamlPath,
  found: unknown,
  source: YamlSource,
): Problem {
  return typeProblem(word(issue.expected), found, full, source);
}

function typeProblem(expected: string, found: unknown, full: YamlPath, source: YamlSource): Problem {
  if (found === undefined || (found === null && full.length === 0)) return missingKey(full, expected, source);
  const isText = expected === 'text' && (typeof found === 'number' || typeof found === 'boolean');
  const asked = full.length === 0 ? 'is this the right file?' : `write ${expected}`;
  const hint = isText ? 'write it in quotes' : asked;
  const message = `${nameOf(full)}must be ${expected}, found ${describe(found)}`;
  return problem('error', `${source.area}.wrong-type`, message, source.at(full), hint);
}

function missingKey(full: YamlPath, expected: string, source: YamlSource): Problem {
  const key = full.at(-1);
  const message = typeof key === 'string' ? `key "${key}" is missing` : 'the document is empty';
  const place = source.at(full.slice(0, -1));
  const found = problem('error', `${source.area}.missing-key`, message, place, `add it: ${expected}`);
  return typeof key === 'string' ? { ...found, key } : found;
}

function wrongWord(
  issue: { readonly values: readonly unknown[] },
  found: unknown,
  full: YamlPath,
  source: YamlSource,
): Problem {
  const values = issue.values.map(String);
  if (found === undefined) return missingKey(full, values.join(' | '), source);
  const hint =
    didYouMean(typeof found === 'string' ? nearestName(found, values) : undefined) ?? `allowed: ${values.join(', ')}`;
  const message = `${nameOf(full)}must be ${oneOf(values)}, found ${describe(found)}`;
  return problem('error', `${source.area}.wrong-value`, message, source.at(full), hint);
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
}

function wrongValue(message: string, place: YamlPlace, area: YamlArea): Problem {
  return problem('error', `${area}.wrong-value`, message, place);
}

/** What the schema's author says of a whole mapping, or with the key's name in front, stands alone. */
function sentence(issue: Issue, full: YamlPath, found: unknown): string {
  const isMapping = typeof found === 'object' && found !== null && !Array.isArray(found);
  if (isMapping && isAuthors(issue)) return issue.message;
  const isNamed = isAuthors(issue) && issue.message.startsWith(`${String(full.at(-1))} `);
  return `${isNamed ? '' : nameOf(full)}${wordsOf(issue, found)}`;
}

/** A sentence that the schema's author wrote is better than a made one; zod's own begin with these words. */
function isAuthors({ message }: Issue): boolean {
  return !/^(?:Invalid|Too |Unrecognized)/.test(message);
}

/** `"width" `, or nothing for a list item, whose place says enough. */
function nameOf(full: YamlPath): string {
  const key = full.at(-1);
  return typeof key === 'string' ? `"${key}" ` : '';
}

function wordsOf(issue: Issue, found: unknown): string {
  if (isAuthors(issue)) return `${issue.message}, found ${describe(found)}`;
  switch (issue.code) {
    case 'too_small':
      return `${boundInWords(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}, found ${describe(found)}`;
    case 'too_big':
      return `${boundInWords(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}, found ${describe(found)}`;
    case 'invalid_format':
      return `must have the form ${issue.pattern ?? issue.format}, found ${describe(found)}`;
    default:
      return `cannot be ${describe(found)}`;
  }
}

function boundInWords(origin: string, comparison: string, limit: number | bigint): string {
  if (origin === 'string') return `must have ${comparison} ${counted(Number(limit), 'character')}`;
  if (origin === 'array') return `must have ${comparison} ${counted(Number(limit), 'item')}`;
  return `must be ${comparison} ${limit}`;
}

function word(expected: string): string {
  const words: Record<string, string> = {
    string: 'text',
    object: 'a mapping',
    record: 'a mapping',
    array: 'a list',
    tuple: 'a list',
    int: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    null: 'nothing',
  };
  return words[expected] ?? expected;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return isShort(value) ? `[${value.join(', ')}]` : `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `"${clipText(value)}"` : `${typeof value} ${String(value)}`;
}

/** A pair of numbers says more than how many there are. */
function isShort(list: readonly unknown[]): boolean {
  return list.length > 0 && list.length <= 4 && list.every((one) => typeof one === 'number');
}

/** Longest text that a message repeats; a whole file taken for another would fill the screen, with names in it. */
const LONGEST_TEXT = 60;

function clipText(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((inner, step) => {
    const isContainer = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step);
    return isContainer ? Reflect.get(inner, step) : undefined;
  }, value);
}

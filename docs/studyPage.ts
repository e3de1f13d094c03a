import { sheetJsonSchema, studyJsonSchema } from '../src/study/tools.ts';
import { sheetExamples, studyExamples } from './studyExamples.ts';

interface SchemaNode {
  readonly [key: string]: unknown;
}

/** One key of study.yaml: its path (`families[].claim`), what its schema says, and what it is where it is left out. */
export interface StudyKey {
  readonly path: string;
  readonly says: string;
  readonly fallback: string;
  readonly isRequired: boolean;
}

/** Every key that the schema of study.yaml knows, each path once, in the order of the schema. */
export function studyKeys(): readonly StudyKey[] {
  const found = new Map<string, StudyKey>();
  walk(studyJsonSchema(), '', found);
  return [...found.values()];
}

function walk(node: unknown, path: string, found: Map<string, StudyKey>): void {
  if (!isNode(node)) return;
  for (const choice of ['anyOf', 'oneOf', 'allOf']) {
    const parts = node[choice];
    if (Array.isArray(parts)) for (const part of parts) walk(part, path, found);
  }
  const { properties, additionalProperties, items, required } = node;
  if (isNode(properties)) {
    for (const [key, value] of Object.entries(properties)) {
      const own = path === '' ? key : `${path}.${key}`;
      const { description = '', default: fallback } = isNode(value) ? value : {};
      const before = found.get(own);
      const words = [before?.says ?? '', String(description)].filter((text) => text !== '');
      found.set(own, {
        path: own,
        says: [...new Set(words)].join('; or '),
        fallback: fallback === undefined || isNode(fallback) ? (before?.fallback ?? '') : JSON.stringify(fallback),
        isRequired: Array.isArray(required) && required.includes(key),
      });
      walk(value, own, found);
    }
  }
  walk(additionalProperties, `${path}.*`, found);
  walk(items, `${path}[]`, found);
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The example of a key: of its own path, or of the part that many keys share. */
export function exampleOf(path: string): readonly [example: string, says?: string] | undefined {
  const own = studyExamples[path];
  if (own !== undefined) return own;
  const shared = /(margins\.\w+)$/.exec(path)?.[1];
  // Endpoints of an association are those of a family.
  const ofFamily = path.replace(/^associations\[\]\.endpoints\[\]/, 'families[].endpoints[]');
  return (shared === undefined ? undefined : studyExamples[shared]) ?? studyExamples[ofFamily];
}

/** docs/study.md: every key of study.yaml and every column of the sheet, with an example each. */
export function studyPage(): string {
  const keys = studyKeys();
  const tops = keys.filter(({ path }) => !/[.[]/.test(path));
  const topRows = tops.map(rowOf);
  const sections = tops.flatMap(({ path: top }) => {
    const below = keys.filter(({ path }) => path.startsWith(`${top}.`) || path.startsWith(`${top}[]`));
    return below.length === 0 ? [] : [`## ${top}`, '', ...tableOf(below.map(rowOf)), ''];
  });
  const { properties } = sheetJsonSchema();
  const columns = Object.keys(isNode(properties) ? properties : {}).map((name) => {
    const [example, says] = sheetExamples[name] ?? fail(`the column "${name}"`);
    return `| \`${name}\` | \`${example}\` | ${says} |`;
  });
  return `${[
    '# study.yaml and the sample sheet',
    '',
    'Made from the schemas by `npm run reference`: every key and every column, with an example each. `[]` is an entry of a list, `*` a',
    'name that you choose. What stands beside a key in bold must be there. What families and associations compute: [statistics.md](statistics.md).',
    '',
    ...tableOf(topRows),
    '',
    ...sections,
    '## The sheet',
    '',
    'A CSV or workbook, one row a tube; headers without case, several usual names are known. Any other column is a covariate where',
    '`covariates:` names it, and ignored (a note) otherwise.',
    '',
    '| column | example | meaning |',
    '| --- | --- | --- |',
    ...columns,
  ].join('\n')}\n`;
}

function tableOf(rows: readonly string[]): string[] {
  return ['| key | example | meaning | default |', '| --- | --- | --- | --- |', ...rows];
}

function rowOf({ path, says, fallback, isRequired }: StudyKey): string {
  const [example, words] = exampleOf(path) ?? fail(`the key "${path}"`);
  const text = [words ?? '', says]
    .filter((one) => one !== '')
    .join('; ')
    .replaceAll('|', '\\|');
  const name = isRequired ? `**\`${path}\`**` : `\`${path}\``;
  return `| ${name} | \`${example.replaceAll('|', '\\|')}\` | ${text} | ${fallback === '' ? '' : `\`${fallback}\``} |`;
}

function fail(what: string): never {
  throw new Error(`${what} has no example in docs/studyExamples.ts`);
}

import { basename } from 'node:path';
import { hasErrors, type Problem, problem, type Reading, sortProblems } from '../problems/index.ts';
import { decodeText, type Located, notText, readYaml, schemaProblems } from '../tables/index.ts';
import { readFileOrSay } from './readFileOrSay.ts';
import { readStudyFile } from './studyFile.ts';
import { StudyFile } from './studySchema.ts';

/** Their name of a population -> ours, as written, with the place of each in its file. */
export type NameMap = ReadonlyMap<string, Located<string>>;

const Names = StudyFile.shape.map.unwrap();

/**
 * The names under which a laboratory knows our populations: the key `map:` of a study.yaml, or a file that holds that
 * key or the names alone.
 */
export function readNameMap(path: string): Reading<NameMap> {
  const file = basename(path);
  const problems: Problem[] = [];
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return { value: undefined, problems };
  const foreign = notText(bytes, file, 'input', 'YAML');
  if (foreign !== undefined) return { value: undefined, problems: [foreign] };
  const yaml = readYaml(decodeText(bytes).text, file);
  problems.push(...yaml.problems);
  const source = yaml.value;
  if (source === undefined) return { value: undefined, problems: sortProblems(problems) };
  const isMapping = typeof source.value === 'object' && source.value !== null && !Array.isArray(source.value);
  const keys = isMapping ? Object.keys(source.value as object) : [];
  if (keys.includes('study') && keys.includes('visits')) {
    const draft = readStudyFile(source, 'analyze', problems);
    return { value: hasErrors(problems) ? undefined : locateName(draft?.map), problems: sortProblems(problems) };
  }
  const isInside = keys.includes('map');
  const value: unknown = isInside ? Reflect.get(source.value as object, 'map') : source.value;
  const base = isInside ? ['map'] : [];
  const parsed = Names.safeParse(value);
  if (!parsed.success) problems.push(...schemaProblems({ error: parsed.error, schema: Names, source, base }));
  for (const key of isInside ? keys.filter((one) => one !== 'map') : []) {
    problems.push(problem('error', 'input.unknown-key', `key "${key}" is not known`, source.at([key], 'key')));
  }
  const found = parsed.success ? locateName({ value: parsed.data, source, path: base }) : undefined;
  return { value: hasErrors(problems) ? undefined : found, problems: sortProblems(problems) };
}

function locateName(part: Located<Readonly<Record<string, string>>> | undefined): NameMap {
  if (part === undefined) return new Map();
  const { value, source, path } = part;
  return new Map(
    Object.entries(value).map(([name, ours]) => [
      name.normalize('NFC'),
      { value: ours.normalize('NFC'), source, path: [...path, name] },
    ]),
  );
}

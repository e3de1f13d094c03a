import type { PanelFacts } from '../analysis/index.ts';
import { didYouMean, type Problem, problem } from '../problems/index.ts';
import type { Located } from '../tables/index.ts';
import { resolveReference, type Template } from '../template/index.ts';
import { panelFacts } from './panelFacts.ts';
import { unknownName } from './studyFile.ts';

/** What references of study.yaml are looked up in: the trees of all panels. */
export interface KnownPopulations {
  /** Full paths in tree order, panel by panel, each once. */
  readonly paths: readonly string[];
  /** Name -> full path: those of the templates, then those that study.yaml adds. */
  readonly denominators: ReadonlyMap<string, string>;
  /** Which panel has which; none where one template serves all tubes. */
  readonly panels: readonly PanelFacts[];
}

/**
 * The populations and denominators that a study may name. A name for two different populations is a conflict, whoever
 * gave it.
 */
export function knownPopulations(
  templates: ReadonlyMap<string, Template>,
  added: ReadonlyMap<string, Located<string>>,
  problems: Problem[],
): { known: KnownPopulations; added: Record<string, string> } {
  const paths = [...new Set([...templates.values()].flatMap(({ populations }) => populations.map(({ path }) => path)))];
  const denominators = new Map<string, string>();
  for (const template of templates.values()) {
    for (const [name, path] of Object.entries(template.denominators)) {
      const other = denominators.get(name);
      if (other !== undefined && other !== path) {
        const message = `denominator "${name}" is "${other}" in one template and "${path}" in "${template.name}"`;
        problems.push(problem('error', 'study.denominator-conflict', message, {}));
      }
      denominators.set(name, path);
    }
  }
  const ours: Record<string, string> = {};
  for (const [name, part] of added) {
    const path = findPopulation(part.value, part, [], paths, problems);
    if (path === undefined) continue;
    const other = denominators.get(name);
    if (other !== undefined && other !== path) {
      const message = `denominator "${name}" is "${path}" here and "${other}" in the template`;
      problems.push(problem('error', 'study.denominator-conflict', message, part.source.at(part.path, 'key')));
    }
    denominators.set(name, path);
    ours[name] = path;
  }
  return { known: { paths, denominators, panels: panelFacts(templates, ours) }, added: ours };
}

/** The full path that a reference means; undefined with a problem where it is unknown or ambiguous. */
export function findPopulation(
  reference: string,
  part: Located<unknown>,
  keys: readonly (string | number)[],
  paths: readonly string[],
  problems: Problem[],
): string | undefined {
  if (reference === 'root') return 'root';
  const found = resolveReference(reference, paths);
  if (found.kind === 'one') return found.path;
  // Without a readable template nothing is known, and its own problems say why.
  if (paths.length === 0) return undefined;
  const where = part.source.at([...part.path, ...keys]);
  if (found.kind === 'many') {
    const message = `population "${reference}" is ambiguous: ${found.matches.map((path) => `"${path}"`).join(', ')}`;
    problems.push(problem('error', 'study.ambiguous-population', message, where));
    return undefined;
  }
  const hint = didYouMean(found.nearest);
  const message = `population "${reference}" is not in the template`;
  problems.push(problem('error', 'study.unknown-population', message, where, hint));
  return undefined;
}

/** The path of a denominator; undefined with a problem where no such name is known. */
export function findDenominator(
  name: string,
  part: Located<unknown>,
  keys: readonly (string | number)[],
  { denominators, paths }: KnownPopulations,
  problems: Problem[],
): string | undefined {
  const path = denominators.get(name);
  if (path !== undefined || paths.length === 0) return path;
  const where = part.source.at([...part.path, ...keys]);
  problems.push(unknownName('denominator', name, [...denominators.keys()], where));
  return undefined;
}

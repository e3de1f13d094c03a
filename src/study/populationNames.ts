import { type Denominator, denominatorWords, type PanelFacts } from '../analysis/index.ts';
import { didYouMean, type Problem, problem } from '../problems/index.ts';
import type { Located } from '../tables/index.ts';
import { type DenominatorEntry, readDenominator, resolveReference, type Template } from '../template/index.ts';
import { panelFacts } from './panelFacts.ts';
import { unknownName } from './studyFile.ts';

/** What references of study.yaml are looked up in: the trees of all panels. */
export interface KnownPopulations {
  /** Full paths in tree order, panel by panel, each once. */
  readonly paths: readonly string[];
  /** By name: those of the templates, then those that study.yaml adds. */
  readonly denominators: ReadonlyMap<string, Denominator>;
  /** Which panel has which; none where one template serves all tubes. */
  readonly panels: readonly PanelFacts[];
}

/**
 * The populations and denominators that a study may name. A name for two different populations is a conflict, whoever
 * gave it.
 */
export function knownPopulations(
  templates: ReadonlyMap<string, Template>,
  added: ReadonlyMap<string, Located<DenominatorEntry>>,
  problems: Problem[],
): { known: KnownPopulations; added: Record<string, Denominator> } {
  const paths = [...new Set([...templates.values()].flatMap(({ populations }) => populations.map(({ path }) => path)))];
  const denominators = new Map<string, Denominator>();
  for (const template of templates.values()) {
    for (const [name, own] of Object.entries(template.denominators)) {
      const other = denominators.get(name);
      if (other !== undefined && !isSame(other, own)) {
        const message = `denominator "${name}" is ${denominatorWords(other)} in one template and ${denominatorWords(own)} in "${template.name}"`;
        problems.push(problem('error', 'study.denominator-conflict', message, {}));
      }
      denominators.set(name, own);
    }
  }
  const ours: Record<string, Denominator> = {};
  for (const [name, part] of added) {
    const find = (reference: string, keys: readonly string[]) => findPopulation(reference, part, keys, paths, problems);
    const { denominator: own, message: misfit } = readDenominator(part.value, find);
    if (misfit !== undefined) {
      const where = part.source.at([...part.path, 'without']);
      problems.push(problem('error', 'study.not-in-denominator', misfit, where));
    }
    if (own === undefined) continue;
    const other = denominators.get(name);
    if (other !== undefined && !isSame(other, own)) {
      const message = `denominator "${name}" is ${denominatorWords(own)} here and ${denominatorWords(other)} in the template`;
      problems.push(problem('error', 'study.denominator-conflict', message, part.source.at(part.path, 'key')));
    }
    denominators.set(name, own);
    ours[name] = own;
  }
  return { known: { paths, denominators, panels: panelFacts(templates, ours) }, added: ours };
}

function isSame(a: Denominator, b: Denominator): boolean {
  return denominatorWords(a) === denominatorWords(b);
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

/** The denominator of a name; undefined with a problem where no such name is known. */
export function findDenominator(
  name: string,
  part: Located<unknown>,
  keys: readonly (string | number)[],
  { denominators, paths }: KnownPopulations,
  problems: Problem[],
): Denominator | undefined {
  const found = denominators.get(name);
  if (found !== undefined || paths.length === 0) return found;
  const where = part.source.at([...part.path, ...keys]);
  problems.push(unknownName('denominator', name, [...denominators.keys()], where));
  return undefined;
}

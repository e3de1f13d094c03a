import { type Problem, problem } from '../problems/index.ts';
import type { Located } from '../tables/index.ts';
import { type Combination, isInside, namesIn } from './combination.ts';

/** A gate that combines populations, once its names are looked up. */
export interface CombinedGate {
  readonly combination: Combination;
  /** Keys below the gate that lead to the combination. */
  readonly keys: readonly (string | number)[];
  readonly part: Located<unknown>;
  /** Full path of the population that the gate makes. */
  readonly path: string;
  /** As written -> full path; what could not be found is not there. */
  readonly references: Readonly<Record<string, string>>;
}

/** Names whose every pattern of membership is tried: 4,096 of them; no gate that was read had more than six. */
const MOST_NAMES = 12;

/**
 * What a combination can never mean: everything outside a population within that population, an event inside and outside
 * of one at once; and what says nothing, since it always holds. Populations lie within their parents; else nothing is
 * known of them here.
 */
export function combinationProblems(gate: CombinedGate): readonly Problem[] {
  const { combination, references, path } = gate;
  const parts = namesIn(combination);
  if (parts.some(({ name }) => references[name] === undefined)) return [];
  const outside = parts.filter(({ name, isComplement }) => isComplement && isAbove(references[name]!, path));
  if (outside.length > 0) return outside.map(({ name, keys }) => outsideItself(gate, name, keys));
  return constantProblems(gate, [...new Set(parts.map(({ name }) => name))]);
}

function outsideItself(
  { path, references, part, keys: start }: CombinedGate,
  name: string,
  keys: CombinedGate['keys'],
) {
  const within = references[name] === 'root' ? 'every population lies within root' : `"${path}" lies within it`;
  const message = `"not ${name}" holds nobody here: ${within}`;
  return problem('error', 'template.empty-combination', message, part.source.at([...part.path, ...start, ...keys]));
}

function constantProblems({ combination, references, path, part, keys }: CombinedGate, names: readonly string[]) {
  const free = [...new Set(names.map((name) => references[name]!))].filter((one) => !isAbove(one, path));
  if (free.length > MOST_NAMES) return [];
  const answers = new Set<boolean>();
  for (let pattern = 0; pattern < 2 ** free.length && answers.size < 2; pattern++) {
    const isIn = (population: string): boolean => {
      const bit = free.indexOf(population);
      return bit < 0 || Math.floor(pattern / 2 ** bit) % 2 === 1;
    };
    const isPossible = free.every((one) => !isIn(one) || free.every((other) => !isAbove(other, one) || isIn(other)));
    if (isPossible) answers.add(isInside(combination, (name) => isIn(references[name]!)));
  }
  if (answers.size > 1) return [];
  const where = part.source.at([...part.path, ...keys]);
  if (answers.has(false)) {
    const message = `the combination of "${path}" can hold nobody: it asks for the inside and the outside of one population`;
    return [problem('error', 'template.empty-combination', message, where)];
  }
  const message = `the combination of "${path}" holds every event of its parent`;
  return [problem('warning', 'template.full-combination', message, where)];
}

/** Whether the first is the second's parent, or lies farther above; or all events. */
function isAbove(upper: string, path: string): boolean {
  return upper === 'root' || path.startsWith(`${upper}/`);
}

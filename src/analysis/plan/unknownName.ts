import { nearestName, type Problem, problem } from '../../problems/index.ts';

/** The problem of a name that is none of the known ones. */
export function unknownName(what: string, name: string, known: readonly string[]): Problem {
  const near = nearestName(name, known);
  const hint = near === undefined ? `known: ${known.join(', ')}` : `did you mean "${near}"?`;
  return problem('error', 'stats.plan-name', `${what} "${name}" is not known`, {}, hint);
}

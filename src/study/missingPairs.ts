import type { Plan } from '../analysis/index.ts';
import { type Problem, problem } from '../problems/index.ts';
import type { Tube, Visit } from './study.ts';

/** A warning for each comparison that names the subjects who lack a visit of it; excluded tubes count as lacking. */
export function missingPairs(
  plan: Plan,
  visits: readonly Visit[],
  tubes: readonly Pick<Tube, 'role' | 'subject' | 'visit' | 'excluded'>[],
  sheet: string,
): Problem[] {
  const done = new Map<string, Set<string>>();
  for (const { role, subject, visit, excluded } of tubes) {
    if (role !== 'sample' || subject === null || visit === null) continue;
    const own = done.get(subject) ?? new Set();
    done.set(subject, excluded ? own : own.add(visit));
  }
  const subjects = [...done.keys()].sort();
  return comparisonsOf(plan, visits).flatMap(({ id, from, to }) => {
    const lacking = subjects.flatMap((subject) => {
      const missing = [from, to].filter((visit) => !done.get(subject)?.has(visit));
      return missing.length === 0 ? [] : [`"${subject}" (no ${missing.join(', no ')})`];
    });
    if (lacking.length === 0) return [];
    const message = `comparison "${id}": ${subjects.length - lacking.length} of ${subjects.length} subjects have both visits; without a pair: ${lacking.join(', ')}`;
    return [problem('warning', 'sheet.missing-pair', message, { file: sheet })];
  });
}

function comparisonsOf(plan: Plan, visits: readonly Visit[]): NonNullable<Plan['comparisons']> {
  if (plan.comparisons !== undefined) return plan.comparisons;
  const [from, to] = visits;
  return from !== undefined && to !== undefined ? [{ id: `${to.id}-${from.id}`, from: from.id, to: to.id }] : [];
}

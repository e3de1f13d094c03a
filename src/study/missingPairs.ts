import type { Plan } from '../analysis/index.ts';
import { type Problem, problem } from '../problems/index.ts';
import type { Tube, Visit } from './study.ts';

/** A tube, or a row of a table, as far as pairs need it. */
export interface PairedTube extends Pick<Tube, 'role' | 'subject' | 'visit' | 'excluded'> {
  /** Why a tube that is there cannot be used, as a word behind the visit; without it `excluded`. */
  readonly lostBy?: string;
}

/** The table that is asked: where a finding lies, and under which code. */
export interface PairedTable {
  readonly file: string;
  readonly code: 'sheet.missing-pair' | 'input.missing-pair';
}

/**
 * A warning for each comparison that names the subjects who lack a visit of it, and why; excluded tubes count as
 * lacking.
 */
export function missingPairs(
  plan: Plan,
  visits: readonly Visit[],
  tubes: readonly PairedTube[],
  { file, code }: PairedTable,
): Problem[] {
  const done = new Map<string, Map<string, string>>();
  const kept = new Set<string>();
  for (const { role, subject, visit, excluded, lostBy = 'excluded' } of tubes) {
    if (role !== 'sample' || subject === null || visit === null) continue;
    const own = done.get(subject) ?? new Map<string, string>();
    done.set(subject, own);
    if (!(excluded && lostBy === 'excluded')) kept.add(subject);
    if (!excluded) own.set(visit, '');
    else if (!own.has(visit)) own.set(visit, lostBy);
  }
  const subjects = [...done.keys()].sort();
  return comparisonsOf(plan, visits).flatMap(({ id, from, to }) => {
    const lacking = subjects.flatMap((subject) => {
      // Whom a person left out is not somebody who did not come.
      if (!kept.has(subject)) return [`"${subject}" (excluded)`];
      const why = [from, to].flatMap((visit) => {
        const lost = done.get(subject)?.get(visit);
        if (lost === '') return [];
        return [lost === undefined ? `no ${visit}` : `${visit} ${lost}`];
      });
      return why.length === 0 ? [] : [`"${subject}" (${why.join(', ')})`];
    });
    if (lacking.length === 0) return [];
    const message = `comparison "${id}": ${subjects.length - lacking.length} of ${subjects.length} subjects have both visits; without a pair: ${lacking.join(', ')}`;
    return [problem('warning', code, message, { file })];
  });
}

/** The comparisons of a plan; where it names none, the second visit against the first. */
export function comparisonsOf(plan: Plan, visits: readonly Visit[]): NonNullable<Plan['comparisons']> {
  if (plan.comparisons !== undefined) return plan.comparisons;
  const [from, to] = visits;
  return from !== undefined && to !== undefined ? [{ id: `${to.id}-${from.id}`, from: from.id, to: to.id }] : [];
}

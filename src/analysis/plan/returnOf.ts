import { type Problem, problem } from '../../problems/index.ts';
import type { Family, ReturnTo } from '../analysisInput.ts';
import type { PlanFamily } from './plan.ts';
import type { PlanFacts } from './planFacts.ts';
import { unknownName } from './unknownName.ts';

/** The return of a transient question with its visits looked up; undefined for any other question, or with a problem. */
export function returnOf(
  source: PlanFamily,
  comparison: Family['comparison'],
  facts: PlanFacts,
  problems: Problem[],
): ReturnTo | undefined {
  if (source.question !== 'transient') return undefined;
  const refuse = (code: 'stats.plan-incomplete' | 'stats.plan-conflict', message: string, hint?: string) =>
    problems.push(problem('error', code, `family "${source.id}": ${message}`, {}, hint));
  const back = source.return_to;
  if (!back) {
    refuse('stats.plan-incomplete', 'a transient question needs return_to, the later visit named beforehand');
    return undefined;
  }
  const { visit, by, holds, margins } = Array.isArray(back)
    ? { visit: back, by: 'fall' as const, holds: 'all' as const, margins: undefined }
    : back;
  const visits = typeof visit === 'string' ? [visit] : visit;
  const [first = ''] = visits;
  const ids = facts.visits.map(({ id }) => id);
  for (const one of visits) {
    if (!ids.includes(one)) problems.push(unknownName('visit', one, ids));
    if (one === comparison.from || one === comparison.to) {
      refuse(
        'stats.plan-conflict',
        `the return visit "${one}" is one of the two compared visits`,
        'name a later visit',
      );
    }
  }
  if (new Set(visits).size < visits.length) {
    refuse('stats.plan-conflict', 'return_to names a visit twice', 'name each visit once');
  }
  const own = margins ?? source.margins;
  if (by === 'equivalence' && !own) refuse('stats.plan-incomplete', 'a return by equivalence needs margins');
  const ordered = ids.filter((id) => visits.includes(id));
  const several = visits.length > 1 ? { several: { visits: ordered, holds } } : {};
  return { visit: visits.length > 1 ? (ordered[0] ?? first) : first, by, margins: own, ...several };
}

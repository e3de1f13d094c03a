import { type Analysis, type ResolvedPlan, returnVisits } from '../analysis/index.ts';
import type { Tube, Visit } from '../study/index.ts';
import { planHash } from './planHash.ts';

/** The plan that a run followed, and what in its results stands beside it. */
export interface PlanRecord {
  /** Null where nothing was planned. */
  readonly sha256: string | null;
  /** Sentences for people, in a fixed order. */
  readonly notPlanned: readonly string[];
}

/**
 * What was planned, by its hash, and every part of the results that the plan does not name: a reader must be able to
 * tell the two apart.
 */
export function planRecord(
  plan: ResolvedPlan,
  {
    visits,
    tubes,
    analysis,
  }: { readonly visits: readonly Visit[]; readonly tubes: readonly Tube[]; readonly analysis: Analysis },
): PlanRecord {
  const sha256 = planHash(plan, visits);
  const unplanned =
    sha256 === null && analysis.comparisons.length > 0
      ? ['study.yaml names no families: every comparison is exploratory and not adjusted']
      : [];
  return { sha256, notPlanned: [...unplanned, ...otherVisits(plan, visits, analysis), ...excludedTubes(tubes)] };
}

/** visits.csv compares every visit with the first, whichever comparisons the families name. */
function otherVisits(plan: ResolvedPlan, visits: readonly Visit[], analysis: Analysis): string[] {
  if (!plan.planned) return [];
  const named = new Set(
    plan.families.flatMap((family) => [family.comparison.from, family.comparison.to, ...returnVisits(family)]),
  );
  const compared = new Set(analysis.visits.flatMap(({ visit, p }) => (p === null || visit === null ? [] : [visit])));
  const others = visits.map(({ id }) => id).filter((id) => compared.has(id) && !named.has(id));
  if (others.length === 0) return [];
  const [first] = visits;
  return [
    `visits.csv also compares ${others.join(', ')} with ${first?.id ?? ''}, adjusted over the visits of an endpoint`,
  ];
}

function excludedTubes(tubes: readonly Tube[]): string[] {
  const excluded = tubes.filter((tube) => tube.excluded);
  const named = excluded.map(({ sampleId, excludeReason }) => `${sampleId} (${excludeReason})`).sort();
  return named.length === 0 ? [] : [`tubes excluded by a person: ${named.join(', ')}`];
}

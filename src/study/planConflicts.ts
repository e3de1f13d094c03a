import { type Plan, type PlanFacts, resolvePlan } from '../analysis/index.ts';
import type { Problem, Where } from '../problems/index.ts';
import type { StudyDraft } from './studyFile.ts';

/** Where the entries of a plan stand in study.yaml, in their order. */
export interface PlanPlaces {
  readonly top: Where;
  readonly families: readonly Where[];
  readonly associations: readonly Where[];
}

export function planPlaces({ source, families = [], associations = [] }: StudyDraft): PlanPlaces {
  return {
    top: source.at([]),
    families: families.map((part) => part.source.at(part.path)),
    associations: associations.map((part) => part.source.at(part.path)),
  };
}

/** What does not go together in a plan, or names what is not there: entry by entry, so that each finding has a place. */
export function planConflicts(plan: Plan, facts: PlanFacts, places: PlanPlaces): Problem[] {
  const { families = [], associations = [], ...others } = plan;
  const bare = resolvePlan({ ...others, ...(plan.families === undefined ? {} : { families: [] }) }, facts).problems;
  // What does not belong to an entry would be told once for each.
  const own = (entry: Partial<Plan>, where: Where = places.top) => {
    const found = resolvePlan({ ...others, families: [], ...entry }, facts).problems;
    const isNew = (one: Problem) => !bare.some((other) => other.message === one.message);
    return placed(found.filter(isNew), where);
  };
  return [
    ...placed(bare, places.top),
    ...families.flatMap((family, index) => own({ families: [family] }, places.families[index])),
    ...associations.flatMap((one, index) => own({ associations: [one] }, places.associations[index])),
  ];
}

function placed(problems: readonly Problem[], where: Where): Problem[] {
  return problems.map((found) => ({ ...found, where }));
}

import { denominatorWords, isPartOf, type Plan, PlanSchema } from '../analysis/index.ts';
import { hasErrors, type Problem, problem } from '../problems/index.ts';
import type { Located } from '../tables/index.ts';
import { planConflicts, planPlaces } from './planConflicts.ts';
import { findDenominator, findPopulation, type KnownPopulations } from './populationNames.ts';
import { duplicateIds, type StudyDraft, unknownName } from './studyFile.ts';

type Family = NonNullable<Plan['families']>[number];

/** What the plan's names are looked up in. */
export interface PlanRequest {
  readonly known: KnownPopulations;
  readonly hasAbsolute: boolean;
}

/**
 * The plan of study.yaml with populations as full paths; every name in it checked at its place. Without families it
 * stays without: what is then compared is decided, and said, by the statistics.
 */
export function readPlan(draft: StudyDraft, { known, hasAbsolute }: PlanRequest, problems: Problem[]): Plan {
  const before = problems.length;
  checkComparisons(draft, problems);
  const families = draft.families?.map((part) => readFamily(part, { draft, known, hasAbsolute }, problems));
  if (draft.families !== undefined) duplicateIds(draft.families, (family) => family.id, 'family', problems);
  const associations = draft.associations?.map(({ value }) => value);
  if (draft.associations !== undefined) duplicateIds(draft.associations, (one) => one.id, 'association', problems);
  const defaults = PlanSchema.parse({});
  const plan: Plan = {
    ...(draft.comparisons === undefined ? {} : { comparisons: draft.comparisons.map(({ value }) => value) }),
    ...(families === undefined ? {} : { families }),
    ...(associations === undefined ? {} : { associations }),
    alpha: draft.alpha ?? defaults.alpha,
    level: draft.level ?? defaults.level,
    rules: draft.rules ?? defaults.rules,
  };
  // Settings that do not go together are found by the room that knows them, once all names are right.
  const areNamesKnown = known.paths.length > 0 && draft.visits.length > 0 && areAllRead(draft);
  if (!hasErrors(problems.slice(before)) && areNamesKnown) {
    const facts = {
      visits: draft.visits.map(({ id }) => ({ id })),
      populations: known.paths,
      denominators: Object.fromEntries(known.denominators),
      covariates: draft.covariates?.value ?? {},
      panels: known.panels,
    };
    problems.push(...planConflicts(plan, facts, planPlaces(draft)));
  }
  return plan;
}

function checkComparisons({ comparisons, visits }: StudyDraft, problems: Problem[]): void {
  if (comparisons === undefined) return;
  duplicateIds(comparisons, (comparison) => comparison.id, 'comparison', problems);
  const ids = visits.map((visit) => visit.id);
  for (const { value, source, path } of comparisons) {
    for (const key of ['from', 'to'] as const) {
      // Without visits that is told; their names are no second fault.
      if (ids.length > 0 && !ids.includes(value[key]))
        problems.push(unknownName('visit', value[key], ids, source.at([...path, key])));
    }
  }
}

interface FamilyContext extends PlanRequest {
  readonly draft: StudyDraft;
}

function readFamily(part: Located<Family>, context: FamilyContext, problems: Problem[]): Family {
  const { value: family, source, path } = part;
  const { draft } = context;
  const comparisons = comparisonIds(draft);
  if (areAllRead(draft) && !comparisons.includes(family.comparison)) {
    problems.push(unknownName('comparison', family.comparison, comparisons, source.at([...path, 'comparison'])));
  }
  checkReturn(part, draft, problems);
  const endpoints = family.endpoints.map((endpoint, index) => {
    const place = { ...part, path: [...path, 'endpoints', index] };
    const population = findPopulation(endpoint.population, place, ['population'], context.known.paths, problems);
    checkMeasure(endpoint.measure, population, place, context, problems);
    const to =
      endpoint.to === undefined ? undefined : findPopulation(endpoint.to, place, ['to'], context.known.paths, problems);
    return { ...endpoint, population: population ?? endpoint.population, ...(to === undefined ? {} : { to }) };
  });
  return { ...family, endpoints };
}

/** Every visit of a return at its place: one, or a list, under `visit` or as the whole entry. */
function checkReturn({ value, source, path }: Located<Family>, draft: StudyDraft, problems: Problem[]): void {
  const back = value.return_to;
  if (back === undefined) return;
  const visits = draft.visits.map((visit) => visit.id);
  const isList = Array.isArray(back);
  const named = isList ? back : back.visit;
  const place = [...path, 'return_to', ...(isList ? [] : ['visit'])];
  for (const [index, one] of (typeof named === 'string' ? [named] : named).entries()) {
    const at = source.at(typeof named === 'string' ? place : [...place, index]);
    if (!visits.includes(one)) problems.push(unknownName('visit', one, visits, at));
  }
}

/** Whether each comparison that stands in the file could be read: one that could not may be the one that is named. */
function areAllRead({ source, comparisons }: StudyDraft): boolean {
  if (comparisons === undefined) return true;
  const written = Reflect.get(source.value as object, 'comparisons');
  return Array.isArray(written) && written.length === comparisons.length;
}

function comparisonIds({ comparisons, visits }: StudyDraft): string[] {
  if (comparisons !== undefined) return comparisons.map(({ value }) => value.id);
  const [from, to] = visits;
  return from !== undefined && to !== undefined ? [`${to.id}-${from.id}`] : [];
}

function checkMeasure(
  measure: string,
  population: string | undefined,
  place: Located<unknown>,
  { known, hasAbsolute }: FamilyContext,
  problems: Problem[],
): void {
  const where = place.source.at([...place.path, 'measure']);
  if (measure === 'cells_per_ul' && !hasAbsolute) {
    problems.push(problem('error', 'study.no-absolute', 'measure "cells_per_ul" needs "absolute:"', where));
  }
  if (!measure.startsWith('pct_of_')) return;
  const name = measure.slice('pct_of_'.length);
  const denominator = findDenominator(name, place, ['measure'], known, problems);
  if (denominator === undefined || population === undefined) return;
  if (isPartOf(population, denominator)) return;
  const message = `"${population}" does not lie in ${denominatorWords(denominator)}, the denominator of "${measure}"`;
  problems.push(problem('error', 'study.not-below-denominator', message, where));
}

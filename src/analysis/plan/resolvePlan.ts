import { type Problem, problem, type Reading } from '../../problems/index.ts';
import { adjustmentOf, defaultAdjustment, defaultTests, flippableTests, pairedTests } from '../../statistics/index.ts';
import type { Family, ResolvedPlan } from '../analysisInput.ts';
import { resolveAssociations } from '../associations/resolveAssociations.ts';
import { defaultSensitivities, type Plan, type PlanFamily } from './plan.ts';
import type { PlanFacts } from './planFacts.ts';
import { endpointsOf } from './resolveEndpoints.ts';
import { returnOf } from './returnOf.ts';
import { unknownName } from './unknownName.ts';

/**
 * The plan with every name looked up and every default filled in. Without families: the second visit against the
 * first, every population as percent of parent, one exploratory family `all`, nothing planned.
 */
export function resolvePlan(plan: Plan, facts: PlanFacts): Reading<ResolvedPlan> {
  const problems: Problem[] = [];
  const planned = plan.families !== undefined;
  const comparisons = comparisonsOf(plan, facts, problems);
  const sources = plan.families ?? defaultFamilies(comparisons[0]?.id, facts);
  if (new Set(sources.map((family) => family.id)).size < sources.length) {
    problems.push(problem('error', 'stats.plan-name', 'two families have the same id', {}));
  }
  const families: Family[] = [];
  for (const source of sources) {
    const comparison = comparisons.find((one) => one.id === source.comparison);
    if (comparison) families.push(familyOf(source, comparison, facts, problems));
    else
      problems.push(
        unknownName(
          'comparison',
          source.comparison,
          comparisons.map((one) => one.id),
        ),
      );
  }
  const associations = resolveAssociations(plan.associations ?? [], comparisons, facts, problems);
  const { alpha, level, rules } = plan;
  if (rules.zero_rule === 'lod' && rules.lod === undefined) {
    problems.push(
      problem('error', 'stats.plan-incomplete', 'zero_rule "lod" needs rules.lod, the limit of detection in %', {}),
    );
  }
  const failed = problems.some((found) => found.severity === 'error');
  return { value: failed ? undefined : { planned, families, associations, alpha, level, rules }, problems };
}

function comparisonsOf(plan: Plan, facts: PlanFacts, problems: Problem[]): Family['comparison'][] {
  const ids = facts.visits.map((visit) => visit.id);
  if (!plan.comparisons) {
    const [from, to] = ids;
    return from !== undefined && to !== undefined ? [{ id: `${to}-${from}`, from, to }] : [];
  }
  for (const { id, from, to } of plan.comparisons) {
    for (const visit of [from, to]) if (!ids.includes(visit)) problems.push(unknownName('visit', visit, ids));
    if (from === to)
      problems.push(problem('error', 'stats.plan-name', `comparison "${id}" compares "${from}" with itself`, {}));
  }
  return plan.comparisons;
}

function defaultFamilies(comparison: string | undefined, facts: PlanFacts): PlanFamily[] {
  if (comparison === undefined || facts.populations.length === 0) return [];
  const { panels = [] } = facts;
  const all = facts.populations.map((population) => ({ population, measure: 'pct_parent' }));
  const endpoints =
    panels.length === 0
      ? all
      : panels.flatMap((panel) =>
          panel.populations.map((population) => ({ population, measure: 'pct_parent', panel: panel.name })),
        );
  return [
    {
      id: 'all',
      role: 'exploratory',
      question: 'change',
      comparison,
      scale: 'log-ratio',
      zero_handling: 'wilcoxon',
      alternative: 'two-sided',
      claim: 'each',
      sensitivity: [],
      endpoints,
    },
  ];
}

function familyOf(source: PlanFamily, comparison: Family['comparison'], facts: PlanFacts, problems: Problem[]): Family {
  const endpoints = endpointsOf(source, `family "${source.id}"`, facts, problems);
  const sensitivity = source.sensitivity ?? (source.question === 'change' ? [...defaultSensitivities] : []);
  return {
    id: source.id,
    role: source.role,
    question: source.question,
    comparison,
    test: testOf(source, problems),
    scale: source.scale,
    zeroHandling: source.zero_handling,
    alternative: source.alternative,
    sensitivity,
    adjust:
      source.claim === 'joint'
        ? 'none'
        : (source.adjust ?? (source.role === 'exploratory' ? 'none' : defaultAdjustment)),
    margins: source.margins,
    ...(claimOf(source, problems) === 'joint' ? { claim: 'joint' as const } : {}),
    returnTo: returnOf(source, comparison, facts, problems),
    ...controlVisits(source, facts, problems),
    endpoints,
  };
}

/** Visits that tell how far the same patient lies apart where nothing changes; the margins must have a scale for it. */
function controlVisits(source: PlanFamily, facts: PlanFacts, problems: Problem[]): Pick<Family, 'sdFrom'> {
  const [from, to] = source.sd_from ?? [];
  if (from === undefined || to === undefined) return {};
  const refuse = (message: string, hint: string) =>
    problems.push(problem('error', 'stats.plan-conflict', `family "${source.id}": ${message}`, {}, hint));
  const ids = facts.visits.map(({ id }) => id);
  for (const visit of [from, to]) if (!ids.includes(visit)) problems.push(unknownName('visit', visit, ids));
  if (from === to) refuse('sd_from names a visit twice', 'name two visits');
  if (source.question !== 'equivalence')
    refuse(`sd_from tells the power of equivalence, and the question is "${source.question}"`, 'leave out sd_from');
  return { sdFrom: { from, to } };
}

/** A joint claim takes no adjustment: every endpoint must hold (Berger 1982). */
function claimOf({ id, claim, question, adjust }: PlanFamily, problems: Problem[]): PlanFamily['claim'] {
  if (claim !== 'joint') return claim;
  const refuse = (message: string, hint: string) =>
    problems.push(problem('error', 'stats.plan-conflict', `family "${id}": ${message}`, {}, hint));
  if (question !== 'equivalence')
    refuse(`a question "${question}" has no joint claim`, 'leave out claim, or ask for equivalence');
  if (adjust !== undefined && adjust !== 'none')
    refuse(`a joint claim is not adjusted, and adjust is "${adjust}"`, 'leave out adjust');
  return claim;
}

function testOf(source: PlanFamily, problems: Problem[]): Family['test'] {
  const isEquivalence = source.question === 'equivalence';
  const test = source.test ?? defaultTests[source.question];
  const fits =
    source.question === 'transient' ? test === defaultTests.transient : pairedTests[test].question === source.question;
  if (!fits) {
    const message = `family "${source.id}": test "${test}" does not answer the question "${source.question}"`;
    problems.push(problem('error', 'stats.plan-conflict', message, {}, 'leave out test to have the default'));
  }
  const isSymmetric = source.question === 'change' || source.alternative === 'two-sided';
  if (!isSymmetric) {
    const message = `family "${source.id}": a question "${source.question}" has no alternative "${source.alternative}"`;
    problems.push(problem('error', 'stats.plan-conflict', message, {}, 'leave out alternative'));
  }
  const isFlippable = source.question === 'change' && flippableTests.includes(test);
  const needsFlips = adjustmentOf(source.adjust ?? 'none')?.needs === 'differences';
  if (needsFlips && !(isFlippable && source.alternative === 'two-sided')) {
    const message = `family "${source.id}": ${source.adjust} flips patients for a two-sided change by ${flippableTests.join(' or ')}`;
    problems.push(problem('error', 'stats.plan-conflict', message, {}, 'use holm, or that question and test'));
  }
  const unfit = (source.sensitivity ?? []).filter(
    (name) => isEquivalence && ['percent', 'pratt', 't_logit', 'absolute'].includes(name),
  );
  for (const name of unfit) {
    const message = `family "${source.id}": sensitivity "${name}" does not apply to equivalence, whose margins name the scale`;
    problems.push(problem('error', 'stats.plan-conflict', message, {}, `remove "${name}"`));
  }
  return test;
}

import { type Problem, problem } from '../../problems/index.ts';
import { isRatioScale } from '../../statistics/index.ts';
import type { Association, Endpoint, Family } from '../analysisInput.ts';
import type { PlanAssociation } from '../plan/associationPlan.ts';
import { isValueMeasure } from '../plan/endpointValue.ts';
import type { PlanFacts } from '../plan/planFacts.ts';
import { endpointsOf } from '../plan/resolveEndpoints.ts';
import { unknownName } from '../plan/unknownName.ts';

type Comparisons = readonly Family['comparison'][];

/** The entries of `associations:` with comparisons, populations and covariates looked up. */
export function resolveAssociations(
  entries: readonly PlanAssociation[],
  comparisons: Comparisons,
  facts: PlanFacts,
  problems: Problem[],
): Association[] {
  if (new Set(entries.map((entry) => entry.id)).size < entries.length) {
    problems.push(problem('error', 'stats.plan-name', 'two associations have the same id', {}));
  }
  return entries.map((settings): Association => {
    const what = `association "${settings.id}"`;
    const endpoints = endpointsOf(settings, what, facts, problems);
    const main = 'comparison' in settings ? settings.comparison : undefined;
    const [comparison] = main === undefined ? [] : find([main], comparisons, problems);
    const others = find(otherIds(settings), comparisons, problems);
    checkCovariates(settings, facts, problems);
    checkSettings(settings, what, endpoints, problems);
    return { settings, comparison, others, endpoints };
  });
}

function otherIds(settings: PlanAssociation): readonly string[] {
  if (settings.question === 'negative_control') return settings.controls;
  if (settings.question === 'correlation') return settings.over === undefined ? [] : [settings.over];
  const response = 'by_response' in settings ? settings.by_response?.comparison : undefined;
  const again = settings.question === 'responders' ? settings.again : undefined;
  return [again, response].flatMap((id) => id ?? []);
}

function find(ids: readonly string[], comparisons: Comparisons, problems: Problem[]): Family['comparison'][] {
  const known = comparisons.map((one) => one.id);
  return ids.flatMap((id) => {
    const found = comparisons.find((one) => one.id === id);
    if (!found) problems.push(unknownName('comparison', id, known));
    return found ?? [];
  });
}

function checkCovariates(settings: PlanAssociation, { covariates }: PlanFacts, problems: Problem[]): void {
  if (covariates === undefined) return;
  if (settings.question === 'correlation') {
    const numbers = Object.keys(covariates).filter((name) => covariates[name] === 'number');
    for (const name of [settings.with, settings.assigned]) {
      if (name !== undefined && !numbers.includes(name)) problems.push(unknownName('number covariate', name, numbers));
    }
  }
  const rule = 'by_response' in settings ? settings.by_response : undefined;
  if (rule !== undefined && covariates[rule.covariate] !== 'number') {
    const numbers = Object.keys(covariates).filter((name) => covariates[name] === 'number');
    problems.push(unknownName('number covariate', rule.covariate, numbers));
  }
  const by = 'by' in settings && rule === undefined ? settings.by : undefined;
  const groups = ['arm', ...Object.keys(covariates)];
  if (by !== undefined && !groups.includes(by)) problems.push(unknownName('covariate', by, groups));
}

function checkSettings(
  settings: PlanAssociation,
  what: string,
  endpoints: readonly Endpoint[],
  problems: Problem[],
): void {
  const refuse = (message: string, hint: string) =>
    problems.push(problem('error', 'stats.plan-conflict', `${what}: ${message}`, {}, hint));
  if (settings.question === 'responders' && !isRatioScale(settings.scale)) {
    refuse('a ratio of responders has no meaning on percent or arcsinh', 'use log-ratio or logit');
  }
  if (settings.question === 'trend' && new Set(settings.order).size < settings.order.length) {
    refuse('the order names a group twice', 'name each group once');
  }
  if (settings.question !== 'composition') return;
  const isMixed = new Set(endpoints.map((one) => one.measure)).size > 1;
  if (isMixed || endpoints.some((one) => isValueMeasure(one.measure))) {
    refuse('the parts of a composition are shares of one denominator', 'give all endpoints the same pct_of_');
  }
  if (endpoints.length + (settings.rest ? 1 : 0) < 2) refuse('a composition has at least two parts', 'add a part');
}

import { isRatioScale } from '../../statistics/index.ts';
import { type Endpoint, type Family, type ResolvedPlan, returnVisits } from '../analysisInput.ts';
import { type Comparison, emptyComparison } from '../analysisRows.ts';
import { testOf } from './decide.ts';
import { describe, returnSentence } from './describe.ts';
import type { Evaluation } from './evaluate.ts';
import type { MemberRow } from './memberRow.ts';
import { stabilityCells } from './stabilityCells.ts';

/** The rows `return` of an endpoint: each later visit against the visit of the rise, and against baseline. */
export function returnRows(member: MemberRow, study: string, plan: ResolvedPlan): Comparison[] {
  const { family, endpoint, analysis } = member;
  const { from, to } = family.comparison;
  return (analysis.returns ?? []).map(({ visit, against, evaluation, isTested }) => {
    const untested = isTested ? {} : notTested;
    return {
      ...emptyComparison,
      ...keysOf(family, endpoint, study),
      visit_from: against === 'from' ? from : to,
      visit_to: visit,
      analysis: 'return',
      planned: plan.planned,
      ...evaluationCells(evaluation),
      ...untested,
      alpha: plan.alpha,
      sentence: returnSentence(member, { visit, against, evaluation, isTested }),
    };
  });
}

/** Where all of several visits must hold, all are named. */
function allVisits(family: Family): Partial<Comparison> {
  return family.returnTo?.several?.holds === 'all' ? { iut_visit: returnVisits(family).join(';') } : {};
}

/** Described beside the claim, and no part of it. */
const notTested: Partial<Comparison> = {
  test: null,
  method: null,
  alternative: null,
  statistic: null,
  p_count: null,
  p_total: null,
  p: null,
  p_min_attainable: null,
  status: 'ok',
  reason: null,
};

function keysOf(family: Family, endpoint: Endpoint, study: string): Partial<Comparison> {
  const names = endpoint.population.split('/');
  return {
    study,
    family: family.id,
    endpoint: endpoint.key,
    population: endpoint.population,
    parent: names.length > 1 ? names.slice(0, -1).join('/') : 'root',
    denominator: endpoint.denominator === '' ? null : endpoint.denominator,
    role: family.role,
    question: family.question,
    panel: endpoint.panel ?? null,
  };
}

/** One row of comparisons.csv. */
export function comparisonRow(member: MemberRow, study: string, plan: ResolvedPlan): Comparison {
  const { family, endpoint, analysis, adjusted } = member;
  const { evaluation, leaveOneOut } = analysis;
  const cells = evaluation ? evaluationCells(evaluation) : notComputed;
  return {
    ...emptyComparison,
    ...keysOf(family, endpoint, study),
    visit_from: family.comparison.from,
    visit_to: family.comparison.to,
    analysis: analysis.analysis,
    planned: plan.planned,
    ...cells,
    ...stabilityCells(member),
    ...allVisits(family),
    adjust: family.claim ?? family.adjust,
    family_size: adjusted.familySize,
    p_adj: adjusted.pAdj,
    p_adj_bh: adjusted.pAdjBh,
    alpha: plan.alpha,
    reject: adjusted.reject,
    can_reject: evaluation ? adjusted.canReject : null,
    loo_p_max: leaveOneOut?.pMax ?? null,
    loo_subject: leaveOneOut?.subject ?? null,
    flags: flagsOf(member).join(';'),
    sentence: describe(member, plan),
  };
}

const notComputed: Partial<Comparison> = { status: 'not_estimable', reason: 'not_computed' };

function evaluationCells(e: Evaluation): Partial<Comparison> {
  const { setup, decision, counts } = e;
  const isKnown = decision.status !== 'not_estimable';
  return {
    scale: setup.rule.scale,
    zero_rule: setup.rule.zeroRule,
    test: decision.test,
    method: isKnown ? decision.method : null,
    alternative: alternativeOf(e),
    zero_handling: testOf(setup).ranksZeros ? setup.zeroHandling : null,
    n_pairs: counts.pairs,
    n_used: counts.used,
    n_zero: counts.zero,
    n_tied: counts.tied,
    n_up: counts.up,
    n_down: counts.down,
    median_from: e.medianFrom,
    median_to: e.medianTo,
    ...effectCells(e),
    statistic: isKnown ? decision.statistic : null,
    p_count: isKnown ? decision.count : null,
    p_total: isKnown ? decision.total : null,
    p: e.p,
    p_min_attainable: isKnown && decision.smallestP > 0 ? decision.smallestP : null,
    ...equivalenceCells(e),
    iut_p: setup.question === 'transient' ? e.p : null,
    iut_visit: setup.returnTo?.visit ?? null,
    counting_share: e.countingShare,
    status: decision.status,
    reason: isKnown ? null : decision.reason,
    difference_p: e.differenceP,
  };
}

function effectCells(e: Evaluation): Partial<Comparison> {
  const isRatio = isRatioScale(e.setup.rule.scale);
  const asRatio = (value: number | null | undefined) => (isRatio && value != null ? Math.exp(value) : null);
  return {
    estimate: e.estimate?.value ?? null,
    ci_low: e.estimate?.low ?? null,
    ci_high: e.estimate?.high ?? null,
    ci_nominal: e.estimate ? e.setup.level : null,
    ci_level: e.estimate?.level ?? null,
    ci_reaches_nominal: e.estimate ? e.estimate.reachesNominal : null,
    ratio: asRatio(e.estimate?.value),
    ratio_low: asRatio(e.estimate?.low),
    ratio_high: asRatio(e.estimate?.high),
    diff_points: e.points?.value ?? null,
    diff_low: e.points?.low ?? null,
    diff_high: e.points?.high ?? null,
    rank_biserial: e.rankBiserial,
    dz: e.dz,
    gz: e.gz?.value ?? null,
    gz_low: e.gz?.low ?? null,
    gz_high: e.gz?.high ?? null,
  };
}

function equivalenceCells(e: Evaluation): Partial<Comparison> {
  const { margins, question, alpha } = e.setup;
  const isAsked = question === 'equivalence';
  return {
    margin_low: margins?.low ?? null,
    margin_high: margins?.high ?? null,
    tost_p: isAsked ? e.p : null,
    tost_ci_low: e.tost?.low ?? null,
    tost_ci_high: e.tost?.high ?? null,
    tost_ci_level: e.tost?.level ?? null,
    equivalent: isAsked && e.p !== null ? e.p <= alpha : null,
  };
}

function alternativeOf({ setup }: Evaluation): string {
  if (setup.question === 'equivalence') return 'equivalence';
  return setup.question === 'transient' ? 'greater' : setup.alternative;
}

function flagsOf({ analysis, adjusted, riseShown }: MemberRow): string[] {
  const e = analysis.evaluation;
  if (!e) return [];
  const flags: string[] = [];
  if (!adjusted.canReject) flags.push('cannot_reject');
  if (e.countingShare !== null && e.countingShare > 0.5) flags.push('counting_share');
  if (e.usesDetectionLimit) flags.push('detection_limit');
  if (intervalDisagrees(e)) flags.push('interval_p_disagree');
  if (riseShown === false) flags.push('rise_not_shown');
  if (adjusted.isApproximate) flags.push('random_flips');
  return flags;
}

/** Ties, zeros and Pratt's ranks can part an interval and its p: it is said, and neither is mended. */
function intervalDisagrees({ setup, estimate, p }: Evaluation): boolean {
  if (setup.question !== 'change' || setup.alternative !== 'two-sided') return false;
  if (estimate?.low == null || estimate.high == null || estimate.level === null || p === null) return false;
  const excludesZero = estimate.low > 0 || estimate.high < 0;
  return excludesZero !== p <= 1 - estimate.level;
}

import {
  fisherExact,
  isRatioScale,
  type ScaleRule,
  signedRanks,
  usesDetectionLimit,
  valueOnScale,
} from '../../statistics/index.ts';
import { type Endpoint, type Family, type ResolvedPlan, returnVisits } from '../analysisInput.ts';
import type { Pair } from '../analysisRows.ts';
import { daysBetween } from './daysBetween.ts';
import { testOf } from './decide.ts';
import { pairTubes, scalePairs, type TubePair } from './pairing.ts';
import { primarySetup, type Setup } from './setup.ts';
import { splitChange } from './splitChange.ts';
import { byCodeUnit, type EndpointTubes, type Tube, zeroRuleOf } from './tubes.ts';

/**
 * Rows of pairs.csv for one endpoint of one family: every subject with either visit, ascending; a transient question
 * adds the pair that answers the return.
 */
export function pairRows(family: Family, endpoint: Endpoint, plan: ResolvedPlan, tubes: EndpointTubes): Pair[] {
  const setup = primarySetup(family, endpoint, plan, zeroRuleOf(endpoint, tubes, plan.rules));
  const { from, to } = family.comparison;
  const back = setup.returnTo;
  const context = { family, endpoint, setup, tubes };
  const visits = returnVisits(family);
  const rows = visitPairRows(context, from, to, visits.length === 1 ? visits[0] : undefined);
  if (!back) return rows;
  const [first, third] = back.by === 'fall' ? [to, from] : [from, to];
  return [...rows, ...visits.flatMap((visit) => visitPairRows(context, first, visit, third))];
}

interface Context {
  readonly family: Family;
  readonly endpoint: Endpoint;
  readonly setup: Setup;
  readonly tubes: EndpointTubes;
}

function visitPairRows(context: Context, from: string, to: string, third: string | undefined): Pair[] {
  const { family, endpoint, setup, tubes } = context;
  const pairs = pairTubes(tubes, from, to, third);
  const ranks = ranksOf(pairs, setup);
  return pairs.map((pair): Pair => {
    const rank = ranks.bySubject.get(pair.subject) ?? null;
    const isDropped = rank === 0 && testOf(setup).dropsZeros;
    const split = splitChange(pair.from, pair.to);
    const reason = pair.reason || (ranks.isOnScale ? '' : 'infinite_on_scale') || (isDropped ? 'zero_difference' : '');
    return {
      subject: pair.subject,
      endpoint: endpoint.key,
      visit_from: from,
      visit_to: to,
      ...tubeCells(pair),
      ...changeCells(pair, setup.rule),
      rank,
      used: reason === '',
      reason: reason === '' ? null : reason,
      days_between: daysBetween(pair.from?.date ?? null, pair.to?.date ?? null),
      flags: flagsOf(pair, setup.rule),
      family: family.id,
      scale: setup.rule.scale,
      cells_moved: setup.rule.isAbsolute ? null : (split?.cells ?? null),
      gate_moved: setup.rule.isAbsolute ? null : (split?.gate ?? null),
      panel: endpoint.panel ?? null,
    };
  });
}

function ranksOf(pairs: readonly TubePair[], setup: Setup): { bySubject: Map<string, number>; isOnScale: boolean } {
  const complete = pairs.flatMap(({ subject, from, to, reason }) =>
    reason === '' && from && to ? [{ subject, from, to }] : [],
  );
  const scaled = scalePairs(complete, setup.rule);
  if (!scaled.isOnScale) return { bySubject: new Map(), isOnScale: false };
  const { signed } = signedRanks(scaled.differences, scaled.tolerance, setup.zeroHandling);
  return { bySubject: new Map(complete.map((pair, i) => [pair.subject, signed[i]!])), isOnScale: true };
}

function flagsOf(pair: TubePair, rule: ScaleRule): string {
  const { from, to } = pair;
  const flags = new Set([...(from?.flags ?? []), ...(to?.flags ?? [])]);
  if (!hasFold(pair)) flags.add('few_events');
  if ([from, to].some((tube) => tube && usesDetectionLimit(tube, rule))) flags.add('detection_limit');
  return [...flags].sort(byCodeUnit).join(';');
}

function tubeCells({ from, to }: TubePair) {
  return {
    sample_from: from?.sampleId ?? null,
    sample_to: to?.sampleId ?? null,
    k_from: from?.count ?? null,
    n_from: from?.parentCount ?? null,
    k_to: to?.count ?? null,
    n_to: to?.parentCount ?? null,
    pct_from: from?.percent ?? null,
    pct_to: to?.percent ?? null,
    abs_from: from?.absolute ?? null,
    abs_to: to?.absolute ?? null,
  };
}

function changeCells(pair: TubePair, rule: ScaleRule) {
  const { from, to } = pair;
  const [valueFrom, valueTo] = [finiteValue(from, rule), finiteValue(to, rule)];
  const delta = valueFrom === null || valueTo === null ? null : valueTo - valueFrom;
  const isRatio = isRatioScale(rule.scale) && hasFold(pair);
  const hasPercents = from?.percent != null && to?.percent != null;
  return {
    value_from: valueFrom,
    value_to: valueTo,
    delta,
    ratio: delta !== null && isRatio ? Math.exp(delta) : null,
    diff_points: hasPercents ? to.percent - from.percent : null,
    counting_p: countingP(from, to),
  };
}

/** Between counts below this the counting noise of a quotient alone is a factor of 1.6 and more. */
const LEAST_FOR_FOLD = 10;

/**
 * Whether two counts are enough to call their quotient a fold: out of none, or into none, it rests on the added half
 * event, and between two counts of a few on chance. The difference stays, and enters the test.
 */
function hasFold({ from, to }: TubePair): boolean {
  if (from?.count == null || to?.count == null) return true;
  return Math.min(from.count, to.count) > 0 && Math.max(from.count, to.count) >= LEAST_FOR_FOLD;
}

// An excluded tube keeps its numbers here; one that was not evaluable has counts and no percentage.
function finiteValue(tube: Tube | undefined, rule: ScaleRule): number | null {
  if (!tube || (tube.percent === null && !rule.isAbsolute)) return null;
  const value = valueOnScale(tube, rule);
  return value !== null && Number.isFinite(value) ? value : null;
}

function countingP(from: Tube | undefined, to: Tube | undefined): number | null {
  if (from?.count == null || to?.count == null || from.parentCount == null || to.parentCount == null) return null;
  if (from.parentCount === 0 || to.parentCount === 0) return null;
  return fisherExact(from.count, from.parentCount, to.count, to.parentCount);
}

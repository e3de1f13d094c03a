import { hodgesLehmann, isRatioScale, maxT, median, signedRankTest, tieTolerance } from '../../statistics/index.ts';
import type { Endpoint, Family, ResolvedPlan, Ridges } from '../analysisInput.ts';
import { adjustFamily } from '../comparison/adjustFamily.ts';
import { exactP } from '../comparison/evaluate.ts';
import { type CompletePair, completePairs, scalePairs } from '../comparison/pairing.ts';
import { primarySetup, type Setup } from '../comparison/setup.ts';
import { type EndpointTubes, zeroRuleOf } from '../comparison/tubes.ts';
import { holds, type Judgement, judge } from './judge.ts';
import { pairsAbove, type RidgeTubes, ridgeTubes } from './ridgeProfiles.ts';
import { emptyRidgeEffect, type RidgeEffect } from './ridgeRows.ts';

export interface RidgeRequest {
  readonly study: string;
  readonly plan: ResolvedPlan;
  readonly tubesOf: (endpoint: Endpoint) => EndpointTubes;
  readonly ridges: Ridges;
  readonly seed: number;
}

export interface RidgeCurve {
  readonly rows: readonly RidgeEffect[];
  /** The border nearest to the placed one at which the verdict is another, in u from the core; null where none is. */
  readonly tippingPoint: number | null;
}

/**
 * The change of each endpoint of a family without the gate's border: at every border along the ridge, at any of them
 * (Westfall & Young 1993, whole patients flipped, the largest of all borders), and as the shift of the mean position.
 * @returns one an endpoint; undefined where the gate lies on no ridge
 */
export function ridgeCurves(family: Family, request: RidgeRequest): (RidgeCurve | undefined)[] {
  const { plan, tubesOf, ridges } = request;
  const members = family.endpoints.map((endpoint) => {
    const tubes = tubesOf(endpoint);
    const setup = primarySetup(family, endpoint, plan, zeroRuleOf(endpoint, tubes, plan.rules));
    const pairs = completePairs(tubes, family.comparison.from, family.comparison.to);
    const both = pairs.flatMap(({ from, to }) => [from, to]);
    return {
      endpoint,
      setup,
      pairs,
      chosen: judge(pairs, setup),
      ridge: ridgeTubes(endpoint, both, ridges),
    };
  });
  return members.map(({ endpoint, setup, pairs, ridge, chosen }, index) => {
    const isCounted = pairs.every(({ from, to }) => from.parentCount !== null && to.parentCount !== null);
    if (!ridge || !isCounted || pairs.length === 0 || setup.rule.isAbsolute) return undefined;
    const at = ridge.borders.map((_, border) => pairsAbove(pairs, ridge, border));
    const keys: Partial<RidgeEffect> = {
      study: request.study,
      family: family.id,
      endpoint: endpoint.key,
      alignment: ridge.alignment,
      visit_from: family.comparison.from,
      visit_to: family.comparison.to,
      n_pairs: pairs.length,
    };
    const rows = [
      ...wholeRows(pairs, at, { ridge, setup, seed: request.seed }),
      ...borderRows(at, { ridge, setup, seed: request.seed }),
    ];
    const verdictOf = (one: Judgement) => {
      const judged = members.map((member, i) => (i === index ? one : member.chosen));
      const adjusted = adjustFamily(judged, family, { alpha: plan.alpha, seed: request.seed });
      const p = family.adjust === 'none' ? one.p : (adjusted[index]?.pAdj ?? null);
      return holds({ estimate: one.estimate, p }, { estimate: chosen.estimate, question: family.question }, plan.alpha);
    };
    const verdicts = at.map((own) => verdictOf(judge(own, setup)));
    return {
      rows: rows.map((row) => ({ ...emptyRidgeEffect, ...keys, ...row })),
      tippingPoint: tippingPoint(ridge, verdicts, verdictOf(chosen)),
    };
  });
}

interface Curve {
  readonly ridge: RidgeTubes;
  readonly setup: Setup;
  readonly seed: number;
}

function nearest({ borders, chosen }: RidgeTubes): number {
  return borders.reduce(
    (best, border, i) => (Math.abs(border - chosen) < Math.abs(borders[best]! - chosen) ? i : best),
    0,
  );
}

/** Outward from the placed border; null too where the ridge alone, at that border, does not say what the gate says. */
function tippingPoint(ridge: RidgeTubes, verdicts: readonly boolean[], isShown: boolean): number | null {
  if (verdicts[nearest(ridge)] !== isShown) return null;
  const outward = ridge.borders.map((border, i) => ({ border, isShown: verdicts[i]! }));
  outward.sort((a, b) => Math.abs(a.border - ridge.chosen) - Math.abs(b.border - ridge.chosen) || a.border - b.border);
  return outward.find((one) => one.isShown !== isShown)?.border ?? null;
}

/**
 * p of each border among all borders, by flips of whole patients. By t: the few values of a signed-rank statistic would
 * make many borders the largest at once.
 */
function amongAll(at: readonly (readonly CompletePair[])[], { setup, seed }: Curve): readonly (number | null)[] {
  const scaled = at.map((pairs) => scalePairs(pairs, setup.rule));
  if (!scaled.every((one) => one.isOnScale)) return at.map(() => null);
  const patients = at[0]?.map((_, i) => scaled.map((one) => one.differences[i]!)) ?? [];
  const tolerances = scaled.map((one) => one.tolerance);
  const { zeroHandling } = setup;
  return maxT({ rows: patients, tolerances, statistic: 't', zeroHandling, seed }).pSingleStep;
}

function borderRows(at: readonly (readonly CompletePair[])[], curve: Curve): Partial<RidgeEffect>[] {
  const { ridge, setup } = curve;
  const whole = amongAll(at, curve);
  const chosen = nearest(ridge);
  return at.map((pairs, i) => {
    const scaled = scalePairs(pairs, setup.rule);
    const cells = { analysis: 'border', border: ridge.borders[i]!, is_chosen: i === chosen, scale: setup.rule.scale };
    const medians = {
      pct_from: median(pairs.flatMap(({ from }) => from.percent ?? [])) ?? null,
      pct_to: median(pairs.flatMap(({ to }) => to.percent ?? [])) ?? null,
    };
    if (!scaled.isOnScale) return { ...cells, ...medians, status: 'not_estimable', reason: 'infinite_on_scale' };
    return {
      ...cells,
      ...medians,
      ...shiftCells(scaled.differences, scaled.tolerance, setup),
      p_max_t: whole[i] ?? null,
    };
  });
}

/** The rows that need no border: the smallest p over all of them, and the mean position. */
function wholeRows(
  pairs: readonly CompletePair[],
  at: readonly (readonly CompletePair[])[],
  curve: Curve,
): Partial<RidgeEffect>[] {
  const { ridge, setup } = curve;
  const known = amongAll(at, curve).flatMap((p) => p ?? []);
  const smallest = known.length === 0 ? null : Math.min(...known);
  const position = (id: string) => ridge.profiles.get(id)?.meanPosition ?? Number.NaN;
  const shifts = pairs.map(({ from, to }) => position(to.sampleId) - position(from.sampleId));
  const isKnown = shifts.every(Number.isFinite);
  const refused = { status: 'not_estimable', reason: 'no_value' } as const;
  return [
    { analysis: 'any_border', p: smallest, p_max_t: smallest, ...(smallest === null ? refused : { status: 'ok' }) },
    {
      analysis: 'mean_position',
      scale: 'u',
      ...(isKnown ? { ...shiftCells(shifts, tieTolerance('log-ratio', []), setup), ratio: null } : refused),
    },
  ];
}

function shiftCells(differences: readonly number[], tolerance: number, setup: Setup): Partial<RidgeEffect> {
  const shift = hodgesLehmann(differences, setup.level);
  const hasInterval = shift !== undefined && shift.level > 0;
  const { zeroHandling } = setup;
  const test = signedRankTest({ values: differences, tolerance, alternative: 'two-sided', zeroHandling });
  const isTested = test.status !== 'not_estimable';
  return {
    estimate: shift?.estimate ?? null,
    ci_low: hasInterval ? shift.low : null,
    ci_high: hasInterval ? shift.high : null,
    ci_level: hasInterval ? shift.level : null,
    ratio: shift && isRatioScale(setup.rule.scale) ? Math.exp(shift.estimate) : null,
    p_count: isTested ? test.count : null,
    p_total: isTested ? test.total : null,
    p: isTested ? exactP(test) : null,
    status: test.status,
    reason: isTested ? null : test.reason,
  };
}

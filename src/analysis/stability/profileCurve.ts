import { hodgesLehmann, isRatioScale, maxT, median, signedRankTest, tieTolerance } from '../../statistics/index.ts';
import type { Endpoint, Family, Profiles, ResolvedPlan } from '../analysisInput.ts';
import { adjustFamily } from '../comparison/adjustFamily.ts';
import { exactP } from '../comparison/evaluate.ts';
import { type CompletePair, completePairs, scalePairs } from '../comparison/pairing.ts';
import { primarySetup, type Setup } from '../comparison/setup.ts';
import { type EndpointTubes, zeroRuleOf } from '../comparison/tubes.ts';
import { holds, type Judgement, judge } from './judge.ts';
import { emptyProfileEffect, type ProfileEffect } from './profileRows.ts';
import { type ProfileTubes, pairsAbove, profileTubes } from './profileTubes.ts';

export interface ProfileRequest {
  readonly study: string;
  readonly plan: ResolvedPlan;
  readonly tubesOf: (endpoint: Endpoint) => EndpointTubes;
  readonly profiles: Profiles;
  readonly seed: number;
}

export interface ProfileCurve {
  readonly rows: readonly ProfileEffect[];
  /** The border nearest to the placed one at which the verdict is another, in u from the core; null where none is. */
  readonly tippingPoint: number | null;
}

/**
 * The change of each endpoint of a family without the gate's border: at every border along the profile of its alignment, at any of them
 * (Westfall & Young 1993, whole patients flipped, the largest of all borders), and as the shift of the mean position.
 * @returns one an endpoint; undefined where the gate lies on no profile
 */
export function profileCurves(family: Family, request: ProfileRequest): (ProfileCurve | undefined)[] {
  const { plan, tubesOf, profiles } = request;
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
      profile: profileTubes(endpoint, both, profiles),
    };
  });
  return members.map(({ endpoint, setup, pairs, profile, chosen }, index) => {
    const isCounted = pairs.every(({ from, to }) => from.parentCount !== null && to.parentCount !== null);
    if (!profile || !isCounted || pairs.length === 0 || setup.rule.isAbsolute) return undefined;
    const at = profile.borders.map((_, border) => pairsAbove(pairs, profile, border));
    const keys: Partial<ProfileEffect> = {
      study: request.study,
      family: family.id,
      endpoint: endpoint.key,
      alignment: profile.alignment,
      visit_from: family.comparison.from,
      visit_to: family.comparison.to,
      n_pairs: pairs.length,
    };
    const rows = [
      ...wholeRows(pairs, at, { profile, setup, seed: request.seed }),
      ...borderRows(at, { profile, setup, seed: request.seed }),
    ];
    const verdictOf = (one: Judgement) => {
      const judged = members.map((member, i) => (i === index ? one : member.chosen));
      const adjusted = adjustFamily(judged, family, { alpha: plan.alpha, seed: request.seed });
      const p = family.adjust === 'none' ? one.p : (adjusted[index]?.pAdj ?? null);
      return holds({ estimate: one.estimate, p }, { estimate: chosen.estimate, question: family.question }, plan.alpha);
    };
    const verdicts = at.map((own) => verdictOf(judge(own, setup)));
    return {
      rows: rows.map((row) => ({ ...emptyProfileEffect, ...keys, ...row })),
      tippingPoint: tippingPoint(profile, verdicts, verdictOf(chosen)),
    };
  });
}

interface Curve {
  readonly profile: ProfileTubes;
  readonly setup: Setup;
  readonly seed: number;
}

function nearest({ borders, chosen }: ProfileTubes): number {
  return borders.reduce(
    (best, border, i) => (Math.abs(border - chosen) < Math.abs(borders[best]! - chosen) ? i : best),
    0,
  );
}

/** Outward from the placed border; null too where the profile alone, at that border, does not say what the gate says. */
function tippingPoint(profile: ProfileTubes, verdicts: readonly boolean[], isShown: boolean): number | null {
  if (verdicts[nearest(profile)] !== isShown) return null;
  const outward = profile.borders.map((border, i) => ({ border, isShown: verdicts[i]! }));
  outward.sort(
    (a, b) => Math.abs(a.border - profile.chosen) - Math.abs(b.border - profile.chosen) || a.border - b.border,
  );
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

function borderRows(at: readonly (readonly CompletePair[])[], curve: Curve): Partial<ProfileEffect>[] {
  const { profile, setup } = curve;
  const whole = amongAll(at, curve);
  const chosen = nearest(profile);
  return at.map((pairs, i) => {
    const scaled = scalePairs(pairs, setup.rule);
    const cells = { analysis: 'border', border: profile.borders[i]!, is_chosen: i === chosen, scale: setup.rule.scale };
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
): Partial<ProfileEffect>[] {
  const { profile, setup } = curve;
  const known = amongAll(at, curve).flatMap((p) => p ?? []);
  const smallest = known.length === 0 ? null : Math.min(...known);
  const position = (id: string) => profile.events.get(id)?.meanPosition ?? Number.NaN;
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

function shiftCells(differences: readonly number[], tolerance: number, setup: Setup): Partial<ProfileEffect> {
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

import { type Problem, problem } from '../problems/index.ts';
import { type AnalysisInput, type Endpoint, endpointId, type Family } from './analysisInput.ts';
import type { Comparison, Pair, VisitRow } from './analysisRows.ts';
import { associationRows } from './associations/associate.ts';
import type { AssociationRow } from './associations/associationRows.ts';
import { adjustFamily } from './comparison/adjustFamily.ts';
import { analysesOf, type EndpointAnalysis } from './comparison/analyses.ts';
import { comparisonRow, returnRows } from './comparison/familyRows.ts';
import { jointRow } from './comparison/jointRow.ts';
import { pairRows } from './comparison/pairRows.ts';
import { planWarnings, usedWarnings } from './comparison/rejectionWarnings.ts';
import { byCodeUnit, type EndpointTubes, tubesByEndpoint } from './comparison/tubes.ts';
import { visitRows } from './comparison/visitRows.ts';
import { drawnByEndpoint, drawProblems } from './stability/drawnTubes.ts';
import { type GateDraws, gateDraws } from './stability/gateDraws.ts';
import { type ProfileCurve, profileCurves } from './stability/profileCurve.ts';
import type { ProfileEffect } from './stability/profileRows.ts';
import { tableOneRows } from './tableOne/tableOne.ts';
import type { TableOneRow } from './tableOne/tableOneRows.ts';
import { methodsParagraph } from './words/methodsParagraph.ts';

export interface Analysis {
  /** Families and endpoints in the order of the plan; the primary analysis first, then its sensitivities. */
  readonly comparisons: readonly Comparison[];
  /** Endpoints in order, then subjects ascending. */
  readonly pairs: readonly Pair[];
  /** Endpoints in order, then visits in order. */
  readonly visits: readonly VisitRow[];
  /** Entries of `associations:` in order, the planned analysis first. */
  readonly associations: readonly AssociationRow[];
  /** Of families with plausible gates: the effect along the profile of their alignment. */
  readonly profileEffects: readonly ProfileEffect[];
  /** Patients, baseline, visits, follow-up, as a paper begins. */
  readonly tableOne: readonly TableOneRow[];
  readonly problems: readonly Problem[];
  /** The paragraph for a paper's methods section. */
  readonly methods: string;
}

/**
 * The whole analysis: a function of the plan and the values, whatever order they come in. Missing stays missing; what
 * cannot be estimated has a status and a reason.
 */
export function analyze(input: AnalysisInput): Analysis {
  const problems: Problem[] = planWarnings(input.plan, input.subjects.length);
  const hopeless = problems.length;
  const tubes = tubesByEndpoint(input, problems);
  problems.push(...pooledArms(input));
  const of = (endpoint: Endpoint): EndpointTubes => tubes.get(endpointId(endpoint)) ?? new Map();
  const seed = input.seed ?? 1;
  const draws = input.draws ?? [];
  problems.push(...drawProblems(draws, tubes));
  const request = { plan: input.plan, tubesOf: of, drawn: drawnByEndpoint(draws), seed };
  const members = input.plan.families.map((family) => ({
    family,
    gates: family.sensitivity.includes('draws') ? gateDraws(family, request) : [],
    curves: curvesOf(family, input, of),
    endpoints: family.endpoints.map((endpoint) =>
      analysesOf(family, endpoint, { plan: input.plan, seed }, of(endpoint)),
    ),
  }));
  const comparisons: Comparison[] = [];
  for (const { family, endpoints, gates, curves } of transientLast(members)) {
    comparisons.push(...familyRows({ family, endpoints, gates, curves }, input, comparisons));
    problems.push(...refusals(family, endpoints));
    const primaries = endpoints.map((analyses) => analyses[0]?.evaluation);
    if (hopeless === 0) problems.push(...usedWarnings(family, primaries, input.plan.alpha));
  }
  const order = new Map(input.plan.families.map((family, index) => [family.id, index]));
  comparisons.sort((a, b) => order.get(a.family ?? '')! - order.get(b.family ?? '')!);
  const each = <R>(rows: (family: Family, endpoint: Endpoint) => R[]): R[] =>
    input.plan.families.flatMap((family) => family.endpoints.flatMap((endpoint) => rows(family, endpoint)));
  const further = {
    visits: each((family, endpoint) => visitRows(family, endpoint, input, of(endpoint))),
    associations: associationRows(input, of),
    profileEffects: members.flatMap(({ curves }) => curves.flatMap((curve) => curve?.rows ?? [])),
  };
  return {
    comparisons,
    pairs: each((family, endpoint) => pairRows(family, endpoint, input.plan, of(endpoint))),
    ...further,
    tableOne: tableOneRows(input, of),
    problems,
    methods: methodsParagraph(input.plan, comparisons, input.subjects.length, further),
  };
}

function curvesOf(family: Family, input: AnalysisInput, tubesOf: (endpoint: Endpoint) => EndpointTubes) {
  const { study, plan, profiles, seed = 1 } = input;
  const isAsked = family.question === 'change' && family.sensitivity.includes('draws');
  return isAsked && profiles ? profileCurves(family, { study, plan, tubesOf, profiles, seed }) : [];
}

// Patients of all arms make one paired analysis: that is said, since it may not be what the study asks.
function pooledArms(input: AnalysisInput): Problem[] {
  const arms = [...new Set(input.observations.flatMap((one) => one.arm || []))].sort(byCodeUnit);
  if (arms.length < 2) return [];
  const message = `patients of ${arms.length} arms (${arms.map((arm) => `"${arm}"`).join(', ')}) are compared together, before against after`;
  return [problem('warning', 'stats.arms-pooled', message, {})];
}

// A transient claim needs the verdict on the rise itself, which another family may give.
function transientLast<F extends { readonly family: Family }>(members: readonly F[]): F[] {
  const isTransient = (one: F) => one.family.question === 'transient';
  return [...members.filter((one) => !isTransient(one)), ...members.filter(isTransient)];
}

interface FamilyMembers {
  readonly family: Family;
  /** Analyses of each endpoint, the planned one first. */
  readonly endpoints: readonly (readonly EndpointAnalysis[])[];
  readonly gates: readonly (GateDraws | undefined)[];
  readonly curves: readonly (ProfileCurve | undefined)[];
}

function familyRows(
  { family, endpoints, gates, curves }: FamilyMembers,
  input: AnalysisInput,
  before: readonly Comparison[],
): Comparison[] {
  const analysisCount = endpoints[0]?.length ?? 0;
  const adjusted = Array.from({ length: analysisCount }, (_, a) =>
    adjustFamily(
      endpoints.map((analyses) => analyses[a]?.evaluation),
      family,
      { alpha: input.plan.alpha, seed: input.seed ?? 1 },
    ),
  );
  const rows = endpoints.flatMap((analyses, e) =>
    analyses.flatMap((analysis, a): Comparison[] => {
      const endpoint = family.endpoints[e]!;
      const riseShown = family.question === 'transient' ? isRiseShown(family, endpoint, analysis, before) : undefined;
      const planned = analyses[0]?.evaluation;
      const own = adjusted[0]?.[e];
      const isPlannedShown = planned?.p != null && (own?.reject ?? planned.p <= input.plan.alpha);
      const member = {
        family,
        endpoint,
        analysis,
        adjusted: adjusted[a]![e]!,
        riseShown,
        gate: gates[e],
        tippingPoint: curves[e]?.tippingPoint ?? null,
        planned,
        isPlannedShown,
      };
      const row = comparisonRow(member, input.study, input.plan);
      // Who is left out by an analysis is not missing.
      const paired = analyses[0]?.evaluation?.counts.pairs ?? 0;
      const missing = row.n_pairs === null ? null : input.subjects.length - paired;
      const whole = { ...row, n_subjects: input.subjects.length, n_missing: missing };
      const returns = returnRows(member, input.study, input.plan).map((one) => ({
        ...one,
        n_subjects: input.subjects.length,
        n_missing: one.n_pairs === null ? null : input.subjects.length - one.n_pairs,
      }));
      return [whole, ...returns];
    }),
  );
  return family.claim === 'joint' ? [...rows, jointRow(family, rows)] : rows;
}

/**
 * "Rose" needs a two-sided test of the same endpoint and visits, adjusted within its own family; without such a family
 * the two-sided p of the patients at hand decides.
 */
function isRiseShown(
  family: Family,
  endpoint: Endpoint,
  analysis: EndpointAnalysis,
  before: readonly Comparison[],
): boolean {
  const { from, to } = family.comparison;
  const own = before.find(
    (row) =>
      row.question === 'change' &&
      row.reject !== null &&
      row.analysis === 'primary' &&
      row.endpoint === endpoint.key &&
      row.panel === (endpoint.panel ?? null) &&
      row.visit_from === from &&
      row.visit_to === to,
  );
  if (own) return own.reject === true && (own.estimate ?? 0) > 0;
  const e = analysis.evaluation;
  return e?.differenceP != null && e.differenceP <= e.setup.alpha && (e.estimate?.value ?? 0) > 0;
}

function refusals(family: Family, endpoints: readonly (readonly EndpointAnalysis[])[]): Problem[] {
  return endpoints.flatMap((analyses, index) => {
    const decision = analyses[0]?.evaluation?.decision;
    if (decision?.status !== 'not_estimable' || decision.reason !== 'ratio_margin_above_half') return [];
    const name = family.endpoints[index]!.key;
    const message = `family "${family.id}": the ratio margin of "${name}" is refused, since a median passes 50 %`;
    return [problem('warning', 'stats.ratio-margin-above-half', message, {})];
  });
}

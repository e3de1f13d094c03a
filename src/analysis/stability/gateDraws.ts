import { quantile } from '../../statistics/index.ts';
import { type Endpoint, endpointId, type Family, type ResolvedPlan } from '../analysisInput.ts';
import { adjustFamily } from '../comparison/adjustFamily.ts';
import { overVisits } from '../comparison/overVisits.ts';
import { completePairs } from '../comparison/pairing.ts';
import { primarySetups } from '../comparison/setup.ts';
import { type EndpointTubes, zeroRuleOf } from '../comparison/tubes.ts';
import { type DrawnEndpoint, tubesUnder } from './drawnTubes.ts';
import { holds, type Judgement, judge } from './judge.ts';

/** What plausible placements of the gate make of one endpoint. They are plausible gates, not data. */
export interface GateDraws {
  readonly draws: number;
  /** Of the draws: the same sign, and p within the family at most α. */
  readonly share: number;
  /** Draws with the verdict of the placement that was chosen: shown on the same side, or not shown either. */
  readonly same: number;
  /** The estimates of the draws on the scale: least, 5 %, 95 % and greatest. */
  readonly estimates: {
    readonly min: number;
    readonly low: number;
    readonly high: number;
    readonly max: number;
  } | null;
}

export interface DrawRequest {
  readonly plan: ResolvedPlan;
  readonly tubesOf: (endpoint: Endpoint) => EndpointTubes;
  readonly drawn: ReadonlyMap<string, DrawnEndpoint>;
  readonly seed: number;
}

/**
 * The whole family redone for each draw: counts → scale → p → adjusted within the family. Nothing is averaged, and no
 * gate is picked by its p. Endpoints whose gates were not drawn stay as they are.
 * @returns one an endpoint; undefined where its gate was not drawn
 */
export function gateDraws(family: Family, { plan, tubesOf, drawn, seed }: DrawRequest): (GateDraws | undefined)[] {
  const members = family.endpoints.map((endpoint) => {
    const tubes = tubesOf(endpoint);
    const setups = primarySetups(family, endpoint, plan, zeroRuleOf(endpoint, tubes, plan.rules));
    const { from, to } = family.comparison;
    const judged = (own: EndpointTubes) => {
      const answers = setups.map((setup) => judge(completePairs(own, from, to, setup.returnTo?.visit), setup));
      return overVisits(answers, family, plan.alpha);
    };
    return { endpoint, tubes, judged, chosen: judged(tubes), draws: drawn.get(endpointId(endpoint)) };
  });
  const numbers = [...new Set(members.flatMap(({ draws }) => [...(draws?.keys() ?? [])]))].sort((a, b) => a - b);
  const results = numbers.map((draw) => {
    const judgements = members.map(({ endpoint, tubes, judged, chosen, draws }) => {
      const own = draws?.get(draw);
      return own === undefined ? chosen : judged(tubesUnder(own, endpoint, tubes));
    });
    return answersOf(judgements, family, { alpha: plan.alpha, seed });
  });
  const planned = answersOf(
    members.map(({ chosen }) => chosen),
    family,
    { alpha: plan.alpha, seed },
  );
  return members.map(({ chosen, draws }, i) => {
    if (draws === undefined) return undefined;
    const own = results.map((result) => result[i]!);
    const against = { estimate: chosen.estimate, question: family.question };
    const held = own.filter((one) => holds(one, against, plan.alpha)).length;
    const isShown = (one: { readonly p: number | null }) => one.p !== null && one.p <= plan.alpha;
    const same = isShown(planned[i]!) ? held : own.filter((one) => !isShown(one)).length;
    return {
      draws: own.length,
      share: held / own.length,
      same,
      estimates: rangeOf(own.flatMap((one) => one.estimate ?? [])),
    };
  });
}

/** Estimate and p of each member, adjusted within the family where that is planned. */
function answersOf(
  judgements: readonly Judgement[],
  family: Family,
  how: { readonly alpha: number; readonly seed: number },
): { readonly estimate: number | null; readonly p: number | null }[] {
  const adjusted = adjustFamily(judgements, family, how);
  const isAlone = family.adjust === 'none' && family.claim === undefined;
  return judgements.map((one, i) => ({ estimate: one.estimate, p: isAlone ? one.p : (adjusted[i]?.pAdj ?? null) }));
}

function rangeOf(estimates: readonly number[]): GateDraws['estimates'] {
  const [min, low, high, max] = [0, 0.05, 0.95, 1].map((share) => quantile(estimates, share));
  if (min === undefined || low === undefined || high === undefined || max === undefined) return null;
  return { min, low, high, max };
}

import type { Endpoint, Family, ResolvedPlan } from '../analysisInput.ts';
import { primarySetup } from '../comparison/setup.ts';
import type { ControlDeviation, DeviationOf } from './controlDeviations.ts';
import { jointPower, type Member, pairsNeeded } from './jointDesign.ts';

/** What a family of equivalences can show if its patients scatter as they do between its control visits. */
export interface MeasuredDesign {
  readonly from: string;
  readonly to: string;
  readonly endpoints: readonly MeasuredEndpoint[];
  /** Of a joint claim: all endpoints within their margins; null of any other, and where an endpoint has no deviation. */
  readonly joint: { readonly power: number; readonly pairsFor80: number | null } | null;
}

export interface MeasuredEndpoint extends ControlDeviation {
  readonly endpoint: string;
  readonly kind: 'ratio' | 'odds_ratio' | 'points';
  /** Power of its own equivalence if nothing changes, and the pairs with 80 %; null where there is no deviation. */
  readonly power: number | null;
  readonly pairsFor80: number | null;
}

/** @returns null where the family names no control visits, or nothing was counted */
export function measuredDesign(
  family: Family,
  plan: ResolvedPlan,
  known: {
    readonly pairCount: (family: Family, endpoint: Endpoint) => number;
    readonly deviationOf: DeviationOf;
  },
): MeasuredDesign | null {
  const found = family.endpoints.flatMap((endpoint) => {
    const { margins } = primarySetup(family, endpoint, plan, plan.rules.zero_rule);
    const control = known.deviationOf(family, endpoint);
    if (margins === undefined || control === undefined) return [];
    return [{ endpoint, control, member: { pairs: known.pairCount(family, endpoint), margins }, kind: margins.kind }];
  });
  if (family.sdFrom === undefined || found.length === 0) return null;
  const reckon = (of: readonly Member[], sds: readonly (number | null)[]) => {
    const known = sds.flatMap((sd) => (sd === null || sd === 0 ? [] : [sd]));
    if (known.length < of.length || of.some(({ pairs }) => pairs < 2)) return null;
    return { power: jointPower(of, known, plan.alpha), pairsFor80: pairsNeeded(of, known, plan.alpha) };
  };
  const members = found.map(({ member }) => member);
  const isJoint = family.claim === 'joint' && found.length === family.endpoints.length;
  return {
    ...family.sdFrom,
    endpoints: found.map(({ endpoint, control, member, kind }) => ({
      ...{ endpoint: endpoint.key, kind, ...control },
      ...(reckon([member], [control.sd]) ?? { power: null, pairsFor80: null }),
    })),
    joint: isJoint
      ? reckon(
          members,
          found.map(({ control }) => control.sd),
        )
      : null,
  };
}

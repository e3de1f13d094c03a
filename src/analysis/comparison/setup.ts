import {
  type Alternative,
  isRatioScale,
  type ScaledMargins,
  type ScaleName,
  type ScaleRule,
  type ZeroHandling,
  type ZeroRule,
} from '../../statistics/index.ts';
import { type Endpoint, type Family, type ResolvedPlan, returnVisits } from '../analysisInput.ts';
import { isValueMeasure, unitOf } from '../plan/endpointValue.ts';
import type { Margins } from '../plan/plan.ts';

/** Margins as declared, and on the scale that they name. */
interface DeclaredMargins extends ScaledMargins {
  readonly kind: 'ratio' | 'odds_ratio' | 'points';
  readonly declared: readonly [number, number];
  readonly scale: ScaleName;
}

/** Everything that decides one analysis of one endpoint, besides its tubes. */
export interface Setup {
  readonly question: Family['question'];
  readonly test: Family['test'];
  readonly rule: ScaleRule;
  /** Of a difference that is no ratio. */
  readonly unit: string;
  /** The zero rule of the endpoint's counts, whatever scale this analysis is on. */
  readonly endpointZeroRule: ZeroRule;
  readonly alternative: Alternative;
  readonly zeroHandling: ZeroHandling;
  readonly alpha: number;
  readonly level: number;
  /** Of the equivalence question, or of a return by equivalence. */
  readonly margins: DeclaredMargins | undefined;
  /** One visit of return: where the plan names several, each has its own setup. */
  readonly returnTo: { readonly visit: string; readonly by: 'fall' | 'equivalence' } | undefined;
}

/** What of a family decides a setup. */
export type SetupFamily = Pick<
  Family,
  'question' | 'test' | 'scale' | 'alternative' | 'zeroHandling' | 'margins' | 'returnTo'
>;

/** The primary analysis of an endpoint, as planned: one setup, or one for each visit of return. */
export function primarySetups(
  family: SetupFamily,
  endpoint: Endpoint,
  plan: ResolvedPlan,
  zeroRule: ZeroRule,
): readonly Setup[] {
  const setup = primarySetup(family, endpoint, plan, zeroRule);
  const { returnTo } = setup;
  if (returnTo === undefined) return [setup];
  return returnVisits(family).map((visit) => ({ ...setup, returnTo: { ...returnTo, visit } }));
}

/** The primary analysis of an endpoint, as planned; of several visits of return that of the first. */
export function primarySetup(family: SetupFamily, endpoint: Endpoint, plan: ResolvedPlan, zeroRule: ZeroRule): Setup {
  const margins = declaredMargins(marginsOf(family, endpoint));
  const scale = family.question === 'equivalence' && margins ? margins.scale : family.scale;
  return {
    question: family.question,
    test: family.test,
    unit: unitOf(endpoint.measure),
    rule: scaleRule(scale, zeroRule, plan, endpoint),
    endpointZeroRule: zeroRule,
    alternative: family.alternative,
    zeroHandling: family.zeroHandling,
    alpha: plan.alpha,
    level: plan.level,
    margins,
    returnTo: family.question === 'transient' ? family.returnTo : undefined,
  };
}

/** The same rule on another scale; on percent nothing is added to a count. */
export function withScale(rule: ScaleRule, scale: ScaleName, zeroRule: ZeroRule): ScaleRule {
  return { ...rule, scale, zeroRule: isRatioScale(scale) ? zeroRule : 'none' };
}

function scaleRule(
  scale: ScaleName,
  zeroRule: ZeroRule,
  plan: ResolvedPlan,
  { measure, cofactor }: Endpoint,
): ScaleRule {
  const own = cofactor === undefined ? {} : { cofactor };
  const isAbsolute = isValueMeasure(measure);
  return withScale({ scale, zeroRule, lod: plan.rules.lod, isAbsolute, ...own }, scale, zeroRule);
}

function marginsOf(family: SetupFamily, endpoint: Endpoint): Margins | undefined {
  if (family.question === 'transient') {
    return family.returnTo?.by === 'equivalence' ? (endpoint.margins ?? family.returnTo.margins) : undefined;
  }
  return endpoint.margins ?? family.margins;
}

function declaredMargins(margins: Margins | undefined): DeclaredMargins | undefined {
  if (margins?.ratio) return logMargins('ratio', margins.ratio, 'log-ratio');
  if (margins?.odds_ratio) return logMargins('odds_ratio', margins.odds_ratio, 'logit');
  if (!margins?.points) return undefined;
  const [low, high] = margins.points;
  return { kind: 'points', declared: margins.points, scale: 'percent', low, high };
}

function logMargins(kind: 'ratio' | 'odds_ratio', declared: [number, number], scale: ScaleName): DeclaredMargins {
  return { kind, declared, scale, low: Math.log(declared[0]), high: Math.log(declared[1]) };
}

import { isRatioScale } from '../../statistics/index.ts';
import type { AnalysisInput, Association, Endpoint } from '../analysisInput.ts';
import { type CompletePair, completePairs, type ScaledPairs, scalePairs } from '../comparison/pairing.ts';
import { primarySetup, type Setup } from '../comparison/setup.ts';
import { type EndpointTubes, zeroRuleOf } from '../comparison/tubes.ts';
import type { PlanAssociation } from '../plan/associationPlan.ts';
import { type AssociationRow, emptyAssociationRow } from './associationRows.ts';

/** What a question is answered from. */
export interface AssociationContext {
  readonly input: AnalysisInput;
  readonly association: Association;
  readonly settings: PlanAssociation;
  readonly tubesOf: (endpoint: Endpoint) => EndpointTubes;
}

/** The same, with the settings of one question. */
export type ContextOf<Question extends PlanAssociation['question']> = AssociationContext & {
  readonly settings: Extract<PlanAssociation, { question: Question }>;
};

/** A row before anything is adjusted: what is left out has no value. */
export type AssociationCells = Partial<AssociationRow>;

/** A whole row: the keys of its entry, then the cells that a question gave. */
export function rowOf({ input, association, settings }: AssociationContext, cells: AssociationCells): AssociationRow {
  return {
    ...emptyAssociationRow,
    study: input.study,
    association: settings.id,
    role: settings.role,
    question: settings.question,
    visit_from: association.comparison?.from ?? null,
    visit_to: association.comparison?.to ?? null,
    scale: settings.scale,
    n_subjects: input.subjects.length,
    ...cells,
  };
}

/** The paired changes of one endpoint, as the signed-rank test of a family would take them. */
export interface Changes {
  readonly setup: Setup;
  readonly pairs: readonly CompletePair[];
  readonly scaled: ScaledPairs;
}

export function setupOf({ input, settings }: AssociationContext, endpoint: Endpoint, tubes: EndpointTubes): Setup {
  const family = {
    question: 'change',
    test: 'signed_rank',
    scale: settings.scale,
    alternative: 'two-sided',
    zeroHandling: 'wilcoxon',
  } as const;
  return primarySetup(family, endpoint, input.plan, zeroRuleOf(endpoint, tubes, input.plan.rules));
}

export function changesOf(
  context: AssociationContext,
  endpoint: Endpoint,
  { from, to }: { readonly from: string; readonly to: string },
): Changes {
  const tubes = context.tubesOf(endpoint);
  const setup = setupOf(context, endpoint, tubes);
  const pairs = completePairs(tubes, from, to);
  return { setup, pairs, scaled: scalePairs(pairs, setup.rule) };
}

/** Cells of a row that has no answer. */
export function refused(reason: string): AssociationCells {
  return { status: 'not_estimable', reason };
}

/** The cells that name an endpoint. */
export function endpointCells({ key, panel }: Endpoint): AssociationCells {
  return { endpoint: key, panel: panel ?? null };
}

/** exp of an effect on a logarithmic scale; null on percent. */
export function asRatio(scale: Setup['rule']['scale'], value: number | null): number | null {
  return !isRatioScale(scale) || value === null ? null : Math.exp(value);
}

// In: one plan, and one value per subject, visit and endpoint. Out: comparisons, pairs, visits as rows, sentences, methods text.
// What the plan asks of the library of statistics, and what may be said of the answers.
// Never: reads a file or a clock, picks a test by its p-value, imputes a missing visit, or puts NaN into a row.
export {
  type AnalysisInput,
  type CovariateValue,
  type DrawnCount,
  type Endpoint,
  endpointId,
  type Family,
  type Observation,
  type ProfileBorder,
  type Profiles,
  plannedEndpoints,
  type ResolvedPlan,
  returnVisits,
  type VisitSpec,
} from './analysisInput.ts';
export {
  type Comparison,
  comparisonColumns,
  type Pair,
  pairColumns,
  type VisitRow,
  visitColumns,
} from './analysisRows.ts';
export { type Analysis, analyze } from './analyze.ts';
export { type AssociationRow, associationColumns } from './associations/associationRows.ts';
export { controlDeviations, type DeviationOf } from './design/controlDeviations.ts';
export type { JointDesign } from './design/jointDesign.ts';
export type { MeasuredDesign } from './design/measuredDesign.ts';
export {
  type EquivalenceDesign,
  type FamilyDesign,
  type PairDesign,
  type PowerLine,
  planDesign,
} from './design/planDesign.ts';
export {
  type Denominator,
  denominatorParts,
  denominatorWords,
  hasDenominator,
  isPartOf,
  isWithin,
} from './plan/denominator.ts';
export { isValueMeasure, unitOf } from './plan/endpointValue.ts';
export { type Plan, PlanSchema } from './plan/plan.ts';
export type { PanelFacts, PlanFacts } from './plan/planFacts.ts';
export { controlRoles, VisitId } from './plan/planParts.ts';
export { resolvePlan } from './plan/resolvePlan.ts';
export { type ProfileEffect, profileEffectColumns } from './stability/profileRows.ts';
export { type TableOneRow, tableOneColumns } from './tableOne/tableOneRows.ts';

// In: one plan, and one value per subject, visit and endpoint. Out: comparisons, pairs, visits as rows, sentences, methods text.
// Never: reads a file or a clock, picks a test by its p-value, imputes a missing visit, or puts NaN into a row.
export { maxT } from './adjustments/maxT.ts';
export { adjustments } from './adjustments/registry.ts';
export { type Agreement, agreement } from './agreement/agreement.ts';
export type { AgreementPair, LevelLimits } from './agreement/agreementPair.ts';
export type { BlandAltman } from './agreement/blandAltman.ts';
export {
  type AnalysisInput,
  type CovariateValue,
  type DrawnCount,
  type Endpoint,
  endpointKey,
  type Family,
  type Observation,
  plannedEndpoints,
  type ResolvedPlan,
  type ReturnTo,
  type RidgeBorder,
  type Ridges,
  type VisitSpec,
} from './analysisInput.ts';
export {
  type Column,
  type ColumnKind,
  type Comparison,
  comparisonColumns,
  type Pair,
  pairColumns,
  type VisitRow,
  visitColumns,
} from './analysisRows.ts';
export { type Analysis, analyze } from './analyze.ts';
export { type AssociationRow, associationColumns } from './associations/associationRows.ts';
export { planWarnings } from './comparison/rejectionWarnings.ts';
export {
  type EquivalenceDesign,
  type FamilyDesign,
  type PairDesign,
  type PowerLine,
  planDesign,
} from './design/planDesign.ts';
export {
  betaQuantile,
  binomialLower,
  binomialProbability,
  chiSquareQuantile,
  chiSquareUpper,
  fisherFUpper,
} from './distributions/central.ts';
export { betaLower, betaUpper } from './distributions/incompleteBeta.ts';
export { noncentralityFor, noncentralLower, noncentralQuantile, noncentralUpper } from './distributions/noncentralT.ts';
export { normalLower, normalQuantile } from './distributions/normal.ts';
export {
  mannWhitneyCounts,
  signedRankLower,
  signedRankQuantile,
  signPatternCounts,
} from './distributions/rankNull.ts';
export { studentLower, studentQuantile, studentUpper } from './distributions/studentT.ts';
export { countingShare } from './effects/countingShare.ts';
export { rankBiserial } from './effects/rankBiserial.ts';
export { standardizedMean } from './effects/standardizedMean.ts';
export { clopperPearson, type Limits, poissonLimits, wilson } from './intervals/counting.ts';
export { eventsNeeded } from './intervals/eventsNeeded.ts';
export { hodgesLehmann } from './intervals/hodgesLehmann.ts';
export { medianInterval } from './intervals/medianInterval.ts';
export { ancova } from './models/ancova.ts';
export { mixedModel } from './models/mixedModel.ts';
export { type Plan, PlanSchema, type Rules, type ScaleName } from './plan.ts';
export type { PlanFacts } from './planFacts.ts';
export { resolvePlan } from './resolvePlan.ts';
export { valueOnScale } from './shareScale.ts';
export { binomialSampler } from './stability/binomialSampler.ts';
export { ridgeEffectColumns } from './stability/ridgeRows.ts';
export { fisherExact } from './tests/fisherExact.ts';
export { friedmanTest } from './tests/friedman.ts';
export { groupShift, mannWhitney } from './tests/mannWhitney.ts';
export { mcnemarExact } from './tests/mcnemar.ts';
export { meanInterval, pairedTTest } from './tests/pairedT.ts';
export { kendall, spearman } from './tests/rankCorrelation.ts';
export { changeTests } from './tests/registry.ts';
export { signTest } from './tests/sign.ts';
export { attainedLevel, pairsNeeded, signedRankTest, smallestSignedP } from './tests/signedRank.ts';
export { signFlipTest } from './tests/signFlip.ts';
export { equivalenceTests, tostInterval, tostSignedRank, tostT } from './tests/tost.ts';
export { transient, transientTest } from './tests/transient.ts';
export { signedRanks, tieTolerance } from './tieRule.ts';

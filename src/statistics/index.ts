// In: numbers: differences, counts, p-values. Out: tests, intervals, effects, models, adjustments, agreement, power.
// The library: each method in a file with its source, compared with R or a closed form.
// Never: knows a plan, a subject or a visit, reads a file or a clock, or puts NaN into a result.
export { holm } from './adjustments/holm.ts';
export { type JointAdjustment, type MaxTOutcome, maxT } from './adjustments/maxT.ts';
export {
  adjustmentOf,
  adjustmentOfRow,
  adjustments,
  defaultAdjustment,
  jointAdjustmentNames,
  simpleAdjustmentNames,
} from './adjustments/registry.ts';
export { type Agreement, agreement } from './agreement/agreement.ts';
export type { AgreementPair } from './agreement/agreementPair.ts';
export type { BlandAltman } from './agreement/blandAltman.ts';
export { fisherExact } from './betweenGroups/fisherExact.ts';
export { jonckheere } from './betweenGroups/jonckheere.ts';
export { groupShift, mannWhitney } from './betweenGroups/mannWhitney.ts';
export { kendall, spearman } from './correlation/rankCorrelation.ts';
export { binomialSampler } from './distributions/binomialSampler.ts';
export { chiSquareQuantile } from './distributions/central.ts';
export { countingShare } from './effects/countingShare.ts';
export { rankBiserial } from './effects/rankBiserial.ts';
export { standardizedMean } from './effects/standardizedMean.ts';
export { clopperPearson } from './intervals/counting.ts';
export { eventsNeeded } from './intervals/eventsNeeded.ts';
export { hodgesLehmann, type OrderInterval } from './intervals/hodgesLehmann.ts';
export { ancova } from './models/ancova.ts';
export { type Measurement, mixedModel } from './models/mixedModel.ts';
export { permutedGroups } from './models/permutedGroups.ts';
export { mean, median, quantile, robustSd, sortedQuantile } from './moments.ts';
export { aitchisonFlip } from './pairedTests/aitchisonFlip.ts';
export { friedmanTest } from './pairedTests/friedman.ts';
export { mcnemarExact } from './pairedTests/mcnemar.ts';
export { meanInterval, pairedTTest } from './pairedTests/pairedT.ts';
export {
  type Alternative,
  alternatives,
  type Differences,
  type ScaledMargins,
  type TestFacts,
  type TestOutcome,
  type ZeroHandling,
  zeroHandlings,
} from './pairedTests/pairedTest.ts';
export {
  defaultTests,
  equivalenceTests,
  flippableTests,
  flippedAs,
  isEquivalenceTest,
  type PairedTestName,
  pairedTestNames,
  pairedTests,
  testOfRow,
} from './pairedTests/registry.ts';
export { signedRankTest } from './pairedTests/signedRank.ts';
export { signFlipTest } from './pairedTests/signFlip.ts';
export { tostT } from './pairedTests/tost.ts';
export { type ReturnQuestion, transient, transientTest } from './pairedTests/transient.ts';
export { largestSd, tostTPower } from './power/tostPower.ts';
export { quartiles } from './quartiles.ts';
export { tenDigits } from './rounding.ts';
export { selectedQuantile } from './selectedQuantile.ts';
export {
  isRatioScale,
  type ScaleName,
  type ScaleRule,
  type Share,
  scaleNames,
  usesDetectionLimit,
  valueOnScale,
  type ZeroRule,
  zeroRules,
} from './shareScale.ts';
export { sortedFinite } from './sortedFinite.ts';
export { signedRanks, tieTolerance } from './tieRule.ts';

// For tests and benchmarks: functions of the library that no room asks for by themselves.

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
export { mannWhitneyCounts, signedRankLower, signedRankQuantile, signPatternCounts } from './distributions/rankNull.ts';
export { studentLower, studentQuantile, studentUpper } from './distributions/studentT.ts';
export * from './index.ts';
export { type Limits, poissonLimits, wilson } from './intervals/counting.ts';
export { medianInterval } from './intervals/medianInterval.ts';
export { changeTests } from './pairedTests/registry.ts';
export { signTest } from './pairedTests/sign.ts';
export { attainedLevel, pairsNeeded, smallestSignedP } from './pairedTests/signedRank.ts';
export { tostInterval, tostSignedRank } from './pairedTests/tost.ts';

// In: keywords or the text of a table, raw columns. Out: a checked spillover matrix, weights, compensated columns, the signs
// that values are compensated already or do not go with a matrix. Never: files, guesses at a partial matrix or its order.
export { compareSpillovers, type SpilloverDifference } from './compareSpillovers.ts';
export { type Compensator, compensateColumn, makeCompensator } from './compensator.ts';
export {
  type CompensationState,
  compensatedTwins,
  detectCompensated,
  type Evidence,
  type FileSigns,
  signsOf,
} from './detectCompensated.ts';
export { isFreeOfSpillover, judgePairs, misfitWords, type ValuesVerdict } from './judgePairs.ts';
export { type PairSlopes, pairSlopes, poolPairs } from './pairSlopes.ts';
export type { FrozenSpillover, ParameterName, Spillover } from './spillover.ts';
export { spilloverFromKeywords } from './spilloverFromKeywords.ts';
export { matchSpillover } from './spilloverFromTable.ts';
export { spilloverFromText } from './spilloverFromText.ts';

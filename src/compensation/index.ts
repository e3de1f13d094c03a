// In: keywords or cells of a table as text, raw columns. Out: a checked spillover matrix, weights, compensated columns,
// the signs that a file is compensated already. Never: files, guesses at a partial matrix, a matrix applied twice.
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
export { judgePairs, misfitWords, type ValuesVerdict } from './judgePairs.ts';
export { type PairSlopes, pairSlopes, poolPairs } from './pairSlopes.ts';
export type { FrozenSpillover, ParameterName, Spillover } from './spillover.ts';
export { spilloverFromKeywords } from './spilloverFromKeywords.ts';
export { matchSpillover, spilloverFromTable } from './spilloverFromTable.ts';
export { spilloverFromText } from './spilloverFromText.ts';

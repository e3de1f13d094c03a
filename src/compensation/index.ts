// In: keywords or the text of a table, raw columns. Out: a checked spillover matrix, weights, compensated columns, the signs
// that values are compensated already or do not go with a matrix. Never: files, guesses at a partial matrix or its order.
export { compareSpillovers } from './compareSpillovers.ts';
export { type Compensator, compensateColumn, makeCompensator } from './compensator.ts';
export type { ControlEvents } from './controls/controlEvents.ts';
export { judgeControl, ownChannelProblems, type Shift, shiftsOf } from './controls/judgeControl.ts';
export { type ControlRow, measureControl } from './controls/measureControl.ts';
export { cellDifferences, spilloverOfControls } from './controls/spilloverOfControls.ts';
export { type CompensationState, detectCompensated, type Evidence, signsOf } from './detectCompensated.ts';
export { isFreeOfSpillover, judgePairs, misfitWords } from './judgePairs.ts';
export { type Leftover, leftovers } from './leftovers.ts';
export { matchChannels } from './matchChannels.ts';
export { type PairSlopes, pairSlopes, poolPairs } from './pairSlopes.ts';
export type { FrozenSpillover, Spillover } from './spillover.ts';
export { spilloverFromKeywords } from './spilloverFromKeywords.ts';
export { matchSpillover } from './spilloverFromTable.ts';
export { spilloverFromText } from './spilloverFromText.ts';
export { pickRows, type RowWeights, rowWeights, weighRows } from './weighRows.ts';

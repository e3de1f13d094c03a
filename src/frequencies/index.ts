// In: the counts of each tube, denominators and rules; or the bytes of a table, ours or another's. Out: rows, columns and readers
// of the tables of counts (frequencies, draws, profiles, intensities), and the values that a plan asks of them.
// Never: opens a file, drops a tube, or puts NaN into a row.
export { absoluteProblems } from './absoluteProblems.ts';
export { assertionProblems } from './assertionProblems.ts';
export type { AbsoluteRule } from './cellsPerUl.ts';
export { type CrossedRow, crossedColumns, crossedCounts, crossedRows, readCrossedTable } from './crossedTable.ts';
export { drawColumns, drawnCounts, drawRows, readDrawTable } from './drawTable.ts';
export { expectedRangeProblems, flagUnexpected } from './expectedRanges.ts';
export { type EvaluabilityRules, frequenciesOf } from './frequenciesOf.ts';
export type { Frequency } from './frequency.ts';
export { frequencyColumns } from './frequencyColumns.ts';
export {
  intensityColumns,
  intensityRows,
  type MedianRow,
  medianFinder,
  medianRows,
  readIntensityTable,
} from './intensities.ts';
export { overlapProblems } from './overlapProblems.ts';
export { profileColumns, profileRows, readProfileTable } from './profileTable.ts';
export { type SiblingRow, siblingColumns, siblingTable } from './siblingTable.ts';
export { type CountedPopulation, type CountsTable, readCountsTable } from './table/countsTable.ts';
export { type FrequencyTable, readFrequencyTable } from './table/frequencyTable.ts';
export { tablePanels } from './table/tablePanels.ts';
export type { TubeValues } from './tubeFacts.ts';
export { observationsOf, tubeValuesOf } from './tubeValues.ts';
export { unlikePopulations } from './unlikePopulations.ts';
export { tubesOutsideWindow } from './visitWindow.ts';

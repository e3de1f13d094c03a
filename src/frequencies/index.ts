// In: the counts of each tube, what the sheet says of it, denominators and rules. Out: the tidy table, its columns, the values a plan asks for.
// A row for every tube and population, so that nothing vanishes; "not evaluable" is a value with its reason.
// Never: reads a file, drops a tube, or puts NaN into a row.
export { absoluteProblems } from './absoluteProblems.ts';
export { assertionProblems } from './assertionProblems.ts';
export type { AbsoluteRule } from './cellsPerUl.ts';
export { drawColumns, drawRows } from './draws.ts';
export { expectedRangeProblems, flagUnexpected } from './expectedRanges.ts';
export { type EvaluabilityRules, frequenciesOf } from './frequenciesOf.ts';
export type { Frequency } from './frequency.ts';
export { frequencyColumns } from './frequencyColumns.ts';
export { intensityColumns, intensityRows } from './intensities.ts';
export { observationsFrom } from './observationsFrom.ts';
export { ridgeColumns, ridgeRows } from './ridgeBins.ts';
export { type SiblingRow, siblingColumns, siblingTable } from './siblingTable.ts';
export { unlikePopulations } from './unlikePopulations.ts';
export { tubesOutsideWindow } from './visitWindow.ts';

// In: paths of FCS files, templates, tables and studies. Out: what the commands find, as values: nothing is written.
// The functions are those of the commands; each returns { value, problems }, and throws only where the program is wrong.
// Never: prints, writes a file, or does anything that a command does not.
export type { Analysis } from './analysis/index.ts';
export { version } from './batch/index.ts';
export type { FcsContents, FcsFile, FcsParameter, FcsReadingOptions } from './fcs/index.ts';
export { readFcsFile as readFcs } from './fcs/index.ts';
export type { Frequency } from './frequencies/index.ts';
export type { BookGate, PlacementBook } from './gating/index.ts';
export type { GatedTubes, LibraryOptions, TubesQuestion } from './pipeline/index.ts';
export { analyzeTable as analyze, gateTubes as gate, placeTubes as place } from './pipeline/index.ts';
export { hasErrors, type Problem, printProblem, type Reading } from './problems/index.ts';

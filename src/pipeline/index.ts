// In: a study, or a template with files, or a table with a study. Out: tables, record and report in a folder; how it ended.
// Reads like the walk: study, survey, place, count, frequencies, statistics, report.
// Never: computes a result itself, or writes anything before everything that can be checked was checked.
export { analyze } from './analyze.ts';
export { gateForeign } from './foreign/gateForeign.ts';
export { type GatesFile, readGates } from './foreign/readGates.ts';
export { gate } from './gate.ts';
export { analyzeTable } from './library/analyzeTable.ts';
export { type GatedTubes, gateTubes, type TubesQuestion } from './library/gateTubes.ts';
export type { LibraryOptions } from './library/inMemory.ts';
export { placeTubes } from './library/placeTubes.ts';
export { type StudyAnswer, studyInMemory } from './library/studyInMemory.ts';
export { type Outcome, type OutFolder, type PipelineOptions, refused } from './outcome.ts';
export { panelsOf } from './panels.ts';
export { planHash } from './planHash.ts';
export { review } from './review/review.ts';
export { run } from './run.ts';
export { outFolder, warningsOf } from './runFolderWork.ts';
export { planFacts } from './studyPlan.ts';
export { openTableAnalysis } from './tableAnalysis.ts';
export { visitSpec } from './visitSpec.ts';

// In: study.yaml, its sample sheet, its templates, a folder of FCS files; or a table of frequencies. Out: the Study with tubes,
// visits, plan and templates, every name looked up; the values of such a table. Never: opens an FCS file, gates, or computes.
export { checkSheet } from './checkSheet.ts';
export { type CountedPopulation, type CountsTable, readCountsTable } from './countsTable.ts';
export { readDrawTable } from './drawTable.ts';
export { type FrequencyTable, readFrequencyTable } from './frequencyTable.ts';
export { identifyingNames } from './identifyingNames.ts';
export { lostPairs } from './lostPairs.ts';
export { type NameMap, readNameMap } from './nameMap.ts';
export { type AnalysisStudy, readAnalysisStudy } from './readAnalysisStudy.ts';
export { readFileOrSay } from './readFileOrSay.ts';
export { readStudy } from './readStudy.ts';
export { readRidgeTable } from './ridgeTable.ts';
export type { Study, StudyInput, Tube, Visit } from './study.ts';
export { tableObservations } from './tableObservations.ts';
export { readTemplateFile } from './templateFiles.ts';

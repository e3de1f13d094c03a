// In: study.yaml, its sample sheet, its templates, a folder of FCS files. Out: the Study with tubes, visits, plan and
// templates, every name looked up; who of the sheet has no pair.
// Never: opens an FCS file, reads a table of results, gates, or computes.
export { checkSheet } from './checkSheet.ts';
export { identifyingNames } from './identifyingNames.ts';
export { lostPairs } from './lostPairs.ts';
export { missingPairs, type PairedTube } from './missingPairs.ts';
export { type NameMap, readNameMap } from './nameMap.ts';
export { panelFacts } from './panelFacts.ts';
export { planConflicts } from './planConflicts.ts';
export { type AnalysisStudy, readAnalysisStudy } from './readAnalysisStudy.ts';
export { readFileOrSay } from './readFileOrSay.ts';
export { readStudy, type StudyReading } from './readStudy.ts';
export { givenSheet } from './sheetColumns.ts';
export { similarSubjects } from './similarSubjects.ts';
export type { InputNames, Study, StudyEvent, StudyInput, Tube, Visit } from './study.ts';
export { type LoadedTemplate, readTemplateFile, shippedTemplate, shippedTemplates } from './templateFiles.ts';
export { visitIdOf } from './visitIdOf.ts';

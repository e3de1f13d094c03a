// In: files and studies that a person names. Out: what check, inspect, init, plan, agree, de-identify and export answer.
// What is no part of the walk; the texts and tables of these commands are made here, and printed by the command line.
// Never: gates a study, prints, or changes a file that it was not told to write.
export { agree } from './agree/agree.ts';
export { agreeReviewers } from './agree/agreeReviewers.ts';
export { checkFile, checkJson, checkText } from './check/checking.ts';
export { compare } from './compare/compare.ts';
export { compensate } from './compensate/compensate.ts';
export { deidentify } from './deidentify/deidentify.ts';
export { diff } from './diff/diff.ts';
export { exportPopulation } from './export/exportPopulation.ts';
export { exportGates } from './exportGates/exportGates.ts';
export { exportingRuns } from './exportRun/exportingRuns.ts';
export { isFolder } from './exportRun/isFolder.ts';
export { importGates } from './import/importGates.ts';
export { draft } from './init/drafting.ts';
export { inspectionText, type Shown } from './inspect/inspection.ts';
export { inspectionJson } from './inspect/inspectionJson.ts';
export { inspectionTable } from './inspect/inspectionTable.ts';
export { inspectSpillover } from './inspect/inspectSpillover.ts';
export { type InspectedTube, inspectTube } from './inspect/inspectTube.ts';
export { overridesFromWorkspace } from './overrides/overridesFromWorkspace.ts';
export { plan } from './plan/plan.ts';
export { copyTemplate, listTemplates } from './template/copyTemplate.ts';
export { testTemplate } from './test/testTemplate.ts';

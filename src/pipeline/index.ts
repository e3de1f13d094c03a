// In: a study, or a template with files, or a table with a study. Out: tables, record and report in a folder; how it ended.
// Reads like the walk: study, survey, place, count, frequencies, statistics, report.
// Never: computes a result itself, or writes anything before everything that can be checked was checked.
export { type AgreeOptions, agree } from './agree.ts';
export { analyze } from './analyze.ts';
export { type DeidentifyOptions, deidentify } from './deidentify.ts';
export { type ExportOptions, exportPopulation } from './exportPopulation.ts';
export { type GateOptions, gate } from './gate.ts';
export type { Outcome, PipelineOptions } from './outcome.ts';
export { type PlanOptions, plan } from './plan.ts';
export { run } from './run.ts';

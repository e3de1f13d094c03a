// In: a finished run as its folder holds it, its tables typed, its tubes where a form needs them. Out: the bytes of files in
// the forms of other programs, and what did not come along. A form is one file and one line of the registry.
// Never: touches a disk, computes a result that the run does not hold, or leaves anything out in silence.

export type { ExportEvents, ExportedRun, ExportOutput, ExportTube } from './exportedRun.ts';
export type { ExportFormat } from './exportFormat.ts';
export { exportRegistry } from './registry.ts';
export { rowsOf, tableNames, typedTable } from './typedTable.ts';

// In: bytes of workspaces and gate documents of other programs, columns of a tube. Out: their gates in one common model, what
// did not come along and why, counts by those gates. Each format has a folder of one shape: read, and where we write it, write.
// Never: opens a file, drops a gate in silence, or guesses at one that it cannot read.

export { type BookTube, bookSample, matrixOf } from './book/bookSample.ts';
export { compareMatrices } from './compareMatrices.ts';
export { type ConcordanceRow, concordance } from './concordance/concordance.ts';
export { concordanceColumns } from './concordance/concordanceColumns.ts';
export { editedShape, type FrameOfAxis } from './edits/editedShape.ts';
export { type GateEdit, gateEdits } from './edits/gateEdits.ts';
export { isSameEdge } from './edits/isSameGate.ts';
export { openEdge } from './edits/shownAt.ts';
export { countForeign } from './evaluate/countForeign.ts';
export type { ForeignTube } from './evaluate/foreignTube.ts';
export { readFlowjo } from './flowjo/readFlowjo.ts';
export { writeFlowjo } from './flowjo/write/writeFlowjo.ts';
export { inGatingMlMatrix } from './gatingMl/gatingMlMatrix.ts';
export { readGatingMl } from './gatingMl/readGatingMl.ts';
export { withoutBiex } from './gatingMl/withoutBiex.ts';
export { gatingMlUnit, writeGatingMl } from './gatingMl/writeGatingMl.ts';
export { importText } from './importText.ts';
export { matchSample } from './matchSample.ts';
export type { ForeignAxis, ForeignGate, ForeignGating, ForeignMatrix, ForeignSample } from './model.ts';
export { type OpenCytoImport, readOpenCyto } from './openCyto/readOpenCyto.ts';
export { matrixCsv } from './template/templateText.ts';
export { toTemplates } from './template/toTemplates.ts';
export { populationPaths } from './tree/populationPaths.ts';

// In: bytes of workspaces and gate documents of other programs, columns of a tube. Out: their gates in one common model, what
// did not come along and why, counts by those gates. Each format has a folder of one shape: read, and where we write it, write.
// Never: opens a file, drops a gate in silence, or guesses at one that it cannot read.
export { countForeign } from './evaluate/countForeign.ts';
export { readFlowjo } from './flowjo/readFlowjo.ts';
export { readGatingMl } from './gatingMl/readGatingMl.ts';

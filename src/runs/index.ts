// In: what the folders of two runs hold, read and parsed. Out: what changed: inputs, template, versions, gates in u, counts, conclusions.
// The same run twice has changed in nothing; times, hosts and threads are not asked for.
// Never: reads a file, gates, computes a result, or judges which of the two is right.
export { compareRuns, isNothing, type RunDifference } from './compareRuns.ts';
export type { PopulationMoves } from './gateMoves.ts';
export type { RunConclusion, RunContents, RunCount } from './runContents.ts';

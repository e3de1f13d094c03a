// In: a look at every tube of a study, and what the sheet says of it. Out: in what they are unlike, each finding once with its
// tubes, which tubes may not be used, and what is decided of each that may: compensated or not, in which unit.
// Never: opens a file, sees a count, moves a gate, or compares what it cannot tell apart.
export { compareTubes, type Likeness } from './compareTubes.ts';
export type { ComparedTube, LikenessRules } from './comparison.ts';
export { decideAlone } from './decideAlone.ts';
export { judgeScale, type ScaleVerdict } from './displayScale.ts';
export { findingRows, likeTubesLine } from './findingRows.ts';
export { likenessRules } from './likenessRules.ts';
export { scaleProblem } from './scaleProblem.ts';

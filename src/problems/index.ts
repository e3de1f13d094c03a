// In: findings of any room, as plain values. Out: one type, one list of codes, one printed form, the nearest known name, names in a sentence.
// Never: decides what happens next, reads files, or throws.
export { andMore } from './andMore.ts';
export { byText } from './byText.ts';
export { codes, type ProblemCode } from './codes.ts';
export { counted } from './counted.ts';
export { didYouMean } from './didYouMean.ts';
export { flags, isLook } from './flags.ts';
export { gatherProblems } from './gatherProblems.ts';
export { inStudyWords } from './inStudyWords.ts';
export { nearestName } from './nearestName.ts';
export { printProblem } from './printProblem.ts';
export { hasErrors, type Problem, problem, type Reading, type Severity, sortProblems, type Where } from './problem.ts';
export type { Hint } from './readingHint.ts';
export { systemRefusal } from './systemRefusal.ts';
export { visible } from './visible.ts';
export { withoutFolder, withoutFolders } from './withoutFolders.ts';

// In: a placement book, what persons decided of its gates (overrides.yaml), and which tubes share subject or batch.
// Out: the patches with their places in the text, their text, the book after them and what they moved.
// Never: knows a visit, an arm or a date of a tube; touches a file; moves a gate that was placed anew since it was seen.
export { type AppliedOverrides, applyOverrides, type MovedGate } from './applyOverrides.ts';
export { compareReviewers, type ReviewAgreement } from './compareReviewers.ts';
export { patchHash, placedHash } from './hashes.ts';
export { movesFollowVisit, type TubeMove } from './movesFollowVisit.ts';
export { Patch } from './patch.ts';
export type { PatchGeometry } from './patchGeometry.ts';
export { readOverrides, type WrittenPatch } from './readOverrides.ts';
export { type ReviewTube, reviewCodes } from './reviewTube.ts';
export { pageGate } from './sample/pageGate.ts';
export { sampleTube } from './sample/sampleTube.ts';
export { type GateSample, type ReviewRequest, type ReviewTarget, STEP, type TubeReview } from './sample/tubeReview.ts';
export { writeOverrides } from './writeOverrides.ts';

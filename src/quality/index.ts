// In: what is known of all tubes of a study together: landmarks, batches, visits, counts. Out: shifts, confounding, likely swaps, as values and problems.
// It looks after everything is placed and counted, knowing visits and subjects, and reports.
// Never: moves a gate, drops a tube, changes a number.
export { assessQuality, type Quality, type QualityStudy } from './assessQuality.ts';
export { type BatchVisits, batchVisits } from './batchVisits.ts';
export { bookTraits } from './bookTraits.ts';
export { type BridgeShift, MARKED_SHIFT } from './bridgeShifts.ts';
export type { LandmarkShift } from './landmarkShifts.ts';
export { type LikelySwap, likelySwaps } from './likelySwaps.ts';
export type { QualityTube } from './qualityTube.ts';
export { signed } from './signed.ts';

// In: what is known of all tubes of a study together: landmarks, batches, visits, counts. Out: shifts, confounding, likely swaps, as values and problems.
// It looks after everything is placed and counted, knowing visits and subjects, and reports.
// Never: moves a gate, drops a tube, changes a number.
export { assessQuality, type EndpointMove, type Quality } from './assessQuality.ts';
export { bookTraits } from './bookTraits.ts';
export { MARKED_SHIFT } from './bridgeShifts.ts';
export type { QualityTube } from './qualityTube.ts';
export { signed } from './signed.ts';

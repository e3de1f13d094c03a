// For tests and benchmarks: what of this room no other room asks for.
import { loadPlacing } from './study/loadPlacing.ts';

export * from './index.ts';

export { carried } from './stain/stainingGain.ts';
export type { PlacedStudy, PlaceWishes } from './study/placeStudy.ts';
export type { Reservoir } from './study/tubeSurvey.ts';

/** Ready: whoever imports this file has waited for what placing needs. */
export const placeStudy = await loadPlacing();

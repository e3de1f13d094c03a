// For tests and benchmarks: what of this room no other room asks for.
import { loadPlacing } from './study/loadPlacing.ts';

export * from './index.ts';

export { carried } from './stain/stainingGain.ts';
export { isWidthEstimated } from './study/frozenScales.ts';
export type { PlacedStudy, PlaceWishes } from './study/placeStudy.ts';
export { ownCuts } from './study/placeStudy.ts';
export { shuffle } from './study/shuffle.ts';
export { surveyTube } from './study/surveyTube.ts';
export type { Reservoir } from './study/tubeSurvey.ts';

/** Ready: whoever imports this file has waited for what placing needs. */
export const placeStudy = await loadPlacing();

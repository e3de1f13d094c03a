// In: surveys of tubes (bounded samples), a template, and which tubes make the pool. Out: the placement book.
// Survey says what is there in one tube; place decides once per study where every gate lies.
// Never: sees an FCS file in place, a visit or an arm anywhere; nothing is placed by a default in silence.
export { borderOnProfile, profileIn } from './bookProfiles.ts';
export { STABLE_TIME, type StableTime, stableTime } from './density/stableTime.ts';
export type { DrawnPopulation } from './draws/drawPlacements.ts';
export { type MethodPage, methodReference } from './methodReference.ts';
export { placementRegistry } from './registry.ts';
export type { BatchStain } from './stain/stain.ts';
export { loadPlacing } from './study/loadPlacing.ts';
export { type SurveyBlock, type SurveyInput, surveyPass } from './study/surveyPass.ts';
export type { PlacementTube, TubeSurvey } from './study/tubeSurvey.ts';

// For tests and benchmarks: what of this room no other room asks for.

export { detectorLimitProblems, limitWatch } from './detectorLimit.ts';
export { eventSketches } from './eventSketches.ts';
export * from './index.ts';
export { withTube } from './openTube.ts';
export { timeTrace } from './timeTrace.ts';
export { openEvents } from './tubeEvents.ts';
export { unstableTimeProblems, watchedEvents } from './unstableTime.ts';

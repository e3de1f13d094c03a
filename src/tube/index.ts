// In: a task: one file, a template, and what was decided of it. Out: a look at the file, its survey, or its counts.
// The only room in which a file is opened, compensated and named to become events.
// Never: throws for what a file holds, sees another tube, or decides where a gate lies.

export { isFluorescence } from './fluorescence.ts';
export { withForeignTube } from './foreignTube.ts';
export { type ChannelLook, LOOK_QUANTILES, type MatrixLook, type TubeDecision, type TubeLook } from './look.ts';
export { lookAtTube } from './lookAtTube.ts';
export { runTubeTask } from './runTubeTask.ts';
export type { CountTask, ReviewTask, TubeFile, TubeResult, TubeTask } from './task.ts';
export type { TimeTrace } from './timeTrace.ts';
export { type ValuesShape, valuesShape } from './valuesShape.ts';

// In: a task: one file, a template, and for counting the tube's part of the placement book. Out: its survey or its counts.
// The only room in which a file is opened, compensated and named to become events.
// Never: throws for what a file holds, sees another tube, or decides where a gate lies.
export { runTubeTask } from './runTubeTask.ts';
export type { TubeFacts, TubeFile, TubeResult, TubeTask } from './task.ts';

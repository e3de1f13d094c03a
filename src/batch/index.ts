// In: tasks of tubes, threads, an output folder. Out: results in the order of the tasks, finished tasks as files, the record and the log of a run.
// The only room that starts threads; one bad tube never costs the others.
// Never: looks into a result beyond its status, or lets the order of arrival reach an output.
export { openProgress, type Progress } from './progress.ts';
export { checkRunFolder, checkRunStudy, openRunFolder } from './runFolder.ts';
export { openRunLog, type RunLog, secondsSince, silentLog } from './runLog.ts';
export {
  type RecordHandling,
  type RecordInput,
  type RecordOutput,
  type RecordTube,
  recordedProblem,
  runRecord,
  sortInputs,
} from './runRecord.ts';
export { type Arrival, runTasks } from './runTasks.ts';
export { stepKey } from './stepKey.ts';
export { taskKey } from './taskKey.ts';
export { type TaskStore, taskStore } from './taskStore.ts';
export { type RunPool, runPool } from './tubePool.ts';
export { usualThreads } from './usualThreads.ts';
export { version } from './version.ts';

import {
  type Arrival,
  type Progress,
  type RunLog,
  type RunPool,
  runTasks,
  type TaskStore,
  taskKey,
} from '../batch/index.ts';
import type { TubeResult, TubeTask } from '../tube/index.ts';

export interface WalkOptions {
  readonly threads: number;
  /** Its threads serve every step. */
  readonly pool: RunPool;
  readonly membership: boolean;
  readonly store: TaskStore;
  readonly progress: Progress;
  readonly log: RunLog;
  readonly signal: AbortSignal;
}

/** What became of the tasks of one step, in their order, and the names under which they are kept. */
export interface Step {
  readonly results: readonly TubeResult[];
  readonly keys: readonly string[];
}

/** Runs the tasks of one step of the walk, with progress and log. */
export async function step(name: string, tasks: readonly TubeTask[], options: WalkOptions): Promise<Step> {
  const { threads, pool, store, signal, progress, log } = options;
  const onDone = (task: TubeTask, result: TubeResult, arrival: Arrival) => {
    progress.tick(task.tube.sampleId, result.status);
    logTube(log, task, result, arrival);
  };
  progress.start(name, tasks.length);
  const keys = tasks.flatMap((task) => taskKey(task) ?? []);
  const results = await runTasks(tasks, { threads, pool, store, signal, onDone });
  return { results, keys };
}

/** Words of the log for a finished task. */
const done = { look: 'looked_at', survey: 'surveyed', count: 'counted', review: 'sampled' } as const;

function logTube(log: RunLog, { kind, tube }: TubeTask, { status, problems }: TubeResult, arrival: Arrival): void {
  const how = arrival.kind === 'kept' ? { kept: true } : { seconds: arrival.seconds };
  const { sampleId: sample_id } = tube;
  if (status === 'ok') {
    log.write(done[kind], { sample_id, ...how });
    return;
  }
  const codes = problems.filter((found) => found.severity === 'error').map((found) => found.code);
  log.write('tube_failed', { sample_id, step: kind, codes: [...new Set(codes)].sort(), ...how });
}

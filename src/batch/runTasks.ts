import { setImmediate } from 'node:timers/promises';
import { problem, withoutFolders } from '../problems/index.ts';
import type { TubeResult, TubeTask } from '../tube/index.ts';
import { secondsSince } from './runLog.ts';
import { taskKey } from './taskKey.ts';
import type { TaskStore } from './taskStore.ts';
import { openTubePool, type RunPool, type TubePool } from './tubePool.ts';

export interface RunTasksOptions {
  /** 0: in this thread, one after the other; else so many threads of a pool. */
  readonly threads: number;
  /** Where finished tasks are kept and found again. */
  readonly store?: TaskStore;
  /** Aborted: the promise rejects with the signal's reason; tasks that are finished stay in the store. */
  readonly signal?: AbortSignal;
  /** Called once a task, in order of arrival. */
  readonly onDone?: (task: TubeTask, result: TubeResult, arrival: Arrival) => void;
  /** A tube that takes longer on a thread is given up; default 30 minutes, which no sound tube takes. */
  readonly timeLimitMs?: number;
  /** Whose threads do it, and stay; else threads are started for these tasks alone. */
  readonly pool?: RunPool;
  /** Another worker than our own, for trials. */
  readonly worker?: URL;
}

/** How a result came: out of the store, or worked out in so many seconds. */
export type Arrival = { readonly kind: 'kept' } | { readonly kind: 'done'; readonly seconds: number };

const usualTimeLimitMs = 30 * 60_000;

/**
 * Runs every task, in this thread or on a pool, and keeps finished ones. A tube whose thread throws, ends or never
 * comes back fails alone, with a problem that says so.
 * @returns results in the order of the tasks, whatever the order of arrival
 */
export async function runTasks(tasks: readonly TubeTask[], options: RunTasksOptions): Promise<readonly TubeResult[]> {
  const results = new Map<number, TubeResult>();
  const waiting: Waiting[] = [];
  for (const [index, task] of tasks.entries()) {
    options.signal?.throwIfAborted();
    const key = options.store && taskKey(task);
    const kept = key === undefined ? undefined : options.store?.read(key);
    if (kept === undefined) waiting.push({ index, task, key });
    else {
      results.set(index, kept);
      options.onDone?.(task, kept, { kind: 'kept' });
    }
  }
  const lanes = Math.min(options.threads, waiting.length);
  const ownPool = lanes > 0 && options.pool === undefined ? await openTubePool(lanes, options.worker) : undefined;
  const pool = lanes > 0 ? (ownPool ?? (await options.pool?.open())) : undefined;
  const next = waiting.values();
  try {
    const work = () => lane(next, results, pool, options);
    await Promise.all(Array.from({ length: Math.max(1, lanes) }, work));
  } finally {
    await ownPool?.close();
  }
  return tasks.map((_, index) => results.get(index) ?? lostResult(index));
}

interface Waiting {
  readonly index: number;
  readonly task: TubeTask;
  /** Name in the store; undefined where nothing is kept. */
  readonly key: string | undefined;
}

/** Takes one task after the other: never more tasks are under way than threads, so that a time limit counts work only. */
async function lane(
  next: Iterator<Waiting>,
  results: Map<number, TubeResult>,
  pool: TubePool | undefined,
  options: RunTasksOptions,
): Promise<void> {
  for (let step = next.next(); step.done !== true; step = next.next()) {
    const { index, task, key } = step.value;
    options.signal?.throwIfAborted();
    const startMs = performance.now();
    const result = pool === undefined ? await inline(task) : await onThread(task, pool, options);
    results.set(index, result);
    // A failure may be of the moment (memory, a file being copied): only what succeeded is kept.
    if (key !== undefined && result.status === 'ok') options.store?.write(key, result);
    options.onDone?.(task, result, { kind: 'done', seconds: secondsSince(startMs) });
  }
  options.signal?.throwIfAborted();
}

async function inline(task: TubeTask): Promise<TubeResult> {
  // With a pool this thread never needs the code of the walk: it is loaded here, where it runs.
  const { runTubeTask } = await import('../tube/index.ts');
  await setImmediate(); // lets signals and the progress bar have their turn
  try {
    return runTubeTask(task);
  } catch (error) {
    return endTask(task, error);
  }
}

async function onThread(task: TubeTask, pool: TubePool, options: RunTasksOptions): Promise<TubeResult> {
  const { signal, timeLimitMs = usualTimeLimitMs } = options;
  const limit = AbortSignal.timeout(timeLimitMs);
  try {
    return await pool.run(task, signal === undefined ? limit : AbortSignal.any([signal, limit]));
  } catch (error) {
    signal?.throwIfAborted();
    return limit.aborted ? tooLong(task, timeLimitMs) : endTask(task, error);
  }
}

function tooLong(task: TubeTask, timeLimitMs: number): TubeResult {
  const { sampleId, displayPath: file } = task.tube;
  const message = `no result of this tube after ${Math.round(timeLimitMs / 1000)} s`;
  return { status: 'failed', problems: [problem('error', 'cli.tube-time', message, { file, sampleId })] };
}

function endTask(task: TubeTask, error: unknown): TubeResult {
  const { sampleId, displayPath: file, path } = task.tube;
  const words = withoutFolders((error instanceof Error ? error.message : String(error)).replaceAll(path, file));
  const message = `the work on this tube ended without a result: "${words}"`;
  return { status: 'failed', problems: [problem('error', 'cli.tube-ended', message, { file, sampleId })] };
}

function lostResult(index: number): never {
  throw new Error(`task ${index} has no result`);
}

import type { TubeResult, TubeTask } from '../tube/index.ts';

const here = import.meta.url; // sources run with the built worker: Node 20 loads no TypeScript in a thread
/** The worker's file: takes a task, gives a result. */
const tubeWorker = new URL(here.endsWith('.ts') ? '../../dist/workers/tube.js' : '../../workers/tube.js', here);

/** Threads that work on one tube at a time each. */
export interface TubePool {
  /**
   * Rejects where the thread throws, ends or loses its memory; a thread in a loop is ended by the signal. Either way the
   * pool goes on with a new thread.
   */
  run(task: TubeTask, signal: AbortSignal): Promise<TubeResult>;
  close(): Promise<void>;
}

/** @param threads at least 1; kept to the end, since starting one costs more than many tubes do */
export async function openTubePool(threads: number, worker: URL = tubeWorker): Promise<TubePool> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina<TubeTask, TubeResult>({ filename: worker.href, minThreads: threads, maxThreads: threads });
  return {
    run: (task, signal) => pool.run(task, { signal }),
    close: () => pool.destroy(),
  };
}

/** The pool of a whole run. */
export interface RunPool {
  /** Starts the threads when the first step needs them: they have loaded their code, and grown fast, for the steps after it. */
  open(): Promise<TubePool>;
  /** Ends the threads, if any were started. */
  close(): Promise<void>;
}

/** @param threads at least 1 */
export function runPool(threads: number, worker?: URL): RunPool {
  let opened: Promise<TubePool> | undefined;
  return {
    open: () => {
      opened ??= openTubePool(threads, worker);
      return opened;
    },
    // Where the threads could not be started the step that asked for them has said so.
    close: async () =>
      opened?.then(
        (pool) => pool.close(),
        () => undefined,
      ),
  };
}

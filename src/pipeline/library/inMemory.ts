import { openProgress, runPool, silentLog, type TaskStore, usualThreads } from '../../batch/index.ts';
import type { WalkOptions } from '../walkStep.ts';

/** How a walk is done whose results are kept by nobody but the caller. */
export interface LibraryOptions {
  /** 0: in this thread; left out: as many as there are cores, at most one a tube, none for a tube alone. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** Finished tasks of a walk that cannot be resumed. */
const nothingKept: TaskStore = { read: () => undefined, write() {}, keepOnly() {} };

/** Walks without a folder: no progress, no log, nothing on the disk. */
export async function inMemory<T>(
  {
    threads: wished,
    signal = new AbortController().signal,
    membership = false,
  }: LibraryOptions & { membership?: boolean },
  tubeCount: number,
  work: (how: WalkOptions) => Promise<T>,
): Promise<T> {
  const threads = wished ?? usualThreads(tubeCount);
  const pool = runPool(Math.max(1, Math.min(threads, tubeCount)));
  const progress = await openProgress({ quiet: true, stream: process.stderr });
  try {
    return await work({ threads, pool, membership, store: nothingKept, progress, log: silentLog, signal });
  } finally {
    await pool.close();
  }
}

import { availableParallelism } from 'node:os';

/** Threads where nobody says a number: the cores, at most one a tube. A tube alone is done before a thread has started. */
export function usualThreads(tubeCount: number): number {
  return tubeCount < 2 ? 0 : Math.min(availableParallelism(), tubeCount);
}

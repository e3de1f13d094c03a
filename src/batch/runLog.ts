import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';

/** What happened, in the past tense; each is explained in docs/output.md. */
export type RunEvent =
  | 'run_started'
  | 'looked_at'
  | 'surveyed'
  | 'placed'
  | 'placed_again'
  | 'counted'
  | 'recounted'
  | 'sampled'
  | 'tube_failed'
  | 'wrote'
  | 'run_ended';

/** What a line says beside time and event: ids, codes and numbers, never a value of a file's TEXT. */
export type RunEventFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** The events of a run with their times, one JSON object a line. */
export interface RunLog {
  write(event: RunEvent, facts?: RunEventFacts): void;
}

/** Keeps no events. */
export const silentLog: RunLog = { write() {} };

/**
 * A log that each line reaches at once, so that a killed run has told all it did; a later run in the folder goes on
 * below it. A line that a kill cut in half is taken off first: every line is JSON.
 */
export function openRunLog(path: string): RunLog {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) {
    const former = readFileSync(path);
    const wholeBytes = former.lastIndexOf('\n') + 1;
    if (wholeBytes < former.length) truncateSync(path, wholeBytes);
  }
  return {
    write(event, facts = {}) {
      appendFileSync(path, `${JSON.stringify({ time: new Date().toISOString(), event, ...facts })}\n`);
    },
  };
}

/** Time since a moment of `performance.now()`, in seconds to the millisecond. */
export function secondsSince(startMs: number): number {
  return Math.round(performance.now() - startMs) / 1000;
}

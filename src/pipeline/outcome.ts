import type { Problem } from '../problems/index.ts';

/** What every command of the pipeline may be told. */
export interface PipelineOptions {
  /** Output folder as typed; undefined for the command's own. */
  readonly out: string | undefined;
  /** undefined: as many as there are cores, at most one a tube, none for a tube alone. */
  readonly threads: number | undefined;
  readonly quiet: boolean;
  /** Forget what an earlier run finished. */
  readonly fresh: boolean;
  readonly membership: boolean;
  readonly signal: AbortSignal;
}

/** How a command ended, for the command line to print. */
export interface Outcome {
  /** 0 done, 1 could not finish, 2 nothing ran and nothing was written, 3 some tubes failed. */
  readonly exit: 0 | 1 | 2 | 3;
  readonly problems: readonly Problem[];
  /** For stdout; may be empty. */
  readonly text: string;
  /** The last line for stderr, without its end; empty where nothing ran. */
  readonly closing: string;
  /** The output folder, where one was written. */
  readonly folder?: OutFolder;
}

/** Where a command writes: for opening, and as the person knows it. */
export interface OutFolder {
  readonly path: string;
  readonly shown: string;
}

/** The outcome of a command that may not begin. */
export function refused(problems: readonly Problem[]): Outcome {
  return { exit: 2, problems, text: '', closing: '' };
}

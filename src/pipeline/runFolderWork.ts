import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { checkRunFolder, openProgress, openRunFolder, taskStore } from '../batch/index.ts';
import type { Problem } from '../problems/index.ts';
import { type Outcome, type PipelineOptions, refused } from './outcome.ts';
import type { WalkOptions } from './walk.ts';

/** Where a command writes: for opening, and as the person knows it. */
export interface OutFolder {
  readonly path: string;
  readonly shown: string;
}

/** @param usual the command's own folder, below cytopair-out in the working directory */
export function outFolder(typed: string | undefined, usual: string): OutFolder {
  const shown = typed ?? `cytopair-out/${usual}`;
  return { path: resolve(shown), shown: shown.replaceAll('\\', '/') };
}

/** What a command does once its folder is its own. */
export type FolderWork = (how: WalkOptions) => Promise<Outcome>;

/**
 * Takes the folder, does the work in it and gives it back, whatever happens. Refuses before anything is written where
 * the folder is someone else's; ends with 1 where another run is in it.
 */
export async function inRunFolder(
  out: OutFolder,
  options: PipelineOptions,
  tubeCount: number,
  work: FolderWork,
): Promise<Outcome> {
  const refusal = checkRunFolder(out.path, out.shown);
  if (refusal !== undefined) return refused([refusal]);
  const folder = await openRunFolder(out.path, out.shown);
  if ('code' in folder) return { exit: 1, problems: [folder], text: '', closing: '' };
  const progress = await openProgress({ quiet: options.quiet, stream: process.stderr });
  try {
    const store = taskStore(join(folder.statePath, 'tasks'));
    if (options.fresh) store.keepOnly(new Set());
    const threads = options.threads ?? Math.min(availableParallelism(), tubeCount);
    const { membership, signal } = options;
    return await work({ threads, membership, store, progress, signal });
  } finally {
    progress.stop();
    await folder.close();
  }
}

/** The last line of a run on stderr. */
export function closingLine(
  tubes: { all: number; failed: number },
  problems: readonly Problem[],
  out: OutFolder,
): string {
  const done = `${tubes.all - tubes.failed} of ${tubes.all} tubes done, ${tubes.failed} failed`;
  return `cytopair: ${done}, ${warningsOf(problems)} -> ${out.shown}`;
}

/** `3 warnings`, in the fixed words of the closing line. */
export function warningsOf(problems: readonly Problem[]): string {
  return `${problems.filter((found) => found.severity === 'warning').length} warnings`;
}

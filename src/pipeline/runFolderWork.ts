import { join, resolve } from 'node:path';
import {
  checkRunFolder,
  checkRunStudy,
  openProgress,
  openRunFolder,
  openRunLog,
  type RunLog,
  runPool,
  secondsSince,
  silentLog,
  taskStore,
  usualThreads,
  version,
} from '../batch/index.ts';
import { counted, gatherProblems, type Problem, withoutFolder } from '../problems/index.ts';
import { type Outcome, type OutFolder, type PipelineOptions, refused } from './outcome.ts';
import type { WalkOptions } from './walkStep.ts';

/** @param usual the command's own folder, below cytopair-out in the working directory */
export function outFolder(typed: string | undefined, usual: string): OutFolder {
  const written = typed ?? `cytopair-out/${usual}`;
  return { path: resolve(written), shown: withoutFolder(written).replaceAll('\\', '/') };
}

/** What is to be done in a folder. */
export interface FolderJob {
  readonly command: 'run' | 'gate' | 'analyze' | 'review';
  readonly study: string;
  readonly tubeCount: number;
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
  job: FolderJob,
  work: FolderWork,
): Promise<Outcome> {
  const refusal = checkRunFolder(out.path, out.shown) ?? checkRunStudy(out.path, job, out.shown);
  if (refusal !== undefined) return refused([refusal]);
  const folder = await openRunFolder(out.path, out.shown);
  if ('code' in folder) return { exit: 1, problems: [folder], text: '', closing: '' };
  const progress = await openProgress({ quiet: options.quiet, stream: process.stderr });
  const threads = options.threads ?? usualThreads(job.tubeCount);
  const pool = runPool(Math.max(1, Math.min(threads, job.tubeCount)));
  try {
    const store = taskStore(join(folder.statePath, 'tasks'));
    if (options.fresh) store.keepOnly(new Set());
    const { membership, signal } = options;
    // Statistics alone take no steps worth a time, and may share the folder of the run that they continue.
    const log = job.command === 'analyze' ? silentLog : openRunLog(join(out.path, 'log.jsonl'));
    return await runWithLog(log, job, { threads, pool, membership, store, progress, signal, log }, work);
  } finally {
    progress.stop();
    await pool.close();
    await folder.close();
  }
}

async function runWithLog(log: RunLog, job: FolderJob, how: WalkOptions, work: FolderWork): Promise<Outcome> {
  const startMs = performance.now();
  const { command, study, tubeCount: tubes } = job;
  log.write('run_started', { command, study, tubes, threads: how.threads, cytopair: version, node: process.version });
  const end = (exit: number) => log.write('run_ended', { exit, seconds: secondsSince(startMs) });
  try {
    const outcome = await work(how);
    end(outcome.exit);
    return outcome;
  } catch (fault) {
    // 130: the person stopped it. Else 1; what stopped it is told on stderr, since its words may hold a path.
    const exit = how.signal.aborted ? 130 : 1;
    try {
      end(exit);
    } catch (second) {
      // The full disk that stopped the run refuses its last line too: the first fault is the one to tell.
      if (!(second instanceof Error && 'code' in second)) throw second;
    }
    throw fault;
  }
}

/** The last line of a run on stderr. */
export function closingLine(
  tubes: { all: number; failed: number },
  problems: readonly Problem[],
  out: OutFolder,
): string {
  const done = `${tubes.all - tubes.failed} of ${tubes.all} tubes done, ${tubes.failed} failed`;
  // These words are the contract of `run` and `gate`, read by other programs: plural whatever the number.
  return `cytopair: ${done}, ${warningCount(problems)} warnings -> ${out.shown}`;
}

/** `3 warnings`, for the closing line of a command. */
export function warningsOf(problems: readonly Problem[]): string {
  return counted(warningCount(problems), 'warning');
}

function warningCount(problems: readonly Problem[]): number {
  return gatherProblems(problems).filter((found) => found.severity === 'warning').length;
}

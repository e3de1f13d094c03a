import { type Dirent, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { counted, type Problem, problem } from '../problems/index.ts';
import { jsonValue, makeFolder, writeFileAtomically } from '../tables/index.ts';

/** The heartbeat cannot beat while a tube is worked on in this thread: longer than the longest of those. */
const staleAfterMs = 30 * 60_000;

/** When this process began: tells it from an earlier one of the same number. */
const since = Math.round(performance.timeOrigin);

/** A folder that one run alone writes to, until it is closed. */
export interface RunFolder {
  readonly path: string;
  /** Resumable state, ours alone. */
  readonly statePath: string;
  close(): Promise<void>;
}

/** What file managers and synchronisers leave wherever a person has looked. */
const systemFile =
  /^(?:\.DS_Store|\.localized|\.directory|\.hidden|\.Spotlight-V100|\.Trashes|\.fseventsd|\.TemporaryItems|\._.*|\.nfs[0-9a-f]+|Thumbs\.db|ehthumbs\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information|lost\+found|@eaDir|Icon\r)$/i;

/**
 * Whether a run may write to a folder: it is absent, empty, or holds a run of ours. What the system itself leaves in
 * folders does not count, nor do folders in which there is nothing else.
 * @param displayPath how the folder is called in the message
 * @returns the problem that forbids it
 */
export function checkRunFolder(path: string, displayPath: string): Problem | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isDirectory()) {
    return problem('error', 'output.not-ours', 'the output folder is a file', { file: displayPath });
  }
  const names = readdirSync(path, { withFileTypes: true }).filter((entry) => !isOfSystem(entry, path));
  if (names.length === 0 || isOurs(path)) return undefined;
  const message = `the output folder holds ${counted(names.length, 'entry', 'entries')} and no run of ours`;
  return problem('error', 'output.not-ours', message, { file: displayPath });
}

const commands = ['run', 'gate', 'analyze', 'review'] as const;

/** Whose results a run writes. */
export interface RunOwner {
  readonly command: (typeof commands)[number];
  readonly study: string;
}

/**
 * Whether the folder holds what another study wrote, or began to write: its tables must not be replaced by those of this
 * one without a word, nor stand beside them. Tubes that `gate` took by themselves are no study: they and a study do not
 * share a folder either.
 * @returns the problem that forbids it
 */
export function checkRunStudy(path: string, owner: RunOwner, displayPath: string): Problem | undefined {
  const found = ownerIn(join(path, 'run.json')) ?? ownerIn(join(path, 'log.jsonl'));
  if (found === undefined || ownerWords(found) === ownerWords(owner)) return undefined;
  const message = `the output folder holds results of ${ownerWords(found)}, and this is ${ownerWords(owner)}`;
  return problem('error', 'output.other-study', message, { file: displayPath });
}

function ownerWords({ command, study }: RunOwner): string {
  return command === 'gate' ? 'tubes by themselves (cytopair gate)' : `the study "${study}"`;
}

/** What the record, or the first line of the log, says of who wrote it. */
function ownerIn(path: string): RunOwner | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const text = readFileSync(path, 'utf8');
  const found = jsonValue(path.endsWith('.jsonl') ? text.slice(0, Math.max(0, text.indexOf('\n'))) : text);
  if (typeof found !== 'object' || found === null || !('command' in found) || !('study' in found)) return undefined;
  const command = commands.find((one) => one === found.command);
  return command !== undefined && typeof found.study === 'string' ? { command, study: found.study } : undefined;
}

function isOfSystem(entry: Dirent, folder: string): boolean {
  if (systemFile.test(entry.name)) return true;
  if (!entry.isDirectory() || entry.name === '.cytopair') return false;
  const path = join(folder, entry.name);
  return readdirSync(path, { withFileTypes: true }).every((inner) => isOfSystem(inner, path));
}

function isOurs(path: string): boolean {
  if (statSync(join(path, '.cytopair'), { throwIfNoEntry: false })?.isDirectory()) return true;
  const record = join(path, 'run.json');
  if (!statSync(record, { throwIfNoEntry: false })?.isFile()) return false;
  return /"format":\s*"cytopair\/run\//.test(readFileSync(record, 'utf8'));
}

/**
 * Makes the folder with its parents and takes it for this run. A lock that a killed run of this machine left is taken
 * over at once; one of another machine when it has not beaten for half an hour.
 * @returns the folder, or the problem that another run has it
 */
export async function openRunFolder(path: string, displayPath: string): Promise<RunFolder | Problem> {
  const statePath = join(path, '.cytopair');
  makeFolder(statePath);
  const ownerPath = join(statePath, 'owner.json');
  const release = (await lock(statePath)) ?? (isOwnerGone(ownerPath) ? await takeOver(statePath) : undefined);
  if (release === undefined) {
    return problem('error', 'output.in-use', 'another run is writing to this folder', { file: displayPath });
  }
  writeFileAtomically(ownerPath, `${JSON.stringify({ pid: process.pid, since, host: hostname() })}\n`);
  return {
    path,
    statePath,
    async close() {
      rmSync(ownerPath, { force: true });
      await release();
    },
  };
}

async function lock(statePath: string): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lockfile.lock(statePath, { lockfilePath: lockPath(statePath), stale: staleAfterMs, update: 10_000 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined;
    throw error;
  }
}

async function takeOver(statePath: string): Promise<(() => Promise<void>) | undefined> {
  rmSync(lockPath(statePath), { recursive: true, force: true });
  return lock(statePath);
}

function lockPath(statePath: string): string {
  return join(statePath, 'lock');
}

/** True where the run that holds the lock was on this machine and is no more. */
function isOwnerGone(ownerPath: string): boolean {
  if (!statSync(ownerPath, { throwIfNoEntry: false })?.isFile()) return false;
  const owner = /^\{"pid":(\d+),"since":(\d+),"host":"(.*)"\}\n$/.exec(readFileSync(ownerPath, 'utf8'));
  if (owner === null || owner[3] !== hostname()) return false;
  // Process numbers come back, in containers at once: one of our number that began at another time is no more.
  if (Number(owner[1]) === process.pid) return Number(owner[2]) !== since;
  try {
    process.kill(Number(owner[1]), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { commandLine } from '../../src/cli/commandLine.ts';

/** Another build than our own (an installed package, say) is tried with CYTOPAIR_BUILD: then every command is a process. */
const otherBuild = process.env.CYTOPAIR_BUILD;
/** What the command's process runs. */
export const mainFile = join(otherBuild ?? join(import.meta.dirname, '..', '..', 'dist'), 'src', 'cli', 'main.js');

export interface Ended {
  /** The exit code; 128 + number where a signal ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd?: string;
}

interface OwnProcess extends Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** Called when the process has begun. */
  readonly begun?: (process: ChildProcess) => void;
}

/** Runs the command as a person does, in a process of its own: where that is what is looked at, or what it is given. */
export function cytopairProcess(args: readonly string[], { cwd, env, begun }: OwnProcess = {}): Promise<Ended> {
  const child = spawn(process.execPath, [mainFile, ...args], { cwd: cwd ?? tmpdir(), env: { ...process.env, ...env } });
  begun?.(child);
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    texts.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    texts.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, ...texts }));
  });
}

let last: Promise<unknown> = Promise.resolve();

/**
 * What the command answers to these words. A process of its own would spend most of its time on starting: this is what
 * that process does, done here. One after the other, since the folder and the streams are those of the whole process.
 */
export function cytopair(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  if (otherBuild !== undefined) return cytopairProcess(args, surroundings);
  const ended = last.then(() => here(args, surroundings.cwd ?? tmpdir()));
  last = ended.catch(() => undefined);
  return ended;
}

async function here(args: readonly string[], cwd: string): Promise<Ended> {
  const before = process.cwd();
  const streams = [caught(process.stdout), caught(process.stderr)] as const;
  process.chdir(cwd);
  try {
    const exit = await commandLine(args);
    const [stdout, stderr] = streams.map(({ text }) => text());
    return { exit, stdout: stdout ?? '', stderr: stderr ?? '' };
  } finally {
    process.chdir(before);
    for (const { release } of streams) release();
  }
}

/** Keeps what is written to a stream from now until it is released. */
function caught(stream: NodeJS.WriteStream): { text(): string; release(): void } {
  const written: Buffer[] = [];
  const own = stream.write;
  stream.write = (chunk: string | Uint8Array) => {
    written.push(Buffer.from(chunk));
    return true;
  };
  const release = () => {
    stream.write = own;
  };
  return { text: () => Buffer.concat(written).toString('utf8'), release };
}

/** The small synthetic study of the repository: 16 tubes of 4,000 events, BL and M1 of eight patients. */
export const tinyStudy = join(import.meta.dirname, '..', '..', 'samples', 'tiny');

/** A folder of the test's own. */
export function ownFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'cytopair-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * A copy of the small study that a test may damage.
 * @param subjectCount so many of its eight patients, for tests that need few tubes
 */
export function copyOfTinyStudy(folder: string, subjectCount = 8): string {
  mkdirSync(join(folder, 'fcs'), { recursive: true });
  cpSync(join(tinyStudy, 'study.yaml'), join(folder, 'study.yaml'));
  const [header = '', ...rows] = readFileSync(join(tinyStudy, 'sheet.csv'), 'utf8').trimEnd().split('\n');
  const kept = rows.slice(0, 2 * subjectCount);
  writeFileSync(join(folder, 'sheet.csv'), `${[header, ...kept].join('\n')}\n`);
  for (const row of kept) {
    const file = join('fcs', row.split(',')[1] ?? '');
    cpSync(join(tinyStudy, file), join(folder, file));
  }
  return join(folder, 'study.yaml');
}

/** Path below a folder -> text, of all files but the resumable state and the log, which holds times. */
export function textsIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const ours = paths.filter((path) => !path.startsWith('.cytopair/') && path !== 'log.jsonl').sort();
  return new Map(ours.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

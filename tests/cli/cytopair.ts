import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** The built command line; another build (an installed package, say) is tried with CYTOPAIR_BUILD. */
const build = process.env.CYTOPAIR_BUILD ?? join(import.meta.dirname, '..', '..', 'dist');

export interface Ended {
  /** The exit code; 128 + number where a signal ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called when the process has begun. */
  readonly begun?: (process: ChildProcess) => void;
}

/** Runs the command as a person does, in a process of its own. */
export function cytopair(args: readonly string[], { cwd, env, begun }: Surroundings = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(build, 'src', 'cli', 'main.js'), ...args], {
    cwd: cwd ?? tmpdir(),
    env: { ...process.env, ...env },
  });
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

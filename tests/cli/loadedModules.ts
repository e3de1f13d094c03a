import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mainFile } from './cytopair.ts';

// Writes the name of every module that the process loads, on the thread on which Node asks such hooks.
const hooks = `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(process.env.CYTOPAIR_MODULES, url + '\\n');
  return next(url, context);
}`;
const asUrl = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
const registering = asUrl(`import { register } from 'node:module'; register(${JSON.stringify(asUrl(hooks))});`);

/** What a worker thread begins with. */
export const workerFile = join(dirname(mainFile), '..', '..', 'workers', 'tube.js');

/** What a built file loads to answer these words in a process of its own; what its threads load is not seen. */
export function loadedModules(words: readonly string[], cwd: string, file = mainFile) {
  const folder = mkdtempSync(join(tmpdir(), 'cytopair-modules-'));
  const list = join(folder, 'modules');
  const ended = spawnSync(process.execPath, ['--import', registering, file, ...words], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CYTOPAIR_MODULES: list },
  });
  const urls = readFileSync(list, 'utf8').trimEnd().split('\n');
  rmSync(folder, { recursive: true });
  if (!urls.includes(pathToFileURL(file).href)) throw new Error('the file itself is not among its modules');
  const packages = urls.flatMap((url) => packageIn(url) ?? []);
  const files = urls.filter((url) => url.startsWith('file:'));
  const bytes = files.reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0);
  return { exit: ended.status, urls, kilobytes: bytes / 1000, packages: new Set(packages) };
}

/** The library that a module is of: one of its own files, or the chunk that the build makes of it. */
function packageIn(url: string): string | undefined {
  const chunk = /\/src\/chunks\/npm\.(.+)\.[\w-]{8}\.js$/.exec(url)?.[1];
  return chunk?.replace(/^(@[^_]+)_/, '$1/') ?? /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
}

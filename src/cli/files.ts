import { statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { type Problem, problem } from '../problems/index.ts';

/** A path as messages show it: relative to the working directory with `/`, a file outside it by its base name. */
export function shownPath(path: string): string {
  const inside = relative(process.cwd(), resolve(path));
  return inside.startsWith('..') || isAbsolute(inside) ? basename(path) : inside.replaceAll('\\', '/');
}

/** The files named on the command line that do not exist: all of them, before anything runs. */
export function missingFiles(paths: readonly string[]): readonly Problem[] {
  return paths
    .filter((path) => statSync(path, { throwIfNoEntry: false }) === undefined)
    .map((path) =>
      problem('error', 'input.not-found', `there is no file "${basename(path)}"`, { file: shownPath(path) }),
    );
}

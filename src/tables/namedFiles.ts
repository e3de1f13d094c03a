import { statSync } from 'node:fs';
import { basename, isAbsolute, relative } from 'node:path';
import { type Problem, problem } from '../problems/index.ts';
import { onDisk, twinProblem } from './onDisk.ts';

/** A path as messages show it: relative to the working directory with `/`, a file outside it by its base name. */
export function shownPath(path: string): string {
  const { path: found } = onDisk(path);
  const inside = relative(process.cwd(), found);
  const shown = inside.startsWith('..') || isAbsolute(inside) ? basename(found) : inside.replaceAll('\\', '/');
  return shown.normalize('NFC');
}

/** The files named on the command line that do not exist, or twice: all of them, before anything runs. */
export function missingFiles(paths: readonly string[]): readonly Problem[] {
  return paths.flatMap((written) => {
    const { path, twin } = onDisk(written);
    const where = { file: shownPath(written) };
    if (twin !== undefined) return [twinProblem(twin, where)];
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) return [];
    return [problem('error', 'input.not-found', `there is no file "${basename(written)}"`, where)];
  });
}

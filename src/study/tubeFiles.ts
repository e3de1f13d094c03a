import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { nearestName, type Problem, problem, type Where, withoutFolder } from '../problems/index.ts';
import { onDisk, twinProblem } from '../tables/index.ts';
import { noFileText } from './readFileOrSay.ts';

/** A place where a sheet names a file. */
export interface NamedFile {
  /** As written, with `/`. */
  readonly file: string;
  /** How messages call it. */
  readonly shown: string;
  /** Row of the sheet as a spreadsheet counts. */
  readonly row: number;
  readonly where: Where;
}

/**
 * Absolute paths of the files of a sheet, each a file within the data root once links are followed, each named once.
 * @param root absolute
 * @returns by position; the joined path where a file was refused (with a problem)
 */
export function findTubeFiles(root: string, files: readonly NamedFile[], problems: Problem[]): string[] {
  const realRoot = realpathSync(root);
  const firstRow = new Map<string, number>();
  return files.map(({ file, shown, row, where }) => {
    if (file === '') return resolve(root, file);
    const { path, twin } = onDisk(resolve(root, file));
    if (twin !== undefined) problems.push(twinProblem(shown === file ? twin : shown, where));
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile()) {
      const isShown = shown === file;
      const hint = stat === undefined && isShown ? nearestFile(path, root) : undefined;
      problems.push(problem('error', 'sheet.file-not-found', noFileText(shown, stat), where, hint));
      return path;
    }
    const real = realpathSync(path);
    if (!isInside(realRoot, real)) {
      problems.push(
        problem('error', 'sheet.file-outside', `"${withoutFolder(shown)}" lies outside the data root`, where),
      );
      return path;
    }
    const earlier = firstRow.get(real);
    if (earlier === undefined) firstRow.set(real, row);
    else {
      problems.push(
        problem('error', 'sheet.duplicate-file', `"${withoutFolder(shown)}" is also the file of row ${earlier}`, where),
      );
    }
    return path;
  });
}

function isInside(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  return inner !== '' && inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner);
}

/** Relative to a folder with `/`; a file outside it by its base name: outputs never hold an absolute path. */
export function displayPath(folder: string, path: string): string {
  return (isInside(folder, path) ? relative(folder, path).replaceAll(sep, '/') : basename(path)).normalize('NFC');
}

function nearestFile(path: string, root: string): string | undefined {
  const folder = dirname(path);
  // Names outside the root are nobody's business here.
  if (folder !== root && !isInside(root, folder)) return undefined;
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const near = nearestName(basename(path), readdirSync(folder).sort());
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

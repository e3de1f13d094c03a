import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { didYouMean, nearestName, type Problem, problem, type Where, withoutFolder } from '../problems/index.ts';
import { onDisk, twinProblem } from '../tables/index.ts';
import { noFileText } from './readFileOrSay.ts';
import type { SheetTube } from './sheetRow.ts';

/** A place where a sheet names a file. */
export interface NamedFile {
  /** As written, with `/`. */
  readonly file: string;
  /** How messages call it. */
  readonly shown: string;
  /** Row of the sheet as a spreadsheet counts. */
  readonly row: number;
  readonly where: Where;
  /** Whose tube it is. */
  readonly tube: Pick<SheetTube, 'subject' | 'visit' | 'panel' | 'role' | 'batch'>;
}

/** Which rows may share a file: those of several panels of one tube, or all. */
export type MayShare = 'panels' | 'all';

/**
 * Absolute paths of the files of a sheet, each a file within the data root once links are followed, each named once
 * or by rows that may share it.
 * @param root absolute
 * @returns by position; the joined path where a file was refused (with a problem)
 */
export function findTubeFiles(
  root: string,
  files: readonly NamedFile[],
  mayShare: MayShare,
  problems: Problem[],
): string[] {
  const realRoot = realpathSync(root);
  const rowsOf = new Map<string, NamedFile[]>();
  return files.map((named) => {
    const { file, shown, where } = named;
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
    const rows = rowsOf.get(real) ?? [];
    rowsOf.set(real, [...rows, named]);
    const earlier = rows.find((other) => mayShare === 'panels' && !isSameTube(named, other));
    if (earlier !== undefined) {
      const message = `"${withoutFolder(shown)}" is also the file of row ${earlier.row}`;
      problems.push(problem('error', 'sheet.duplicate-file', message, where));
    }
    return path;
  });
}

/** Two templates for one tube: all is said alike of both rows but the panel. */
function isSameTube({ tube: a }: NamedFile, { tube: b }: NamedFile): boolean {
  const isOneTube = a.subject === b.subject && a.visit === b.visit && a.role === b.role && a.batch === b.batch;
  return isOneTube && a.panel !== b.panel;
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
  return didYouMean(nearestName(basename(path), readdirSync(folder).sort()));
}

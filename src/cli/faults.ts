import { basename } from 'node:path';
import { type Problem, problem, systemRefusal, withoutFolders } from '../problems/index.ts';

const unwritable: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'EMFILE',
  'EIO',
  'ELOOP',
  'ENAMETOOLONG',
]);
const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the codes mean of a folder that is to be made. */
const noFolder: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no folder can be made here (ENOENT)'],
  ['EEXIST', 'something of this name is here and is no folder (EEXIST)'],
]);

/** What a throw that nobody below caught means for the person at the terminal: the system failed, or we did. */
export function faultProblem(fault: unknown): Problem {
  const code = systemCode(fault);
  const file = pathOf(fault);
  const where = file === undefined ? {} : { file: basename(file) };
  if (full.has(code)) return problem('error', 'output.disk-full', `the disk is full (${code})`, where);
  // Folders are made for outputs alone, so that whatever forbids one forbids an output.
  const isFolder = code !== '' && syscallOf(fault) === 'mkdir';
  if (unwritable.has(code) || isFolder) {
    const words = (isFolder ? noFolder.get(code) : undefined) ?? systemRefusal(fault) ?? code;
    return problem('error', 'output.not-writable', words, where);
  }
  const words = withoutFolders(fault instanceof Error ? fault.message : String(fault));
  return problem('error', 'cli.internal-error', `a fault of the program: "${words}"`, {});
}

function systemCode(fault: unknown): string {
  return fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
}

function syscallOf(fault: unknown): unknown {
  return fault instanceof Error && 'syscall' in fault ? fault.syscall : undefined;
}

function pathOf(fault: unknown): string | undefined {
  return fault instanceof Error && 'path' in fault && typeof fault.path === 'string' ? fault.path : undefined;
}

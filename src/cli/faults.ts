import { basename } from 'node:path';
import { type Problem, problem } from '../problems/index.ts';

const unwritable: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'EMFILE',
  'EIO',
]);
const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What a throw that nobody below caught means for the person at the terminal: the system failed, or we did. */
export function faultProblem(fault: unknown): Problem {
  const code = systemCode(fault);
  const file = pathOf(fault);
  const where = file === undefined ? {} : { file: basename(file) };
  if (full.has(code)) return problem('error', 'output.disk-full', `the disk is full (${code})`, where);
  if (unwritable.has(code)) return problem('error', 'output.not-writable', `the system refuses (${code})`, where);
  const words = fault instanceof Error ? fault.message : String(fault);
  return problem('error', 'cli.internal-error', `a fault of the program: "${words}"`, {});
}

function systemCode(fault: unknown): string {
  return fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
}

function pathOf(fault: unknown): string | undefined {
  return fault instanceof Error && 'path' in fault && typeof fault.path === 'string' ? fault.path : undefined;
}

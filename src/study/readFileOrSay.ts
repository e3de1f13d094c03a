import { readFileSync, statSync } from 'node:fs';
import { type Problem, problem, type Where } from '../problems/index.ts';

/** The bytes of a file that a person named; undefined with a problem where it is absent, a folder, or cannot be opened. */
export function readFileOrSay(path: string, named: string, where: Where, problems: Problem[]): Uint8Array | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) {
    const message = stat === undefined ? `there is no file "${named}"` : `"${named}" is not a file`;
    problems.push(problem('error', 'input.not-found', message, where));
    return undefined;
  }
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    problems.push(problem('error', 'input.not-readable', `"${named}" cannot be opened: ${reason}`, where));
    return undefined;
  }
}

import { readFileSync, type Stats, statSync } from 'node:fs';
import { type Problem, problem, systemRefusal, type Where, withoutFolder } from '../problems/index.ts';
import { onDisk, twinProblem } from '../tables/index.ts';

/** The bytes of a file that a person named; undefined with a problem where it is absent, a folder, or cannot be opened. */
export function readFileOrSay(
  written: string,
  named: string,
  where: Where,
  problems: Problem[],
): Uint8Array | undefined {
  const { path, twin } = onDisk(written);
  if (twin !== undefined) problems.push(twinProblem(twin, where));
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) {
    problems.push(problem('error', 'input.not-found', noFileText(named, stat), where));
    return undefined;
  }
  try {
    return readFileSync(path);
  } catch (error) {
    const refusal = systemRefusal(error);
    if (refusal === undefined) throw error;
    problems.push(
      problem('error', 'input.not-readable', `"${withoutFolder(named)}" cannot be opened: ${refusal}`, where),
    );
    return undefined;
  }
}

/** @param stat of what lies under the name; undefined where nothing does */
export function noFileText(named: string, stat: Stats | undefined): string {
  if (stat === undefined) return `there is no file "${withoutFolder(named)}"`;
  return `"${withoutFolder(named)}" is ${stat.isDirectory() ? 'a folder, not a file' : 'no file that can be read'}`;
}

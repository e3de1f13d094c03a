import { basename, resolve } from 'node:path';
import { type Outcome, refused, warningsOf } from '../../pipeline/index.ts';
import { counted, hasErrors, type Problem, problem } from '../../problems/index.ts';
import { compareRuns, isNothing } from '../../runs/index.ts';
import { jsonText, shownPath, writeFileAtomically } from '../../tables/index.ts';
import { differencePage } from './differencePage.ts';
import { differenceText } from './differenceText.ts';
import { readRunFolder } from './readRunFolder.ts';

export interface CompareOptions {
  readonly json: boolean;
  /** File for the page, as typed; undefined: none is written. */
  readonly html: string | undefined;
}

/** What changed from one run to another, by what their folders hold. */
export function compare(first: string, second: string, { json, html }: CompareOptions): Outcome {
  const problems: Problem[] = [];
  const [from, to] = [first, second].map((folder) => {
    const read = readRunFolder(resolve(folder), shownPath(folder));
    problems.push(...read.problems);
    return read.value;
  });
  if (from === undefined || to === undefined || hasErrors(problems)) return refused(problems);
  if (from.study !== to.study) {
    const message = `these are runs of two studies, "${from.study}" and "${to.study}"`;
    problems.push(problem('warning', 'compare.other-study', message, {}));
  }
  const names = namesOf(first, second);
  const difference = compareRuns(from, to);
  if (html !== undefined) writeFileAtomically(resolve(html), differencePage(names, difference));
  const what = isNothing(difference)
    ? 'nothing changed'
    : `${counted(difference.conclusions.length, 'conclusion')} changed`;
  return {
    exit: 0,
    problems,
    text: json
      ? jsonText({ format: 'cytopair/compare/1', from: names[0], to: names[1], ...difference })
      : differenceText(names, difference),
    closing: `cytopair: ${what}, ${warningsOf(problems)}${html === undefined ? '' : ` -> ${shownPath(html)}`}`,
  };
}

/** Names of the folders; with the folder around them where they are called the same. */
function namesOf(first: string, second: string): readonly [string, string] {
  const [a, b] = [resolve(first), resolve(second)];
  if (basename(a) !== basename(b)) return [basename(a), basename(b)];
  const parent = (path: string) => path.split(/[\\/]/).slice(-2).join('/');
  return parent(a) === parent(b) ? [`${parent(a)} (first)`, `${parent(b)} (second)`] : [parent(a), parent(b)];
}

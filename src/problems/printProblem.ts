import type { Problem } from './problem.ts';
import { visible } from './visible.ts';

/**
 * One line: `sheet.csv:7:3: error sheet.duplicate-sample: message (hint)`; FCS problems are placed as `file.fcs@byte`.
 * @returns the line without its end; characters of foreign text that nobody sees are shown as escapes
 */
export function printProblem(problem: Problem): string {
  const place = placeOf(problem);
  const hint = problem.hint === '' ? '' : ` (${problem.hint})`;
  const line = `${place === '' ? '' : `${place}: `}${problem.severity} ${problem.code}: ${problem.message}${hint}`;
  return visible(line);
}

function placeOf({ where }: Problem): string {
  const file = where.file ?? where.sampleId ?? '';
  if (where.byte !== undefined) return `${file}@${where.byte}`;
  if (where.line === undefined) return file;
  return where.column === undefined ? `${file}:${where.line}` : `${file}:${where.line}:${where.column}`;
}

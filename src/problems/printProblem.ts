import type { Problem } from './problem.ts';

/**
 * One line: `sheet.csv:7:3: error sheet.duplicate-sample: message (hint)`; FCS problems are placed as `file.fcs@byte`.
 * @returns the line without its end; control characters of foreign text are shown as escapes
 */
export function printProblem(problem: Problem): string {
  const place = placeOf(problem);
  const hint = problem.hint === '' ? '' : ` (${problem.hint})`;
  const line = `${place === '' ? '' : `${place}: `}${problem.severity} ${problem.code}: ${problem.message}${hint}`;
  return [...line].map(visible).join('');
}

function placeOf({ where }: Problem): string {
  const file = where.file ?? where.sampleId ?? '';
  if (where.byte !== undefined) return `${file}@${where.byte}`;
  if (where.line === undefined) return file;
  return where.column === undefined ? `${file}:${where.line}` : `${file}:${where.line}:${where.column}`;
}

// A file's own bytes must not steer the terminal of the person who reads the message.
function visible(character: string): string {
  const code = character.codePointAt(0) as number;
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
  return isControl ? `\\x${code.toString(16).padStart(2, '0')}` : character;
}

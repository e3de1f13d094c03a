import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { parseNumber } from './parseNumber.ts';
import { regroupDecimalComma } from './regroupDecimalComma.ts';
import type { WrittenMatrix } from './spillover.ts';

/**
 * Reads the text of $SPILLOVER and its like: n, name 1 … name n, S11, S12 … Snn, row by row (FCS 3.1, 3.2.20).
 * Blanks, line ends and quotes around fields do not count; a wrong n and decimal commas are mended where only one
 * reading is possible, and said.
 * @param keyword named in the messages
 * @returns value undefined with an error, or with no problem for a text that is blank or says 0 channels
 */
export function readMatrixText(text: string, keyword: string, where: Where): Reading<WrittenMatrix> {
  const fields = fieldsOf(text);
  const first = fields[0];
  if (first === undefined || (fields.length === 1 && Number(first) === 0)) return { value: undefined, problems: [] };
  const declared = /^\d+$/.test(first) ? Number(first) : undefined;
  const rest = declared === undefined ? fields : fields.slice(1);
  if (declared !== undefined && declared > 0) {
    if (rest.length === declared + declared ** 2) return readCells(rest, declared, keyword, where);
    const matrix = regroupDecimalComma(rest.slice(declared), declared);
    if (matrix) {
      const said = problem(
        'note',
        'compensation.spillover-decimal-comma',
        `${keyword} is written with decimal commas; only one reading gives a spillover matrix, which is used`,
        where,
        'check one value against the instrument',
      );
      return { value: { names: rest.slice(0, declared), matrix }, problems: [said] };
    }
  }
  return readWithOtherCount(rest, declared, keyword, where);
}

/** Fields between commas; a line end separates as a comma does, and one at the end opens no further field. */
function fieldsOf(text: string): string[] {
  const oneLine = unquote(text.trim()).replaceAll(/\s*,?\s*[\r\n]+\s*,?\s*/g, ',');
  const fields = oneLine.split(',').map((field) => unquote(field.trim()).trim());
  while (fields.at(-1) === '') fields.pop();
  return fields;
}

function unquote(text: string): string {
  return /^"[^"]*"$|^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
}

/** The n that makes n names and n² numbers of what is there, if the numbers are numbers. */
function readWithOtherCount(
  rest: readonly string[],
  declared: number | undefined,
  keyword: string,
  where: Where,
): Reading<WrittenMatrix> {
  const n = Math.round((Math.sqrt(1 + 4 * rest.length) - 1) / 2);
  const said = declared === undefined ? 'no number of channels' : `${declared} channels`;
  if (n > 0 && n + n * n === rest.length && rest.slice(n).every((cell) => parseNumber(cell) !== undefined)) {
    const read = readCells(rest, n, keyword, where);
    const message = `${keyword} says ${said}, but holds ${n} names and ${n * n} numbers, which were used`;
    return {
      value: read.value,
      problems: [problem('warning', 'compensation.spillover-count', message, where), ...read.problems],
    };
  }
  if (declared !== undefined && looksLikeDecimalCommas(rest.length, declared)) {
    const message =
      `${keyword} looks written with decimal commas: ${rest.length - declared} fields for ` +
      `${declared ** 2} numbers, and more than one reading or none`;
    return {
      value: undefined,
      problems: [problem('error', 'compensation.spillover-decimal-comma', message, where)],
    };
  }
  const wanted = declared === undefined ? '' : `, which needs ${declared + declared ** 2} fields after it`;
  const message = `${keyword} says ${said}${wanted}; found ${rest.length}`;
  return { value: undefined, problems: [problem('error', 'compensation.spillover-count', message, where)] };
}

function looksLikeDecimalCommas(fieldCount: number, n: number): boolean {
  return n > 0 && fieldCount > n + n * n && fieldCount <= n + 2 * n * n;
}

function readCells(fields: readonly string[], n: number, keyword: string, where: Where): Reading<WrittenMatrix> {
  const names = fields.slice(0, n);
  const problems: Problem[] = [];
  const matrix = new Float64Array(n * n);
  fields.slice(n).forEach((text, i) => {
    const value = parseNumber(text);
    if (value !== undefined) matrix[i] = value;
    else {
      const cell = `row "${names[Math.floor(i / n)]}", column "${names[i % n]}"`;
      const message = `${keyword}, ${cell}: "${text}" is not a number`;
      problems.push(problem('error', 'compensation.spillover-number', message, where));
    }
  });
  return { value: problems.length > 0 ? undefined : { names, matrix }, problems };
}

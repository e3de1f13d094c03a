import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { checkMatrix } from './checkMatrix.ts';
import { matchChannels } from './matchChannels.ts';
import { parseNumber } from './parseNumber.ts';
import type { ParameterName, Spillover } from './spillover.ts';

/**
 * Reads a spillover matrix from the cells of a table: a first row of detector names, then one row a fluorochrome, in
 * its first column a name (optional). Rows are aligned to the columns by name; orientation is never guessed.
 * @param rows cells as text, rows of blank cells ignored; numbers with a decimal point, or all with a decimal comma
 * @param where the file; row and field are added, counted from 1
 * @returns channels as written: matchSpillover finds the parameters of a tube for them. The identity stays a value, so
 *   that a person can say "compensate with nothing" by file; undefined with an error
 */
export function spilloverFromTable(rows: readonly (readonly string[])[], where: Where): Reading<Spillover> {
  const source = where.file ?? 'the table';
  const filled = rows
    .map((cells, i) => ({ line: i + 1, cells: withoutBlankEnd(cells.map((cell) => cell.trim())) }))
    .filter(({ cells }) => cells.length > 0);
  const [header, ...body] = filled;
  const n = body.length;
  if (!header || n === 0) return shapeProblem(`${source} holds no rows below the names`, where);
  const hasRowNames = body.every(({ cells }) => cells.length === n + 1);
  const names = header.cells.length === n + 1 ? header.cells.slice(1) : header.cells;
  if (header.cells.length === n + 1 && !hasRowNames) return notSquare(header.cells.length, body, source, where);
  if (names.length !== n || !body.every(({ cells }) => cells.length === n + (hasRowNames ? 1 : 0))) {
    return notSquare(names.length, body, source, where);
  }
  const rowNames = hasRowNames ? body.map(({ cells }) => cells[0] ?? '') : names;
  const problems = nameProblems(names, rowNames, source, where);
  const numbers = readCells(body, hasRowNames ? 1 : 0, where);
  problems.push(...numbers.problems);
  if (problems.some((found) => found.severity === 'error')) return { value: undefined, problems };
  const matrix = new Float64Array(n * n);
  names.forEach((name, i) => {
    matrix.set(numbers.rows[rowNames.indexOf(name)] ?? [], i * n);
  });
  const checked = checkMatrix(names, matrix, source, where);
  // checkMatrix answers null for the identity alone.
  const value =
    checked.value === null ? { channels: names, matrix: identity(n), source, conditionNumber: 1 } : checked.value;
  return { value, problems: [...problems, ...checked.problems] };
}

/**
 * The same matrix with the $PnN of a file's parameters for its names (as for keywords: all names or none).
 * @returns undefined with an error per name that the file does not have
 */
export function matchSpillover(
  spillover: Spillover,
  parameters: readonly ParameterName[],
  where: Where,
): Reading<Spillover> {
  const { value: channels, problems } = matchChannels(spillover.channels, parameters, spillover.source, where);
  return { value: channels && { ...spillover, channels }, problems };
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function withoutBlankEnd(cells: readonly string[]): readonly string[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1] === '') end--;
  return cells.slice(0, end);
}

function shapeProblem(message: string, where: Where): Reading<Spillover> {
  return { value: undefined, problems: [problem('error', 'compensation.spillover-shape', message, where)] };
}

function notSquare(columns: number, body: readonly Row[], source: string, where: Where): Reading<Spillover> {
  const lengths = [...new Set(body.map(({ cells }) => cells.length))].sort((a, b) => a - b);
  const message = `${source} is not square: ${columns} names, ${body.length} rows of ${lengths.join(' or ')} cells`;
  return shapeProblem(message, where);
}

function nameProblems(names: readonly string[], rowNames: readonly string[], source: string, where: Where): Problem[] {
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  const missing = names.filter((name) => !rowNames.includes(name));
  const surplus = rowNames.filter((name, i) => !names.includes(name) || rowNames.indexOf(name) !== i);
  return [
    ...twice.map((name) =>
      problem('error', 'compensation.spillover-duplicate-channel', `${source}: two columns are named "${name}"`, where),
    ),
    ...(missing.length + surplus.length === 0 ? [] : [namesDiffer(missing, surplus, source, where)]),
  ];
}

function namesDiffer(missing: readonly string[], surplus: readonly string[], source: string, where: Where): Problem {
  const quoted = (list: readonly string[]): string => list.map((name) => `"${name}"`).join(', ') || 'none';
  const message =
    `${source}: the names of rows and columns differ: without a row of their own ${quoted(missing)}, ` +
    `rows without a column ${quoted(surplus)}`;
  return problem('error', 'compensation.spillover-shape', message, where);
}

function readCells(body: readonly Row[], skip: number, where: Where): { rows: Float64Array[]; problems: Problem[] } {
  const all = body.flatMap(({ cells }) => cells.slice(skip));
  const usesComma = all.some((text) => /^[+-]?\d*,\d+$/.test(text)) && !all.some((text) => text.includes('.'));
  const problems: Problem[] = [];
  if (usesComma) {
    const message = 'the numbers are written with decimal commas, and were read so';
    problems.push(problem('note', 'compensation.spillover-decimal-comma', message, where, 'check one value'));
  }
  const rows = body.map(({ line, cells }) =>
    Float64Array.from(cells.slice(skip), (text, j) => {
      const value = parseNumber(usesComma ? text.replace(',', '.') : text);
      if (value !== undefined) return value;
      const place = { ...where, line, column: j + skip + 1 };
      problems.push(problem('error', 'compensation.spillover-number', `"${text}" is not a number`, place));
      return 0;
    }),
  );
  return { rows, problems };
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

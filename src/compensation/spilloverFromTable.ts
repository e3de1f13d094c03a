import { hasErrors, type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { checkMatrix } from './checkMatrix.ts';
import { exchangedRows } from './exchangedRows.ts';
import { inverseMatrix } from './inverseMatrix.ts';
import { matchChannels } from './matchChannels.ts';
import { parseNumber } from './parseNumber.ts';
import type { ParameterName, Spillover } from './spillover.ts';
import { tableRowOrder } from './tableRowOrder.ts';
import { type SquareTable, type TableRow, tableShape } from './tableShape.ts';

/**
 * Reads a spillover matrix from the cells of a table: detector names, then one row a fluorochrome, in its first column
 * a name (optional). Rows are aligned to the columns by name; orientation is never guessed.
 * @param rows cells as text, rows of blank cells ignored; numbers with a decimal point, or all with a decimal comma, or
 *   in percent
 * @param where the file; row and field are added, counted from 1
 * @param unusual what becomes of rows that are greatest outside their own column, and of the inverse of a matrix
 * @returns channels as written: matchSpillover finds the parameters of a tube for them. The identity stays a value, so
 *   that a person can say "compensate with nothing" by file; undefined with an error
 */
export function spilloverFromTable(
  rows: readonly TableRow[],
  where: Where,
  unusual: 'refused' | 'warned' = 'refused',
): Reading<Spillover> {
  const source = where.file ?? 'the table';
  const { value: table, problems: shapeProblems } = tableShape(rows, source, where);
  if (!table) return { value: undefined, problems: shapeProblems };
  const { names, rowNames } = table;
  const numbers = readCells(table, where);
  const isOwnGreatest = numbers.rows.every((row, i) => row.every((value, j) => j === i || Math.abs(value) < row[i]!));
  const order = tableRowOrder({ names, rowNames, isOwnGreatest }, source, where);
  const found = [...order.problems, ...numbers.problems];
  if (!order.value || hasErrors(found)) return { value: undefined, problems: found };
  const matrix = new Float64Array(names.length ** 2);
  order.value.forEach((row, i) => {
    matrix.set(numbers.rows[row] ?? [], i * names.length);
  });
  const strange = [...exchangedRows(names, matrix, source, where), ...inverseMatrix(names, matrix, source, where)].map(
    (one): Problem => (unusual === 'warned' ? { ...one, severity: 'warning' } : one),
  );
  if (hasErrors(strange)) return { value: undefined, problems: [...found, ...strange] };
  const checked = checkMatrix(names, matrix, source, where);
  const n = names.length;
  // checkMatrix answers null for the identity alone.
  const value =
    checked.value === null ? { channels: names, matrix: identity(n), source, conditionNumber: 1 } : checked.value;
  return { value, problems: [...found, ...strange, ...checked.problems] };
}

/**
 * The same matrix with the $PnN of a file's parameters for its names (as for keywords: all names or none). A name that
 * neither gives nor takes (Time, scatter) may be absent from the file.
 * @returns undefined with an error that lists the names that the file does not have
 */
export function matchSpillover(
  spillover: Spillover,
  parameters: readonly ParameterName[],
  where: Where,
): Reading<Spillover> {
  const whole = matchChannels(spillover.channels, parameters, spillover.source, where);
  if (whole.value) return { value: { ...spillover, channels: whole.value }, problems: whole.problems };
  const busy = withoutIdle(spillover);
  if (busy === spillover) return { value: undefined, problems: whole.problems };
  const { value: channels, problems } = matchChannels(busy.channels, parameters, spillover.source, where);
  return channels ? { value: { ...busy, channels }, problems } : { value: undefined, problems: whole.problems };
}

/** Without the channels whose row and column are those of the identity; the same object where there is none. */
function withoutIdle(spillover: Spillover): Spillover {
  const { channels, matrix } = spillover;
  const n = channels.length;
  const isIdle = (k: number): boolean =>
    channels.every((_, i) => {
      const unit = i === k ? 1 : 0;
      return matrix[i * n + k] === unit && matrix[k * n + i] === unit;
    });
  const kept = channels.map((_, k) => k).filter((k) => !isIdle(k));
  if (kept.length === n || kept.length === 0) return spillover;
  const cells = kept.flatMap((i) => kept.map((j) => matrix[i * n + j]!));
  return { ...spillover, channels: kept.map((k) => channels[k]!), matrix: Float64Array.from(cells) };
}

function readCells({ body, skip }: SquareTable, where: Where): { rows: Float64Array[]; problems: Problem[] } {
  const all = body.flatMap(({ cells }) => cells.slice(skip));
  const usesComma = all.some((text) => /^[+-]?\d*,\d+\s*%?$/.test(text)) && !all.some((text) => text.includes('.'));
  const usesPercent = all.every((text) => text.endsWith('%') || /^[+-]?0$/.test(text));
  const problems: Problem[] = [];
  if (usesComma) {
    const message = 'the numbers are written with decimal commas, and were read so';
    problems.push(problem('note', 'compensation.spillover-decimal-comma', message, where, 'check one value'));
  }
  const rows = body.map(({ line, cells }) =>
    Float64Array.from(cells.slice(skip), (text, j) => {
      const plain = usesPercent ? text.replace(/\s*%$/, '') : text;
      const value = parseNumber(usesComma ? plain.replace(',', '.') : plain);
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

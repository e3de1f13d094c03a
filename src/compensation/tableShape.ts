import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { parseNumber } from './parseNumber.ts';

/** A row of a table as it was written. */
export interface TableRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The parts of a square table of numbers. */
export interface SquareTable {
  /** Of the columns. */
  readonly names: readonly string[];
  /** As many as rows; undefined where the rows have none. */
  readonly rowNames: readonly string[] | undefined;
  readonly body: readonly TableRow[];
  /** Cells of a row before its numbers: 1 where it has a name. */
  readonly skip: 0 | 1;
}

/**
 * Finds names and numbers in a table: blank rows, rows that begin with "#", and lines above the names (a title, the
 * prefix that FlowJo wrote) are passed over; the row above the first number holds the names, with a corner or without.
 */
export function tableShape(rows: readonly TableRow[], source: string, where: Where): Reading<SquareTable> {
  const filled = rows
    .map(({ line, cells }) => ({ line, cells: withoutBlankEnd(cells) }))
    .filter(({ cells }) => cells.length > 0 && !cells[0]!.startsWith('#'));
  const firstNumbers = filled.findIndex(({ cells }) => cells.some(looksLikeNumber));
  const header = filled[Math.max(0, firstNumbers - 1)];
  const body = firstNumbers < 0 ? [] : filled.slice(Math.max(1, firstNumbers));
  if (!header || body.length === 0) return refused(`${source} holds no rows below the names`, where);
  const n = body.length;
  const skip = body.every(({ cells }) => cells.length === n + 1) ? 1 : 0;
  const names = skip === 1 && header.cells.length === n + 1 ? header.cells.slice(1) : header.cells;
  const isSquare = names.length === n && body.every(({ cells }) => cells.length === n + skip);
  if (!isSquare) return notSquare(header, body, source, where);
  if (names.includes('')) return refused(`${source}: a column has no name`, { ...where, line: header.line });
  const rowNames = skip === 0 ? undefined : body.map(({ cells }) => cells[0] ?? '');
  return { value: { names, rowNames, body, skip }, problems: [] };
}

/** With a decimal point or comma, with a sign of percent or without. */
function looksLikeNumber(text: string): boolean {
  return parseNumber(text.replace(/\s*%$/, '').replace(/^([+-]?\d*),(\d+)/, '$1.$2')) !== undefined;
}

function withoutBlankEnd(cells: readonly string[]): readonly string[] {
  const trimmed = cells.map((cell) => cell.trim());
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === '') end--;
  return trimmed.slice(0, end);
}

function refused(message: string, where: Where): Reading<SquareTable> {
  return { value: undefined, problems: [shapeProblem(message, where)] };
}

function shapeProblem(message: string, where: Where): Problem {
  return problem('error', 'compensation.spillover-shape', message, where);
}

function notSquare(header: TableRow, body: readonly TableRow[], source: string, where: Where): Reading<SquareTable> {
  const lengths = [...new Set(body.map(({ cells }) => cells.length))].sort((a, b) => a - b);
  const names = header.cells.length;
  const message = `${source} is not square: ${names} names, ${body.length} rows of ${lengths.join(' or ')} cells`;
  return refused(message, where);
}

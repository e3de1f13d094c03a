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
 * Finds names and numbers in a table: blank rows and columns, rows that begin with "#", and lines above the names (a
 * title, the prefix that FlowJo wrote) are passed over; the row above the first number holds the names, with a corner or
 * without.
 */
export function tableShape(rows: readonly TableRow[], source: string, where: Where): Reading<SquareTable> {
  const filled = rows
    .map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== '') && !cells[0]!.startsWith('#'));
  const firstNumbers = filled.findIndex(({ cells }) => cells.some(looksLikeNumber));
  if (firstNumbers < 0 || filled.length < 2) return refuseTable(`${source} holds no rows below the names`, where);
  const [first, ...body] = withoutBlankColumns(filled.slice(Math.max(0, firstNumbers - 1)));
  const header = first && { ...first, cells: withoutBlankEnd(first.cells) };
  if (!header || body.length === 0) return refuseTable(`${source} holds no rows below the names`, where);
  if (firstNumbers === 0 && header.cells.every((cell) => /[.,]\d|^[01]?$/.test(cell) && !/\p{L}/u.test(cell))) {
    return refuseTable(`${source}: the first row holds numbers where the names of the channels belong`, where);
  }
  const n = body.length;
  const skip = body.every(({ cells }) => cells.length === n + 1) ? 1 : 0;
  const names = skip === 1 && header.cells.length === n + 1 ? header.cells.slice(1) : header.cells;
  const isSquare = names.length === n && body.every(({ cells }) => cells.length === n + skip);
  if (!isSquare) return notSquare(header, body, source, where);
  if (names.includes('')) return refuseTable(`${source}: a column has no name`, { ...where, line: header.line });
  const rowNames = skip === 0 ? undefined : body.map(({ cells }) => cells[0] ?? '');
  return { value: { names, rowNames, body, skip }, problems: [] };
}

/** A column that is blank in names and rows holds nothing; a blank cell of another one is kept, to be named. */
function withoutBlankColumns(rows: readonly TableRow[]): readonly TableRow[] {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const used = Array.from({ length: width }, (_, j) => rows.some(({ cells }) => (cells[j] ?? '') !== ''));
  return rows.map(({ line, cells }) => ({ line, cells: cells.filter((_, j) => used[j]) }));
}

/** With a decimal point or comma, with a sign of percent or without. */
function looksLikeNumber(text: string): boolean {
  return parseNumber(text.replace(/\s*%$/, '').replace(/^([+-]?\d*),(\d+)/, '$1.$2')) !== undefined;
}

function withoutBlankEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

function refuseTable(message: string, where: Where): Reading<SquareTable> {
  return { value: undefined, problems: [shapeProblem(message, where)] };
}

function shapeProblem(message: string, where: Where): Problem {
  return problem('error', 'compensation.spillover-shape', message, where);
}

function notSquare(header: TableRow, body: readonly TableRow[], source: string, where: Where): Reading<SquareTable> {
  const lengths = [...new Set(body.map(({ cells }) => cells.length))].sort((a, b) => a - b);
  const names = header.cells.length;
  const message = `${source} is not square: ${names} names, ${body.length} rows of ${lengths.join(' or ')} cells`;
  return refuseTable(message, where);
}

import { roundSignificant } from './roundSignificant.ts';

/**
 * How a column's values are written: counts as integers, exact quantities as the shortest decimal that reads back to
 * the same double, all other numbers with 10 significant digits, logical values as R and pandas read them.
 */
export type CsvKind = 'text' | 'count' | 'exact' | 'rounded' | 'logical';

/** What a cell may hold; null and undefined are empty cells. */
export type CellValue = string | number | boolean | null | undefined;

export interface CsvColumn<Row> {
  readonly name: string;
  readonly kind: CsvKind;
  /** The cell of a row; without it the row's own property of the column's name. */
  readonly of?: (row: Row) => CellValue;
}

/**
 * The one form of our tables: UTF-8 text, comma, decimal point, LF, header always, quotes only where RFC 4180 needs
 * them, empty cells for missing. Text from outside that a spreadsheet would take for a formula gets a leading `'`
 * (ids and population names cannot begin so). Throws on a number that is not finite or a value of the wrong kind:
 * that would be a fault of ours.
 */
export function writeCsv<Row extends object>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map((column) => quoteCell(column.name)).join(',')];
  for (const row of rows) lines.push(columns.map((column) => cellText(column, cellOf(column, row))).join(','));
  // A lone empty cell would be an empty line, which readers skip: then the row would be lost.
  return `${lines.map((line) => (line === '' ? '""' : line)).join('\n')}\n`;
}

function cellOf<Row extends object>(column: CsvColumn<Row>, row: Row): unknown {
  return column.of === undefined ? Reflect.get(row, column.name) : column.of(row);
}

function cellText<Row>(column: CsvColumn<Row>, value: unknown): string {
  if (value === null || value === undefined) return '';
  switch (column.kind) {
    case 'text':
      return typeof value === 'string' ? quoteCell(withoutFormula(value)) : refuse(value, column.name);
    case 'logical':
      if (typeof value !== 'boolean') return refuse(value, column.name);
      return value ? 'TRUE' : 'FALSE';
    case 'count':
      return Number.isSafeInteger(value) ? String(value) : refuse(value, column.name);
    case 'exact':
      // `|| 0`: no table holds a negative zero.
      return isFiniteNumber(value) ? String(value || 0) : refuse(value, column.name);
    case 'rounded':
      return isFiniteNumber(value) ? String(roundSignificant(value)) : refuse(value, column.name);
    default:
      return column.kind satisfies never;
  }
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function refuse(value: unknown, column: string): never {
  throw new TypeError(`column ${column} cannot hold ${String(value)}`);
}

/** Text from outside that a spreadsheet would run gets a leading `'`. */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

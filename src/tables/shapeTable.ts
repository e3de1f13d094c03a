import { nearestName, type Problem, problem, type Reading } from '../problems/index.ts';
import {
  type CsvArea,
  type CsvRow,
  type CsvTable,
  columnKey,
  type RequiredColumns,
  type Separator,
} from './csvTable.ts';
import type { TextEncodingName } from './decodeText.ts';

/** A row of text or of a workbook, before anybody knows which is the header. */
export interface RawRecord {
  readonly cells: readonly string[];
  /** Lines up to and with this record's last one. */
  readonly endLine: number;
  /** Columns that a workbook holds as numbers. */
  readonly typed?: ReadonlySet<number>;
}

export interface TableShape {
  readonly file: string;
  readonly area: CsvArea;
  readonly separator: Separator;
  readonly encoding: TextEncodingName;
  readonly required: RequiredColumns;
  /** Line of the file on which the first record begins. */
  readonly firstLine?: number;
}

/** A title and who exported it may stand above the header, in a workbook's sheet and in text. */
export const mostTitleRows = 20;

/** Header and rows of a table, with what is wrong in its outer form. */
export function tableOf(records: readonly RawRecord[], shape: TableShape): Reading<CsvTable> {
  const { file, area, separator, encoding, required, firstLine = 1 } = shape;
  const headerAt = headerIn(records, required);
  const headerRecord = records[headerAt];
  if (headerRecord === undefined) {
    return { value: undefined, problems: [problem('error', `${area}.empty`, 'the table is empty', { file })] };
  }
  const below = records.slice(headerAt + 1).filter(hasContent);
  const header = headerOf(headerRecord, below);
  const headerLine = lineOf(records, headerAt, firstLine);
  const problems: Problem[] = [];
  duplicateColumns(header, { file, line: headerLine }, area, problems);
  // Who asks for no column reads a matrix, and its names of rows.
  if (required.length > 0 && hasRowNames(header, below)) problems.push(rowNames({ file, line: headerLine }, area));
  const rows: CsvRow[] = [];
  records.forEach((record, index) => {
    if (index <= headerAt || !hasContent(record)) return;
    const line = lineOf(records, index, firstLine);
    const cells = record.cells.map((cell) => cell.trim());
    cellsWithoutColumn(cells, header, { file, line }, area, problems);
    const typed = record.typed === undefined ? {} : { typed: record.typed };
    rows.push({ line, row: index - headerAt + 1, cells: header.map((_, column) => cells[column] ?? ''), ...typed });
  });
  const table = { file, area, header, headerLine, rows, separator, encoding };
  if (typeof required !== 'function') missingColumns(table, required, problems);
  return { value: table, problems };
}

/** The first row with content; below a title where a later one alone holds what is needed. */
function headerIn(records: readonly RawRecord[], required: RequiredColumns): number {
  const first = records.findIndex(hasContent);
  const named = records.slice(0, first + mostTitleRows).findIndex(({ cells }) => hasColumns(cells, required));
  return named < 0 ? first : named;
}

/** Does a header hold all that is required? */
export function hasColumns(header: readonly string[], required: RequiredColumns): boolean {
  const trimmed = header.map((name) => name.trim());
  if (typeof required === 'function') return required(trimmed);
  const keys = new Set(trimmed.map(columnKey));
  return required.length > 0 && required.every((name) => keys.has(columnKey(name)));
}

/** R's `write.table` leaves out the name of the first column: then each row has one cell more than the header. */
function headerOf(record: RawRecord, below: readonly RawRecord[]): string[] {
  const header = record.cells.map((cell) => cell.trim());
  while (header.at(-1) === '') header.pop();
  const names = below.map(({ cells }) => (cells[0] ?? '').trim());
  const isOneMore = below.every(({ cells }) => cells.length === header.length + 1);
  const isFilled = below.some(({ cells }) => (cells.at(-1) ?? '').trim() !== '');
  const isNamed = names.every((name) => name !== '') && new Set(names).size === names.length;
  return below.length >= 2 && isOneMore && isFilled && isNamed ? ['', ...header] : header;
}

function hasRowNames(header: readonly string[], below: readonly RawRecord[]): boolean {
  return header[0] === '' && header.length > 1 && below.some(({ cells }) => (cells[0] ?? '').trim() !== '');
}

function rowNames(where: { file: string; line: number }, area: CsvArea): Problem {
  const message = 'the first column has no name: taken for names of rows, and not read';
  return problem('note', `${area}.row-names`, message, { ...where, column: 1 });
}

function hasContent(record: RawRecord): boolean {
  return record.cells.some((cell) => cell.trim() !== '');
}

function lineOf(records: readonly RawRecord[], index: number, firstLine: number): number {
  return (records[index - 1]?.endLine ?? 0) + firstLine;
}

function duplicateColumns(
  header: readonly string[],
  where: { file: string; line: number },
  area: CsvArea,
  problems: Problem[],
): void {
  const first = new Map<string, number>();
  header.forEach((name, column) => {
    if (name === '') return;
    const earlier = first.get(columnKey(name));
    if (earlier === undefined) {
      first.set(columnKey(name), column);
      return;
    }
    const message = `column "${name}" is also column ${earlier + 1} ("${header[earlier]}")`;
    problems.push(problem('error', `${area}.duplicate-column`, message, { ...where, column: column + 1 }));
  });
}

function cellsWithoutColumn(
  cells: readonly string[],
  header: readonly string[],
  where: { file: string; line: number },
  area: CsvArea,
  problems: Problem[],
): void {
  cells.forEach((cell, column) => {
    if (cell === '' || (header[column] ?? '') !== '') return;
    if (column === 0 && header.length > 1) return;
    const message = `"${cell}" stands in a column without a name`;
    problems.push(problem('error', `${area}.extra-cell`, message, { ...where, column: column + 1 }));
  });
}

function missingColumns(table: CsvTable, required: readonly string[], problems: Problem[]): void {
  const keys = new Set(table.header.map(columnKey));
  for (const name of required) {
    if (!keys.has(columnKey(name))) problems.push(missingColumn(table, name));
  }
}

/** The problem of a column that a table must have and does not, with the nearest name that it has. */
export function missingColumn(table: CsvTable, name: string): Problem {
  const named = table.header.filter((column) => column !== '');
  const near = nearestName(name, named);
  const hint = near === undefined ? `columns found: ${named.join(', ')}` : `is it "${near}"? rename that column`;
  const where = { file: table.file, line: table.headerLine };
  return problem('error', `${table.area}.missing-column`, `column "${name}" is missing`, where, hint);
}

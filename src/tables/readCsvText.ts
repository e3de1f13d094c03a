import { CsvError, parse } from 'csv-parse/sync';
import { nearestName, type Problem, problem, type Reading } from '../problems/index.ts';
import { decodeText, type TextEncodingName } from './decodeText.ts';

/** Whose file it is: decides the codes of what is found wrong in it. */
export type CsvArea = 'sheet' | 'input';

export type Separator = ';' | ',' | '\t';

/** Names that the header must hold, or the question whether a header is the one looked for. */
export type RequiredColumns = readonly string[] | ((header: readonly string[]) => boolean);

export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  /** Row as a spreadsheet counts: the header is 1, empty rows count, a line in quotes does not. */
  readonly row: number;
  /** As many cells as the header has columns; trimmed, missing ones are empty. */
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly file: string;
  readonly area: CsvArea;
  /** As written, trimmed; a column without a name (and without content) is empty text. */
  readonly header: readonly string[];
  readonly headerLine: number;
  /** Rows that hold anything, in file order. */
  readonly rows: readonly CsvRow[];
  readonly separator: Separator;
  readonly encoding: TextEncodingName;
  /** By column: true where a cell is a number with a decimal comma, so that numbers of this column are read so. */
  readonly decimalComma: readonly boolean[];
}

const separators: readonly Separator[] = [';', ',', '\t'];
const numberWithComma = /^[+-]?\d*,\d+(?:[eE][+-]?\d+)?$/;

/**
 * Header name as compared: without case, spaces and `-` read as `_`.
 */
export function columnKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/**
 * A table that a person or a spreadsheet wrote: any of the usual encodings, line ends, separators and decimal marks.
 * The separator is the one that makes the header contain what is required. Quotes as RFC 4180; trailing empty columns
 * and wholly empty rows are left out; cells are trimmed, no-break spaces included. Nothing is converted.
 * @param required names compared by {@link columnKey}, each missing one an error; with a function the caller judges
 */
export function readCsvText(
  bytes: Uint8Array,
  file: string,
  required: RequiredColumns,
  area: CsvArea = 'input',
): Reading<CsvTable> {
  const { text, encoding } = decodeText(bytes);
  const problems: Problem[] = [];
  if (encoding === 'windows-1252') problems.push(encodingNote(file, area));
  if (text.includes('\0') || text.startsWith('PK\u0003\u0004')) {
    problems.push(problem('error', `${area}.not-text`, 'the file is not a text table', { file }));
    return { value: undefined, problems };
  }
  const { body, firstLine } = withoutSeparatorLine(text.replace(/\r\n?/g, '\n'));
  const separator = chooseSeparator(body, required);
  const records = parseRecords(body, separator);
  if (records instanceof CsvError) {
    return { value: undefined, problems: [...problems, quoteProblem(records, file, firstLine, area)] };
  }
  const table = shapeTable(records, { file, area, separator, encoding, firstLine }, problems);
  if (table === undefined) return { value: undefined, problems };
  if (typeof required !== 'function') missingColumns(table, required, problems);
  return { value: table, problems };
}

interface RawRecord {
  readonly cells: readonly string[];
  /** Lines up to and with this record's last one. */
  readonly endLine: number;
}

interface Source {
  readonly file: string;
  readonly area: CsvArea;
  readonly separator: Separator;
  readonly encoding: TextEncodingName;
  readonly firstLine: number;
}

/** Excel writes a first line `sep=;` for itself. */
function withoutSeparatorLine(text: string): { body: string; firstLine: number } {
  const found = /^sep=.[ \t]*(?:\n|$)/i.exec(text);
  return found === null ? { body: text, firstLine: 1 } : { body: text.slice(found[0].length), firstLine: 2 };
}

/** The parser splits at every delimiter it is given, which would tear `3,5` in a `;` file: so one is chosen first. */
function chooseSeparator(body: string, required: RequiredColumns): Separator {
  let chosen: Separator = ',';
  let best = -1;
  for (const separator of separators) {
    const header = headerOf(body, separator);
    const score = typeof required === 'function' ? functionScore(header, required) : listScore(header, required);
    // Equal scores: the separator that gives more columns, since a wrong one gives a single long name.
    const full = score * 10_000 + Math.min(header.length, 9_999);
    if (full > best) {
      best = full;
      chosen = separator;
    }
  }
  return chosen;
}

function headerOf(body: string, separator: Separator): readonly string[] {
  // Blank rows may stand above it, and what is wrong below it must not hide it.
  const records = parseRecords(body.replace(/^(?:[;,\t ]*\n)+/, ''), separator, { headerOnly: true });
  return records instanceof CsvError ? [] : (records[0]?.cells ?? []).map((cell) => cell.trim());
}

function functionScore(header: readonly string[], required: (header: readonly string[]) => boolean): number {
  return required(header) ? 1 : 0;
}

function listScore(header: readonly string[], required: readonly string[]): number {
  const keys = new Set(header.map(columnKey));
  return required.filter((name) => keys.has(columnKey(name))).length;
}

function parseRecords(body: string, separator: Separator, options?: { headerOnly: true }): RawRecord[] | CsvError {
  const records: RawRecord[] = [];
  try {
    parse(body, {
      delimiter: separator,
      record_delimiter: '\n',
      relax_column_count: true,
      on_record: (cells: string[], { lines }) => {
        records.push({ cells, endLine: lines });
        return null;
      },
      ...(options?.headerOnly ? { to: 1 } : {}),
    });
    return records;
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

function hasContent(record: RawRecord): boolean {
  return record.cells.some((cell) => cell.trim() !== '');
}

function shapeTable(records: readonly RawRecord[], source: Source, problems: Problem[]): CsvTable | undefined {
  const { file, area } = source;
  const headerAt = records.findIndex(hasContent);
  const headerRecord = records[headerAt];
  if (headerRecord === undefined) {
    problems.push(problem('error', `${area}.empty`, 'the table is empty', { file }));
    return undefined;
  }
  const header = headerRecord.cells.map((cell) => cell.trim());
  while (header.at(-1) === '') header.pop();
  const headerLine = lineOf(records, headerAt, source.firstLine);
  duplicateColumns(header, { file, line: headerLine }, area, problems);
  const rows: CsvRow[] = [];
  records.forEach((record, index) => {
    if (index <= headerAt || !hasContent(record)) return;
    const line = lineOf(records, index, source.firstLine);
    const cells = record.cells.map((cell) => cell.trim());
    cellsWithoutColumn(cells, header, { file, line }, area, problems);
    rows.push({ line, row: index - headerAt + 1, cells: header.map((_, column) => cells[column] ?? '') });
  });
  const decimalComma = header.map((_, column) => rows.some((row) => numberWithComma.test(row.cells[column] ?? '')));
  const { separator, encoding } = source;
  return { file, area, header, headerLine, rows, separator, encoding, decimalComma };
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

function encodingNote(file: string, area: CsvArea): Problem {
  return problem('note', `${area}.encoding`, 'not UTF-8; read as Windows-1252', { file });
}

function quoteProblem(error: CsvError, file: string, firstLine: number, area: CsvArea): Problem {
  const lines = typeof error.lines === 'number' ? error.lines : 1;
  const column = typeof error.column === 'number' ? { column: error.column + 1 } : {};
  const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED';
  const message = isOpen
    ? 'a quote that was opened is not closed before the end of the file'
    : 'a quote stands inside a cell';
  return problem('error', `${area}.quotes`, message, { file, line: lines + firstLine - 1, ...column });
}

import { CsvError, parse } from 'csv-parse/sync';
import { type Problem, problem, type Reading } from '../problems/index.ts';
import { type CsvArea, type CsvTable, columnKey, type RequiredColumns, type Separator } from './csvTable.ts';
import { decodeText } from './decodeText.ts';
import { notText } from './fileKind.ts';
import { hasColumns, mostTitleRows, type RawRecord, tableOf } from './shapeTable.ts';

const separators: readonly Separator[] = [';', ',', '\t'];

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
  const foreign = notText(bytes, file, area, 'a text table');
  if (foreign !== undefined) return { value: undefined, problems: [foreign] };
  const { text, encoding } = decodeText(bytes);
  const problems: Problem[] = [];
  if (encoding === 'windows-1252') problems.push(encodingNote(file, area));
  const { body, firstLine } = withoutSeparatorLine(text.replace(/\r\n?/g, '\n'));
  const separator = chooseSeparator(body, required);
  const records = parseRecords(body, separator);
  if (records instanceof CsvError) {
    return { value: undefined, problems: [...problems, quoteProblem(records, file, firstLine, area)] };
  }
  const shaped = tableOf(records, { file, area, separator, encoding, required, firstLine });
  return { value: shaped.value, problems: [...problems, ...shaped.problems] };
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
    const header = headerOf(body, separator, required);
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

/** The first row, or the one below a title that holds what is needed. */
function headerOf(body: string, separator: Separator, required: RequiredColumns): readonly string[] {
  // Blank rows may stand above it, and what is wrong below it must not hide it.
  const records = parseRecords(body.replace(/^(?:[;,\t ]*\n)+/, ''), separator, { to: mostTitleRows });
  const heads = records instanceof CsvError ? [] : records.map(({ cells }) => cells.map((cell) => cell.trim()));
  return heads.find((cells) => hasColumns(cells, required)) ?? heads[0] ?? [];
}

function functionScore(header: readonly string[], required: (header: readonly string[]) => boolean): number {
  return required(header) ? 1 : 0;
}

function listScore(header: readonly string[], required: readonly string[]): number {
  const keys = new Set(header.map(columnKey));
  return required.filter((name) => keys.has(columnKey(name))).length;
}

function parseRecords(body: string, separator: Separator, head?: { to: number }): RawRecord[] | CsvError {
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
      ...head,
    });
    return records;
  } catch (error) {
    if (error instanceof CsvError) return head !== undefined && records.length > 0 ? records : error;
    throw error;
  }
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

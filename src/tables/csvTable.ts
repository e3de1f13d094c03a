import type { TextEncodingName } from './decodeText.ts';

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
  /** Columns whose cell a workbook holds as a number: its text is that number with a decimal point, nothing else. */
  readonly typed?: ReadonlySet<number>;
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
}

/**
 * Header name as compared: without case, spaces and `-` read as `_`.
 */
export function columnKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

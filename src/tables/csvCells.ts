import { CsvError, parse } from 'csv-parse/sync';

/** A row of a text in which nothing is known yet of columns: the line on which it ends, from 1, and its cells, trimmed. */
export interface CellRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The cells of a text at one separator, quotes as RFC 4180, any line ends (CR alone too); rows may differ in length.
 * @returns undefined where a quote is not closed or stands inside a cell: then this is not the separator, or no table
 */
export function csvCells(text: string, separator: ',' | ';' | '\t' | ' '): readonly CellRow[] | undefined {
  const rows: CellRow[] = [];
  try {
    parse(text.replace(/\r\n?/g, '\n'), {
      delimiter: separator,
      record_delimiter: '\n',
      relax_column_count: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines, cells: cells.map((cell) => cell.trim()) });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

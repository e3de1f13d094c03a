import { type Problem, problem } from '../problems/index.ts';
import type { CsvRow, CsvTable } from './readCsvText.ts';

const decimalPoint = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const decimalComma = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;

/** What a cell said: a number, nothing, or something that is not a number. */
export type NumberCell =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'fault'; readonly problem: Problem };

/**
 * A number exactly as written: no thousands separators, no units, no guessing. The decimal mark is that of the whole
 * column, so a point in a column of decimal commas is a fault (`1.234` could be either).
 * @param column index into the row's cells, from 0
 */
export function numberCell(table: CsvTable, row: CsvRow, column: number): NumberCell {
  const text = row.cells[column] ?? '';
  if (text === '') return { kind: 'empty' };
  const isComma = table.decimalComma[column] === true;
  const number = (isComma ? decimalComma : decimalPoint).test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  if (Number.isFinite(number)) return { kind: 'number', number: number === 0 ? 0 : number };
  return { kind: 'fault', problem: notANumber(table, row, column, text) };
}

function notANumber(table: CsvTable, row: CsvRow, column: number, text: string): Problem {
  const name = table.header[column] ?? '';
  const where = { file: table.file, line: row.line, column: column + 1 };
  if (table.decimalComma[column] === true && decimalPoint.test(text)) {
    const message = `"${text}" has a decimal point, and column "${name}" has decimal commas`;
    return problem('error', `${table.area}.mixed-decimals`, message, where);
  }
  return problem('error', `${table.area}.not-a-number`, `"${text}" in column "${name}" is not a number`, where);
}

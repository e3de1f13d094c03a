import { type Problem, problem } from '../problems/index.ts';
import type { CsvRow, CsvTable } from './csvTable.ts';
import { isMissingWord } from './missingWord.ts';
import { type NumberForm, type NumberKind, numberForm } from './numberForm.ts';
import { type Mark, numberWith, otherMark, type WrittenNumber, writtenNumber } from './writtenNumber.ts';

/** What a cell said: a number, nothing, or something that is not a number; and what is to be said about it. */
export type NumberCell =
  | {
      readonly kind: 'number';
      readonly number: number;
      /** True where "%" stands behind it: then it is a percentage, whatever the unit of the table. */
      readonly isPercent: boolean;
      /** One unit of the last digit that is written: 0.01 of `12.34`, 1 of `12`. */
      readonly lastDigit: number;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'empty' | 'fault'; readonly problems: readonly Problem[] };

interface Cell {
  readonly table: CsvTable;
  readonly row: CsvRow;
  readonly column: number;
  readonly text: string;
}

/**
 * The number of a cell, its marks read as the whole column writes them ({@link numberForm}). Where `1,234` could be 1234
 * or 1.234 it is a fault that names both; where thousands were taken out, a note says so. A word for "no value" is an
 * empty cell, with a note. No units but the "%" of a share. The rows of one finding are gathered by `gatherByColumn`.
 * @param column index into the row's cells, from 0
 */
export function numberCell(table: CsvTable, row: CsvRow, column: number, kind: NumberKind): NumberCell {
  const cell = { table, row, column, text: row.cells[column] ?? '' };
  if (cell.text === '') return { kind: 'empty', problems: [] };
  if (isMissingWord(cell.text)) {
    const says = say('note', cell, 'missing-word', `${showCell(cell)} taken for "no value"`);
    return { kind: 'empty', problems: [says] };
  }
  const written = writtenNumber(cell.text);
  if (written !== undefined && row.typed?.has(column)) return numberOf(written, '.', cell);
  if (written === undefined || (written.isPercent && kind !== 'share')) return fault(cell, 'not-a-number', notANumber);
  const form = numberForm(table, column, kind);
  if (form.hasPercent && !written.isPercent) {
    const bare = numberWith(form.decimal ?? '.', written);
    // Above 1 nobody takes it for a fraction.
    if (bare !== 0 && Math.abs(bare) <= 1) {
      return fault(
        cell,
        'two-readings',
        `${showCell(cell)} could be ${bare} % or ${Number((100 * bare).toPrecision(12))} %: other cells have "%"`,
      );
    }
  }
  return written.either === undefined ? settleNumber(written, form, cell) : either(written, form, cell);
}

const notANumber = 'is not a number';

/** A number whose own marks have one reading, as long as the column agrees. */
function settleNumber(written: WrittenNumber, form: NumberForm, cell: Cell): NumberCell {
  const { decimal, group } = written;
  const name = cell.table.header[cell.column] ?? '';
  if (decimal !== undefined && form.decimal !== undefined && decimal !== form.decimal) {
    return fault(cell, 'mixed-decimals', `"${cell.text}" has a decimal point, and column "${name}" has decimal commas`);
  }
  if (group !== undefined && group !== 'blank' && group === form.decimal) {
    const mark = group === ',' ? 'commas' : 'points';
    return fault(
      cell,
      'mixed-decimals',
      `"${cell.text}" has thousands by ${mark}, and column "${name}" has decimal ${mark}`,
    );
  }
  const mark = decimal ?? (group === '.' || group === ',' ? otherMark(group) : '.');
  return numberOf(written, mark, cell);
}

/** `1,234`: the column decides. */
function either(written: WrittenNumber, form: NumberForm, cell: Cell): NumberCell {
  const mark = written.either ?? '.';
  const name = cell.table.header[cell.column] ?? '';
  const thousands = numberWith(otherMark(mark), written);
  switch (form.either) {
    case 'grouped':
      return numberOf(written, otherMark(mark), cell);
    case 'decimal':
      if (form.decimal === undefined || form.decimal === mark) {
        return numberOf(written, mark, cell);
      }
      return fault(cell, 'mixed-decimals', mixedWords(mark, cell.text, name));
    case 'mixed':
      return fault(cell, 'mixed-decimals', mixedWords(mark, cell.text, name));
    case 'undecided': {
      const decimals = written.text.replace(mark, '.').replace(/^\+/, '');
      return fault(cell, 'two-readings', `${showCell(cell)} could be ${thousands} or ${decimals}`);
    }
    default:
      return form.either satisfies never;
  }
}

function mixedWords(mark: string, text: string, name: string): string {
  const [own, others] = mark === '.' ? ['point', 'commas'] : ['comma', 'points'];
  return `"${text}" has a decimal ${own}, and column "${name}" has decimal ${others}`;
}

/** @param mark the decimal mark; what else stands between the digits groups them */
function numberOf(written: WrittenNumber, mark: Mark, cell: Cell): NumberCell {
  const number = numberWith(mark, written);
  if (!Number.isFinite(number)) return fault(cell, 'not-a-number', notANumber);
  const isGrouped = written.group !== undefined || written.either === otherMark(mark);
  const problems = isGrouped ? [say('note', cell, 'thousands', `${showCell(cell)} read as ${number}`)] : [];
  const [digits = '', exponent = '0'] = written.text.toLowerCase().split('e');
  const decimalCount = digits.includes(mark) ? digits.length - digits.lastIndexOf(mark) - 1 : 0;
  const lastDigit = 10 ** (Number(exponent) - decimalCount);
  return { kind: 'number', number: number === 0 ? 0 : number, isPercent: written.isPercent, lastDigit, problems };
}

type Finding = 'not-a-number' | 'mixed-decimals' | 'two-readings' | 'thousands' | 'missing-word';

function fault(cell: Cell, finding: Finding, message: string): NumberCell {
  const words = message === notANumber ? `${showCell(cell)} ${notANumber}` : message;
  return { kind: 'fault', problems: [say('error', cell, finding, words)] };
}

function say(severity: Problem['severity'], { table, row, column }: Cell, finding: Finding, message: string): Problem {
  const where = { file: table.file, line: row.line, column: column + 1 };
  return problem(severity, `${table.area}.${finding}`, message, where);
}

function showCell({ table, column, text }: Cell): string {
  return `"${text}" in column "${table.header[column] ?? ''}"`;
}

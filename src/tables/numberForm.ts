import { type CsvTable, columnKey } from './csvTable.ts';
import { isMissingWord } from './missingWord.ts';
import { type Mark, otherMark, type WrittenNumber, writtenNumber } from './writtenNumber.ts';

/**
 * What a column holds, as far as that says how `1,234` is to be read. `share`: at most 100, so that it has decimals;
 * `count`: whole, so that it has thousands; `number`: nothing is known; `exact`: written by a program with a decimal point.
 */
export type NumberKind = 'share' | 'count' | 'number' | 'exact';

/** How the numbers of one column are written. */
export interface NumberForm {
  /** The decimal mark that cells of the column show; undefined where none does. */
  readonly decimal: Mark | undefined;
  /** What `1,234` means here; `mixed`: the column has another decimal mark; `undecided`: nothing settles it. */
  readonly either: 'decimal' | 'grouped' | 'mixed' | 'undecided';
  /** True where a cell has "%" behind its number. */
  readonly hasPercent: boolean;
}

/** Columns of names and days: their points and commas say nothing of how numbers are written. */
const namesAndDays =
  /(?:^|_)(?:id|subject|patient|sample|probe|visit|date|datum|batch|file|name|well|plate|panel)(?:_|$)/;

const known = new WeakMap<CsvTable, Map<string, NumberForm>>();

/**
 * How a column writes its numbers, from all of its cells: a cell with one reading (`0,5`, `12.34`, `1.234.567`) settles
 * the others; then the kind of the column; then the decimal mark of the other columns and whether the column groups its
 * thousands throughout (`985`, `1.234`). Found once for a column.
 * @param column index into a row's cells, from 0
 */
export function numberForm(table: CsvTable, column: number, kind: NumberKind): NumberForm {
  const forms = known.get(table) ?? new Map<string, NumberForm>();
  known.set(table, forms);
  const key = `${column} ${kind}`;
  const found = forms.get(key) ?? decide(table, column, kind);
  forms.set(key, found);
  return found;
}

function decide(table: CsvTable, column: number, kind: NumberKind): NumberForm {
  const { numbers } = numbersIn(table, column);
  const decimals = new Set(numbers.flatMap((one) => one.decimal ?? (kind === 'share' ? (one.either ?? []) : [])));
  const groups = new Set(numbers.flatMap(({ group }) => group ?? []));
  // Where both marks are decimal marks, the comma stands for the column and each point in it is a fault.
  const decimal = decimals.has(',') ? ',' : decimals.has('.') ? '.' : undefined;
  const hasPercent = numbers.some(({ isPercent }) => isPercent);
  const marks = new Set(numbers.flatMap(({ either }) => either ?? []));
  const either = [...marks].map((mark) => meaningOf(mark, { decimals, groups, kind, numbers, table, column }));
  const [first = 'decimal', ...others] = either;
  const isOne = others.every((one) => one === first) && !(first === 'decimal' && marks.size > 1 && kind !== 'share');
  return { decimal, either: isOne ? first : 'undecided', hasPercent };
}

interface Evidence {
  readonly decimals: ReadonlySet<Mark>;
  readonly groups: ReadonlySet<string>;
  readonly kind: NumberKind;
  readonly numbers: readonly WrittenNumber[];
  readonly table: CsvTable;
  readonly column: number;
}

function meaningOf(mark: Mark, { decimals, groups, kind, numbers, table, column }: Evidence): NumberForm['either'] {
  if (decimals.has(mark) && groups.has(mark)) return 'undecided';
  if (groups.has(mark)) return 'grouped';
  if (decimals.has(mark)) return 'decimal';
  if (decimals.size > 0) return 'mixed';
  // Thousands are grouped by something else, so that this mark is left for the decimals.
  if (groups.size > 0) return 'decimal';
  if (kind === 'exact') return mark === '.' ? 'decimal' : 'undecided';
  const byPattern = groupsThroughout(numbers);
  if (kind === 'count') return byPattern || !mayHaveThreeZeros(numbers) ? 'grouped' : 'undecided';
  const elsewhere = decimalOfOthers(table, column);
  if (elsewhere === undefined) return byPattern ? 'grouped' : 'undecided';
  if (elsewhere === otherMark(mark)) return 'grouped';
  return byPattern || isConcentration(table, column) ? 'undecided' : 'decimal';
}

/** `985`, `870`, `1.234`: whole numbers of three digits stand bare, and nothing above 999 does. */
function groupsThroughout(numbers: readonly WrittenNumber[]): boolean {
  const plain = numbers.filter((one) => one.either === undefined).map(({ text }) => Number(text));
  const isBelow = plain.every((x) => Number.isInteger(x) && Math.abs(x) < 1000);
  return isBelow && plain.length >= 2 && plain.some((x) => Math.abs(x) >= 100);
}

/** `150.000` and nothing else: a count with three decimals is as likely as one of thousands. */
function mayHaveThreeZeros(numbers: readonly WrittenNumber[]): boolean {
  return numbers.every(({ either, text }) => either !== undefined && text.endsWith('000'));
}

/** Cells per µL come in hundreds and thousands; three decimals in all of them would be odd. */
function isConcentration({ header }: CsvTable, column: number): boolean {
  return columnKey(header[column] ?? '').endsWith('_per_ul');
}

/** The one decimal mark that the other columns of numbers have; undefined where they have none or both. */
function decimalOfOthers(table: CsvTable, column: number): Mark | undefined {
  const marks = new Set<Mark>();
  table.header.forEach((name, index) => {
    if (index === column || namesAndDays.test(columnKey(name))) return;
    const { numbers, hasOthers } = numbersIn(table, index);
    if (hasOthers) return;
    for (const { decimal, group } of numbers) {
      if (decimal !== undefined) marks.add(decimal);
      else if (group === '.' || group === ',') marks.add(otherMark(group));
    }
  });
  const [mark] = marks;
  return marks.size === 1 ? mark : undefined;
}

const spelled = new WeakMap<CsvTable, Map<number, { numbers: WrittenNumber[]; hasOthers: boolean }>>();

/** The numbers that a column spells; those of a workbook, which have one value whatever they look like, are left out. */
function numbersIn(table: CsvTable, column: number): { numbers: WrittenNumber[]; hasOthers: boolean } {
  const columns = spelled.get(table) ?? new Map();
  spelled.set(table, columns);
  const before = columns.get(column);
  if (before !== undefined) return before;
  const numbers: WrittenNumber[] = [];
  let hasOthers = false;
  for (const row of table.rows) {
    const text = row.cells[column] ?? '';
    if (text === '' || isMissingWord(text) || row.typed?.has(column)) continue;
    const found = writtenNumber(text);
    if (found === undefined) hasOthers = true;
    else numbers.push(found);
  }
  const result = { numbers, hasOthers };
  columns.set(column, result);
  return result;
}

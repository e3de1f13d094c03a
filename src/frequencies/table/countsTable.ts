import { hasErrors, type Problem, problem, type Reading, sortProblems } from '../../problems/index.ts';
import { givenSheet } from '../../study/index.ts';
import {
  type CsvRow,
  type CsvTable,
  columnKey,
  excelChangedIds,
  gatherByColumn,
  missingColumn,
  numberCell,
  readTable,
  withoutSummaryRows,
} from '../../tables/index.ts';
import { shareContradiction } from './shareContradiction.ts';

/** One population of one tube, as a laboratory or a run counted it. */
export interface CountedPopulation {
  readonly line: number;
  readonly sampleId: string;
  /** Empty where the table does not say. */
  readonly subject: string;
  /** As written. */
  readonly population: string;
  /** Measure -> percent of 0…100, cells per µL, or events under `count`; absent where there is no value. */
  readonly values: ReadonlyMap<string, number>;
}

export interface CountsTable {
  readonly rows: readonly CountedPopulation[];
  /** In the order of the columns; `count` last. */
  readonly measures: readonly string[];
}

const names = {
  sample_id: ['sample', 'tube_id', 'probe'],
  file: ['filename', 'fcs', 'path', 'datei'],
  subject: ['patient', 'subject_id', 'patient_id'],
  population: ['gate', 'subset'],
  count: ['events'],
} as const satisfies Record<string, readonly string[]>;

interface Open {
  readonly table: CsvTable;
  readonly position: (column: string) => number | undefined;
  readonly sampleOfFile: (name: string) => string | undefined;
  readonly problems: Problem[];
}

/**
 * Counts or percentages by tube and population: frequencies.csv, or what a laboratory gated by hand. A tube is named by
 * `sample_id`, or by `file`, whose base name without .fcs is then its id. Rows of controls and rows whose status is not
 * ok are left out. Where a table holds counts and their denominators, percentages follow from them.
 * @param sampleOfFile the id that a run gave to a file, where it is known
 */
export function readCountsTable(
  bytes: Uint8Array,
  file: string,
  sampleOfFile: (name: string) => string | undefined = () => undefined,
): Reading<CountsTable> {
  const has = (header: readonly string[], column: keyof typeof names) => positionIn(header, column) !== undefined;
  const required = (header: readonly string[]) =>
    has(header, 'population') && (has(header, 'sample_id') || has(header, 'file'));
  const read = readTable(bytes, { file, required, area: 'input' });
  const problems: Problem[] = [...read.problems];
  if (read.value === undefined) return { value: undefined, problems };
  const { header } = read.value;
  const keys = ['sample_id', 'file', 'subject'].flatMap((column) => positionIn(header, column) ?? []);
  const summed = withoutSummaryRows(read.value, header[0] === '' ? [...keys, 0] : keys, []);
  const { table } = summed;
  problems.push(...summed.problems);
  const sheet = has(table.header, 'population') ? undefined : givenSheet(table);
  if (sheet !== undefined) return { value: undefined, problems: [sheet] };
  const position = (column: string) => positionIn(table.header, column);
  if (position('sample_id') === undefined && position('file') === undefined)
    problems.push(missingColumn(table, 'sample_id'));
  if (position('population') === undefined) problems.push(missingColumn(table, 'population'));
  const measures = measuresOf(table);
  if (measures.length === 0) {
    const message =
      'there is neither a count nor a percentage: pct_parent, pct_of_<denominator>, cells_per_ul or count';
    problems.push(problem('error', 'input.missing-column', message, { file, line: table.headerLine }));
  }
  if (hasErrors(problems)) return { value: undefined, problems: sortProblems(problems) };
  problems.push(...aliasNotes(table));
  for (const column of ['sample_id', 'subject']) {
    const at = position(column);
    if (at !== undefined) problems.push(...excelChangedIds(table, at, column));
  }
  const open: Open = { table, position, sampleOfFile, problems };
  const rows = table.rows.flatMap((row) => rowOf(row, measures, open) ?? []);
  checkRepeats(rows, open);
  checkUnit(rows, open);
  return {
    value: hasErrors(problems) ? undefined : { rows, measures },
    problems: sortProblems(gatherByColumn(problems)),
  };
}

function positionIn(header: readonly string[], column: string): number | undefined {
  const keys = header.map(columnKey);
  const others: readonly string[] = Object.hasOwn(names, column) ? names[column as keyof typeof names] : [];
  const found = [columnKey(column), ...others].map((name) => keys.indexOf(name)).find((at) => at >= 0);
  return found;
}

function measuresOf(table: CsvTable): string[] {
  const own = table.header.filter((name) => /^(pct_parent|pct_of_[A-Za-z][A-Za-z0-9_]*|cells_per_ul)$/.test(name));
  // Interval ends have the name of their measure and a suffix.
  const measures = own.filter((name) => !/_(lo|hi)$/.test(name));
  const counted = table.header.flatMap((name) => {
    if (name === 'parent_count') return ['pct_parent'];
    return /^n_[A-Za-z]/.test(name) ? [`pct_of_${name.slice('n_'.length)}`] : [];
  });
  if (positionIn(table.header, 'count') === undefined) return measures;
  return [...new Set([...measures, ...counted, 'count'])];
}

function aliasNotes({ header, headerLine, file }: CsvTable): Problem[] {
  return Object.keys(names).flatMap((column) => {
    const at = positionIn(header, column);
    if (at === undefined || columnKey(header[at] ?? '') === column) return [];
    const message = `column "${header[at]}" taken for "${column}"`;
    return [problem('note', 'input.alias', message, { file, line: headerLine, column: at + 1 })];
  });
}

function rowOf(row: CsvRow, measures: readonly string[], open: Open): CountedPopulation | undefined {
  const text = (column: string) => (row.cells[open.position(column) ?? -1] ?? '').normalize('NFC');
  const [role, status] = [text('role'), text('status')];
  if ((role !== '' && role !== 'sample') || (status !== '' && status !== 'ok')) return undefined;
  const sampleId = text('sample_id') || idOfFile(text('file'), open);
  const population = text('population');
  for (const [name, value] of [['sample_id', sampleId] as const, ['population', population] as const]) {
    if (value === '') {
      const where = { file: open.table.file, line: row.line };
      open.problems.push(problem('error', 'input.missing-cell', `"${name}" is empty`, where));
    }
  }
  const values = new Map(
    measures.flatMap((measure): [string, number][] => {
      const value = readMeasure(row, measure, open);
      return value === undefined ? [] : [[measure, value]];
    }),
  );
  return { line: row.line, sampleId, subject: text('subject'), population, values };
}

function idOfFile(name: string, { sampleOfFile }: Open): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return sampleOfFile(base) ?? base.replace(/\.fcs$/i, '');
}

function readMeasure(row: CsvRow, measure: string, open: Open): number | undefined {
  const written = cell(row, measure, open);
  if (measure === 'count' || measure === 'cells_per_ul') return written?.value;
  // What is wrong in a count is told where the count is read.
  const quiet = { ...open, problems: [] };
  const of = measure === 'pct_parent' ? 'parent_count' : measure.replace(/^pct_of_/, 'n_');
  const [k, n] = [cell(row, 'count', quiet)?.value, cell(row, of, open)?.value];
  if (k !== undefined && n !== undefined) checkCounts(row, { measure, of, k, n, ...written }, open);
  if (open.position(measure) !== undefined) return written?.value;
  return k === undefined || n === undefined || n === 0 ? undefined : (100 * k) / n;
}

function checkCounts(
  row: CsvRow,
  found: { measure: string; of: string; k: number; n: number; value?: number; lastDigit?: number },
  { table, position, problems }: Open,
): void {
  const { measure, of, k, n, value, lastDigit = 0 } = found;
  const nameOf = (column: string) => table.header[position(column) ?? -1] ?? column;
  const names = { count: nameOf('count'), of: nameOf(of), percent: nameOf(measure) };
  const words = shareContradiction({ count: k, of: n, percent: value, lastDigit }, names);
  if (words === undefined) return;
  const at = position(k > n ? 'count' : measure) ?? 0;
  problems.push(problem('error', 'input.contradiction', words, { file: table.file, line: row.line, column: at + 1 }));
}

function cell(
  row: CsvRow,
  column: string,
  { table, position, problems }: Open,
): { readonly value: number; readonly lastDigit: number } | undefined {
  const at = position(column);
  if (at === undefined) return undefined;
  const isPercent = column.startsWith('pct_');
  const found = numberCell(table, row, at, isPercent ? 'share' : column === 'cells_per_ul' ? 'number' : 'count');
  problems.push(...found.problems);
  if (found.kind !== 'number') return undefined;
  const isInRange = found.number >= 0 && (!isPercent || found.number <= 100);
  if (isInRange) return { value: found.number, lastDigit: found.lastDigit };
  const range = isPercent ? 'from 0 to 100' : '0 or above';
  const where = { file: table.file, line: row.line, column: at + 1 };
  const message = `"${table.header[at]}" must be ${range}, found ${found.number}`;
  problems.push(problem('error', 'input.out-of-range', message, where, 'correct it'));
  return undefined;
}

function checkRepeats(rows: readonly CountedPopulation[], { table, problems }: Open): void {
  const first = new Map<string, number>();
  for (const { sampleId, population, line } of rows) {
    const key = JSON.stringify([sampleId, population]);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, line);
      continue;
    }
    const message = `"${population}" of tube "${sampleId}" is also on line ${earlier}`;
    problems.push(problem('error', 'input.duplicate-row', message, { file: table.file, line }));
  }
}

function checkUnit(rows: readonly CountedPopulation[], { table, problems }: Open): void {
  const percents = rows.flatMap(({ values }) =>
    [...values].flatMap(([name, x]) => (name.startsWith('pct_') ? [x] : [])),
  );
  const most = Math.max(0, ...percents);
  if (most === 0 || most > 1) return;
  const message = `no percentage is above ${most}: are these fractions?`;
  const hint = 'write percentages from 0 to 100';
  problems.push(problem('warning', 'input.looks-like-fraction', message, { file: table.file }, hint));
}

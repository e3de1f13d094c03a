import type { Plan } from '../../analysis/index.ts';
import { hasErrors, type Problem, problem, type Reading, sortProblems } from '../../problems/index.ts';
import { givenSheet } from '../../study/index.ts';
import { type CsvRow, type CsvTable, gatherByColumn, readTable, withoutSummaryRows } from '../../tables/index.ts';
import { patientRows, visitColumns } from './patientTable.ts';
import { shareContradiction } from './shareContradiction.ts';
import {
  countCell,
  measureCell,
  type OpenTable,
  rowFrame,
  type TableRequest,
  type TableRow,
  textCell,
} from './tableCells.ts';
import { columnsNote, missingColumns, type TableColumns, tableColumns } from './tableColumns.ts';
import { checkSubjects } from './tableSubjects.ts';
import { wideRows } from './wideTable.ts';

export interface FrequencyTable {
  readonly rows: readonly TableRow[];
  /** In the order in which they first stand in the table. */
  readonly populations: readonly string[];
  /** Names D of the measures `pct_of_D` that the table has. */
  readonly denominators: readonly string[];
}

/**
 * The values of any table of shares: frequencies.csv of ours, or one with other names for the columns, fractions for
 * percent, or populations side by side. Rows of controls are left out. All faults are found, each at its cell.
 */
export function readFrequencyTable(bytes: Uint8Array, file: string, request: TableRequest): Reading<FrequencyTable> {
  const planned = plannedMeasures(request.plan);
  const { columns: names } = request.input;
  const problems: Problem[] = [];
  const table = openTable(bytes, file, request, problems);
  if (table === undefined) return { value: undefined, problems };
  const columns = tableColumns(table.header, names);
  const isWide = layoutOf(table, columns, planned, request.input.layout) === 'wide';
  // One row a patient: the visits stand in the names of the columns.
  const byVisit = isWide && columns.at('visit').length === 0 ? visitColumns(table.header, request.visits) : new Map();
  const measures = isWide ? planned : [...planned, ...measuresBeside(planned, columns)];
  const keys = byVisit.size > 0 ? ['subject'] : ['subject', 'visit'];
  const required = isWide ? keys : ['subject', 'visit', 'population', ...planned];
  problems.push(...missingColumns(table, columns, required, names));
  if (hasErrors(problems)) return { value: undefined, problems: sortProblems(problems) };
  const isGuessedWide = isWide && request.input.layout === undefined;
  const counted = isWide ? [] : ['count', ...planned.map(countColumn)];
  problems.push(...columnsNote(table, columns, [...required, 'panel', 'status', 'role', ...counted], isGuessedWide));
  const open: OpenTable = { table, request, measures, columns, position: (column) => columns.at(column)[0], problems };
  const rows = byVisit.size > 0 ? patientRows(open, byVisit) : rowsByLayout[isWide ? 'wide' : 'long'](open);
  const sheet = isWide && rows.length === 0 ? givenSheet(table) : undefined;
  if (sheet !== undefined) return { value: undefined, problems: [sheet] };
  checkDuplicates(rows, open);
  checkUnit(rows, open);
  problems.push(...checkSubjects(rows, open));
  const populations = [...new Set(rows.map((row) => row.population))];
  const denominators = measures
    .filter((name) => name.startsWith('pct_of_'))
    .map((name) => name.slice('pct_of_'.length));
  const value = hasErrors(problems) ? undefined : { rows, populations, denominators };
  return { value, problems: sortProblems(gatherByColumn(problems)) };
}

const rowsByLayout = { wide: wideRows, long: longRows } as const;

/** The table without the rows that sum up others. */
function openTable(
  bytes: Uint8Array,
  file: string,
  { input, visits }: TableRequest,
  problems: Problem[],
): CsvTable | undefined {
  const required = (header: readonly string[]) => {
    const columns = tableColumns(header, input.columns);
    const has = (column: string) => columns.at(column).length > 0;
    return has('subject') && (has('visit') || visitColumns(header, visits).size > 0);
  };
  const read = readTable(bytes, { file, required, area: 'input', sheet: input.sheet });
  problems.push(...read.problems);
  if (read.value === undefined) return undefined;
  const keys = namingColumns(read.value, tableColumns(read.value.header, input.columns));
  const summed = withoutSummaryRows(
    read.value,
    keys,
    visits.flatMap(({ id, label }) => [id, label]),
  );
  problems.push(...summed.problems);
  return summed.table;
}

/** What names a row: its subject, else its tube, else what stands in front. */
function namingColumns({ header }: CsvTable, columns: TableColumns): number[] {
  const own = ['subject', 'sample_id', 'file'].flatMap((column) => columns.at(column).slice(0, 1));
  return header[0] === '' ? [...own, 0] : own;
}

/** As study.yaml says; else long where there is a column of populations, or one that a long table would have. */
function layoutOf(
  { header }: CsvTable,
  columns: TableColumns,
  measures: readonly string[],
  declared: 'long' | 'wide' | undefined,
): 'long' | 'wide' {
  if (declared !== undefined) return declared;
  const isLong = ['population', 'count', 'parent_count', ...measures].some((column) => columns.at(column).length > 0);
  return isLong || header.length < 3 ? 'long' : 'wide';
}

/** The column with the events of a measure's denominator; empty for cells per µL, which have none. */
function countColumn(measure: string): string {
  if (measure === 'cells_per_ul') return '';
  return measure === 'pct_parent' ? 'parent_count' : measure.replace(/^pct_of_/, 'n_');
}

/** The measures that the plan names, each once; without families percent of parent. */
function plannedMeasures({ families, associations = [] }: Plan): string[] {
  const named = [...(families ?? []), ...associations].flatMap((one) =>
    one.endpoints.flatMap(({ measure }) => (isOfTable(measure) ? [measure] : [])),
  );
  return [...new Set(families === undefined ? ['pct_parent', ...named] : named)];
}

/** What stands beside a planned measure where the table has it: cells per µL beside shares, the share of the parent beside these. */
function measuresBeside(planned: readonly string[], columns: TableColumns): string[] {
  const beside = planned.includes('cells_per_ul') ? ['pct_parent'] : ['cells_per_ul'];
  return beside.filter((measure) => !planned.includes(measure) && columns.at(measure).length > 0);
}

/** A median or a ratio of two populations is no column that a table must have. */
function isOfTable(measure: string): boolean {
  return measure.startsWith('pct_') || measure === 'cells_per_ul';
}

function longRows(open: OpenTable): TableRow[] {
  const { table, measures, position } = open;
  return table.rows.flatMap((row) => {
    const toldBefore = open.problems.length;
    const frame = rowFrame(row, open);
    if (frame === undefined) return [];
    const population = textCell(row, 'population', open);
    const values: Record<string, number | null> = {};
    const denominatorCounts: Record<string, number | null> = {};
    const count = countCell(row, position('count'), open);
    for (const measure of measures) {
      const cell = measureCell(row, position(measure), measure, open);
      const of = countCell(row, position(countColumn(measure)), open);
      values[measure] = cell?.value ?? null;
      denominatorCounts[measure] = of;
      if (frame.status === 'ok') checkCounts(row, { measure, count, of, ...cell }, open);
    }
    const found = withRules({ ...frame, population, count, values, denominatorCounts }, open);
    checkValue(found, open, open.problems.slice(toldBefore));
    return [found];
  });
}

/**
 * A row by the rules of the study, which hold whoever counted: too few events of a denominator make a value not
 * evaluable, few of them flag it. A population is no denominator of itself. A row that is not ok stays as it is.
 */
function withRules(row: TableRow, { request }: OpenTable): TableRow {
  if (row.status !== 'ok') return row;
  const { min_parent, few_parents } = request.plan.rules;
  const itself = (measure: string, of: number) =>
    of === row.count && measure === `pct_of_${row.population.slice(row.population.lastIndexOf('/') + 1)}`;
  const above = Object.entries(row.denominatorCounts).flatMap(([measure, of]) =>
    of === null || itself(measure, of) ? [] : [of],
  );
  const fewest = Math.min(...above);
  const flags = fewest < few_parents ? [...new Set([...row.flags, 'few_parents'])].sort() : row.flags;
  return fewest < min_parent ? { ...row, flags, status: 'not_evaluable', reason: 'not_evaluable' } : { ...row, flags };
}

/** Where a row has a share and both of its counts, they say the same. */
function checkCounts(
  row: CsvRow,
  found: { measure: string; count: number | null; of: number | null; value?: number; lastDigit?: number },
  { table, position, problems }: OpenTable,
): void {
  const { measure, count, of, value: percent, lastDigit = 0 } = found;
  if (count === null || of === null) return;
  const nameOf = (column: string) => table.header[position(column) ?? -1] ?? column;
  const names = { count: nameOf('count'), of: nameOf(countColumn(measure)), percent: nameOf(measure) };
  const words = shareContradiction({ count, of, percent, lastDigit }, names);
  if (words === undefined) return;
  const at = position(count > of ? 'count' : measure) ?? 0;
  const where = { file: table.file, line: row.line, column: at + 1 };
  problems.push(problem('error', 'input.contradiction', words, where));
}

/** A row that says "ok" and holds no number at all is no row of ours (a tube's root has its count): said, and missing. */
function checkValue(
  { status, count, values, line, population }: TableRow,
  open: OpenTable,
  ofRow: readonly Problem[],
): void {
  if (status !== 'ok' || count !== null || Object.values(values).some((value) => value !== null)) return;
  const { table, problems } = open;
  // A fault of the cell itself was told already.
  const cells = open.measures.flatMap((measure) => open.columns.at(measure).map((index) => index + 1));
  if (ofRow.some(({ where }) => where.column !== undefined && cells.includes(where.column))) return;
  const message = `"${population}" has no value: taken as missing`;
  problems.push(problem('warning', 'input.no-value', message, { file: table.file, line }));
}

/** Subject, visit, population and panel name a value; excluded and failed ones may stand beside what replaced them. */
function checkDuplicates(rows: readonly TableRow[], open: OpenTable): void {
  const first = new Map<string, TableRow>();
  for (const row of rows) {
    if (row.status === 'excluded' || row.status === 'failed' || row.role !== 'sample') continue;
    // An empty key is told at its cell.
    if (row.subject === '' || row.visit === '') continue;
    const key = JSON.stringify([row.subject, row.visit, row.panel, row.population]);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, row);
      continue;
    }
    const message = `"${row.population}" of subject "${row.subject}" at visit "${row.visit}" is also on line ${earlier.line}`;
    const where = { file: open.table.file, line: row.line };
    open.problems.push(problem('error', 'input.duplicate-row', message, where));
  }
}

/** Not one share above 1 in the whole table: likely fractions under the name of percent. */
function checkUnit(rows: readonly TableRow[], { request, measures, table, problems }: OpenTable): void {
  if (request.input.unit === 'fraction') return;
  let most = 0;
  for (const { values } of rows) {
    for (const measure of measures) if (measure !== 'cells_per_ul') most = Math.max(most, values[measure] ?? 0);
  }
  if (most === 0 || most > 1) return;
  const message = `no share is above ${most}: are these fractions?`;
  problems.push(problem('warning', 'input.looks-like-fraction', message, { file: table.file }));
}

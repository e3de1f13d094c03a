import { hasErrors, type Problem, problem, type Reading, sortProblems } from '../problems/index.ts';
import type { Plan } from '../statistics/index.ts';
import { columnKey, missingColumn, readCsvText } from '../tables/index.ts';
import {
  countCell,
  measureCell,
  type OpenTable,
  rowFrame,
  type TableRequest,
  type TableRow,
  textCell,
} from './tableCells.ts';
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
  const measures = plannedMeasures(request.plan);
  const names = (column: string) => request.input.columns[column] ?? column;
  const isWide = request.input.layout === 'wide';
  const required = isWide ? ['subject', 'visit'] : ['subject', 'visit', 'population', ...measures];
  const read = readCsvText(bytes, file, (header) => {
    const keys = header.map(columnKey);
    return ['subject', 'visit'].every((column) => keys.includes(columnKey(names(column))));
  });
  const problems: Problem[] = [...read.problems];
  const table = read.value;
  if (table === undefined) return { value: undefined, problems };
  const keys = table.header.map(columnKey);
  const position = (column: string) => {
    const found = keys.indexOf(columnKey(names(column)));
    return found < 0 ? undefined : found;
  };
  for (const column of required) if (position(column) === undefined) problems.push(missingColumn(table, names(column)));
  if (hasErrors(problems)) return { value: undefined, problems: sortProblems(problems) };
  const open: OpenTable = { table, request, measures, position, problems };
  const rows = isWide ? wideRows(open) : longRows(open);
  checkDuplicates(rows, open);
  checkUnit(rows, open);
  const populations = [...new Set(rows.map((row) => row.population))];
  const denominators = measures
    .filter((name) => name.startsWith('pct_of_'))
    .map((name) => name.slice('pct_of_'.length));
  const value = hasErrors(problems) ? undefined : { rows, populations, denominators };
  return { value, problems: sortProblems(problems) };
}

/** The measures that the plan names, each once; without families percent of parent. */
function plannedMeasures({ families, associations = [] }: Plan): string[] {
  const named = [...(families ?? []), ...associations].flatMap((one) => one.endpoints.map(({ measure }) => measure));
  return [...new Set(families === undefined ? ['pct_parent', ...named] : named)];
}

function longRows(open: OpenTable): TableRow[] {
  const { table, measures, position } = open;
  return table.rows.flatMap((row) => {
    const frame = rowFrame(row, open);
    if (frame === undefined) return [];
    const population = textCell(row, 'population', open);
    const values: Record<string, number | null> = {};
    const denominatorCounts: Record<string, number | null> = {};
    for (const measure of measures) {
      values[measure] = measureCell(row, position(measure), measure, open);
      const counted = measure === 'pct_parent' ? 'parent_count' : measure.replace(/^pct_of_/, 'n_');
      denominatorCounts[measure] = countCell(row, measure === 'cells_per_ul' ? undefined : position(counted), open);
    }
    return [{ ...frame, population, count: countCell(row, position('count'), open), values, denominatorCounts }];
  });
}

/** Subject, visit, population and panel name a value; excluded and failed ones may stand beside what replaced them. */
function checkDuplicates(rows: readonly TableRow[], open: OpenTable): void {
  const first = new Map<string, TableRow>();
  for (const row of rows) {
    if (row.status === 'excluded' || row.status === 'failed') continue;
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

import { type Problem, problem, type Reading } from '../problems/index.ts';
import { type CsvTable, gatherByColumn, readTable, withoutSummaryRows } from '../tables/index.ts';
import { checkSheetRows } from './checkSheetRows.ts';
import { isSheetHeader, type NamedColumns, type SheetColumns, sheetColumns } from './sheetColumns.ts';
import { readSheetRow, type SheetRules, type SheetTube } from './sheetRow.ts';

/** What a study says of its sheet. */
export interface SheetRequest extends Omit<SheetRules, 'columns'> {
  readonly named: NamedColumns;
}

export interface SheetRows {
  readonly table: CsvTable;
  readonly columns: SheetColumns;
  readonly tubes: readonly SheetTube[];
}

/**
 * A sample sheet: every row read, ids and duplicates checked. Files are not looked for here.
 * @param file name of the sheet in messages
 */
export function readSheet(bytes: Uint8Array, file: string, { named, ...rules }: SheetRequest): Reading<SheetRows> {
  const required = (header: readonly string[]) => isSheetHeader(header, named);
  const read = readTable(bytes, { file, required, area: 'sheet' });
  const problems: Problem[] = [...read.problems];
  if (read.value === undefined) return { value: undefined, problems };
  const columns = sheetColumns(read.value, named, problems);
  const keys = (['subject', 'sample_id'] as const).flatMap((column) => columns.index.get(column) ?? []);
  const summed = withoutSummaryRows(
    read.value,
    keys,
    (rules.visits ?? []).flatMap(({ id, label }) => [id, label]),
  );
  const { table } = summed;
  problems.push(...summed.problems);
  if (table.rows.length === 0) problems.push(problem('error', 'sheet.no-tubes', 'the sheet lists no tube', { file }));
  const tubes = table.rows.map((row) => readSheetRow(table, row, { ...rules, columns }, problems));
  if (rules.panels?.[0] === '' && tubes.length > 0) notePanels(table, columns.index.get('panel'), problems);
  problems.push(...checkSheetRows(table, columns, tubes));
  return { value: { table, columns, tubes }, problems: gatherByColumn(problems) };
}

function notePanels(table: CsvTable, position: number | undefined, problems: Problem[]): void {
  const names = new Set(table.rows.map((row) => row.cells[position ?? -1] ?? '').filter((name) => name !== ''));
  if (position === undefined || names.size === 0) return;
  const message = `column "${table.header[position]}" is not used: one template serves all tubes`;
  const where = { file: table.file, line: table.headerLine, column: position + 1 };
  problems.push(problem('note', 'sheet.ignored-panel', message, where));
}

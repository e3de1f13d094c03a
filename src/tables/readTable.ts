import { type Problem, problem, type Reading } from '../problems/index.ts';
import type { CsvArea, CsvTable, RequiredColumns } from './csvTable.ts';
import { isWorkbook } from './fileKind.ts';
import { readCsvText } from './readCsvText.ts';
import { readWorkbook, type WorkbookSheet } from './readWorkbook.ts';
import { hasColumns, type RawRecord, tableOf } from './shapeTable.ts';

/** What a table is read by. */
export interface TableSource {
  readonly file: string;
  readonly required: RequiredColumns;
  readonly area: CsvArea;
  /** Name of the sheet of a workbook; undefined: the one that has the columns. */
  readonly sheet?: string | undefined;
}

/**
 * A table of text or the sheet of an .xlsx workbook: the first, unless only another one has the columns that are needed.
 * In a workbook numbers are typed and have one reading, dates become YYYY-MM-DD, a merged cell speaks for all it covers,
 * and the header may stand below a title. Lines are the rows of the sheet.
 */
export function readTable(bytes: Uint8Array, source: TableSource): Reading<CsvTable> {
  const { file, required, area } = source;
  if (!isWorkbook(bytes)) return readCsvText(bytes, file, required, area);
  const read = readWorkbook(bytes);
  if (read.kind === 'refused') {
    const refusal = problem('error', `${area}.not-text`, `the file ${read.reason}`, { file });
    return { value: undefined, problems: [refusal] };
  }
  const chosen = chooseSheet(read.sheets, source);
  if (chosen.value === undefined) return { value: undefined, problems: chosen.problems };
  const problems = [...chosen.problems, ...hiddenRows(chosen.value, source)];
  const records = recordsOf(chosen.value, source, problems);
  const shaped = tableOf(records, { file, area, separator: ',', encoding: 'utf-8', required });
  return { value: shaped.value, problems: [...problems, ...shaped.problems] };
}

function chooseSheet(
  all: readonly WorkbookSheet[],
  { file, required, area, sheet }: TableSource,
): Reading<WorkbookSheet> {
  const sheets = all.filter(({ hidden, veryHidden }) => !hidden && !veryHidden);
  const names = (some: readonly WorkbookSheet[]) => some.map(({ name }) => `"${name}"`).join(', ');
  const refuse = (code: 'which-sheet' | 'empty', message: string, hint?: string): Reading<WorkbookSheet> => {
    return { value: undefined, problems: [problem('error', `${area}.${code}`, message, { file }, hint)] };
  };
  if (sheet !== undefined) {
    const named = all.find(({ name }) => name === sheet);
    if (named !== undefined) return { value: named, problems: [] };
    return refuse('which-sheet', `the workbook has no sheet "${sheet}"`, `its sheets: ${names(all)}`);
  }
  const fitting = sheets.filter(({ rows }) => rows.some((row) => hasColumns(row.map(headerText), required)));
  if (fitting.length > 1)
    return refuse('which-sheet', `${fitting.length} sheets have the needed columns: ${names(fitting)}`);
  const value = fitting[0] ?? sheets[0];
  if (value === undefined) return refuse('empty', 'the workbook has no sheet that is shown');
  if (sheets.length === 1) return { value, problems: [] };
  const message = `sheet "${value.name}" is read, of ${sheets.length} sheets`;
  return { value, problems: [problem('note', `${area}.workbook`, message, { file })] };
}

function headerText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function hiddenRows({ rows, rowDefs }: WorkbookSheet, { file, area }: TableSource): Problem[] {
  const isFilled = (index: number) => rows[index]?.some((value) => value !== null && value !== '') === true;
  const hidden = [...(rowDefs ?? [])].filter(([index, { hidden }]) => hidden === true && isFilled(index));
  const [first] = hidden;
  if (first === undefined) return [];
  const some = hidden.slice(0, 5).map(([index]) => index + 1);
  const message = `${hidden.length === 1 ? 'a hidden row is' : `${hidden.length} hidden rows are`} read like the others: ${some.join(', ')}${hidden.length > 5 ? ', …' : ''}`;
  return [problem('warning', `${area}.hidden-rows`, message, { file, line: first[0] + 1 })];
}

function recordsOf(sheet: WorkbookSheet, { file, area }: TableSource, problems: Problem[]): RawRecord[] {
  const covering = new Map<string, string>();
  for (const { startRow, startCol, endRow, endCol } of sheet.merges ?? []) {
    // Across columns a merged cell is a heading; down the rows it speaks for each of them.
    if (startCol !== endCol) continue;
    for (let row = startRow + 1; row <= endRow; row += 1) covering.set(`${row},${startCol}`, `${startRow},${startCol}`);
  }
  return sheet.rows.map((row, index) => {
    const typed = new Set<number>();
    const cells = row.map((_, column) => {
      const at = covering.get(`${index},${column}`) ?? `${index},${column}`;
      const [from = 0, of = 0] = at.split(',').map(Number);
      const cell = sheet.cells?.get(at);
      const value: unknown = sheet.rows[from]?.[of] ?? cell?.formulaResult ?? null;
      if (cell?.formula !== undefined && (value === null || value === '')) {
        if (cell.formulaResult === '' || value === '') return '';
        const where = { file, line: index + 1, column: column + 1 };
        problems.push(
          problem('error', `${area}.no-formula-value`, `the formula "${cell.formula}" has no value`, where),
        );
      }
      if (typeof value === 'number' && !isPercent(cell?.style?.numFmt)) typed.add(column);
      return textOf(value, cell?.style?.numFmt);
    });
    return { cells, typed, endLine: index + 1 };
  });
}

/** A number as the person sees it where its format changes its meaning: `12.3 %`, `003`; else all of its digits. */
function textOf(value: unknown, format: string | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayOf(value);
  if (typeof value !== 'number') return typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
  // 12 digits: 0.07 × 100 is 7.000000000000001 in binary.
  if (isPercent(format)) return `${Number((100 * value).toPrecision(12))} %`;
  const isPadded = format !== undefined && /^0{2,}$/.test(format) && Number.isInteger(value) && value >= 0;
  return isPadded ? String(value).padStart(format.length, '0') : String(value);
}

function isPercent(format: string | undefined): boolean {
  return (format ?? '').replace(/"[^"]*"|\\./g, '').includes('%');
}

function dayOf(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T');
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 5)}`;
}

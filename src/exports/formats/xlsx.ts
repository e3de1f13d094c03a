import { problem } from '../../problems/index.ts';
import { withoutFormula } from '../../tables/index.ts';
import type { ExportedRun } from '../exportedRun.ts';
import { type ExportFormat, type ExportPiece, filePiece } from '../exportFormat.ts';
import type { TypedCell, TypedTable } from '../typedTable.ts';

/** Tables for programs alone: whoever wants draws or bins in a spreadsheet has the CSV. */
const forPrograms = ['draws', 'ridge', 'crossed'];

/** Rows of a sheet of Excel, its header among them. */
const MOST_ROWS = 1_048_576;

export const xlsx: ExportFormat = {
  name: 'xlsx',
  summary: 'one workbook with a sheet for each table that people read, typed, and one that says what it is',
  isDraft: false,
  needs: 'tables',
  async *pieces(run) {
    const { writeXlsx } = await import('hucre/xlsx');
    // Frequencies come first: programs read the first sheet where nobody names one.
    const sheets: ReturnType<typeof sheetOf>[] = [];
    for (const name of run.tableNames.filter((one) => !forPrograms.includes(one))) {
      const table = run.table(name);
      if (table.rows.length < MOST_ROWS) sheets.push(sheetOf(name, table));
      else yield tooLong(name, table);
    }
    sheets.push(aboutSheet(run), problemSheet(run));
    // Without a date of its own: the same run gives the same cells whenever it is exported.
    const bytes = await writeXlsx({ sheets, properties: { creator: 'cytopair', created: new Date(run.finished) } });
    yield filePiece('frequencies.xlsx', bytes);
  },
};

type Row = TypedCell[];
const headerFrozen = { rows: 1 } as const;

function sheetOf(name: string, { columns, rows }: TypedTable) {
  const header: Row = columns.map((column) => column.name);
  return {
    name,
    rows: [header, ...rows.map((row) => row.map((cell) => (cell === '' ? null : cell)))],
    columns: columns.map((column) => ({ width: column.kind === 'text' ? 18 : 12 })),
    freezePane: headerFrozen,
  };
}

function aboutSheet(run: ExportedRun) {
  const words: (readonly [string, string | null])[] = [
    ['study', run.study],
    ['written by', `cytopair ${run.version}`],
    ['run finished (UTC)', run.finished],
    ['sha-256 of the plan', run.planSha256],
    ['methods', run.methods === '' ? null : run.methods.trim()],
    ['columns', 'docs/output.md of cytopair explains each; an empty cell is a missing value'],
    ...run.inputs
      .filter(({ role }) => role !== 'fcs')
      .map(({ role, path, sha256 }) => [`${role} ${path}`, sha256] as const),
  ];
  const rows: Row[] = words.map(([what, value]) => [
    withoutFormula(what),
    value === null ? null : withoutFormula(value),
  ]);
  return {
    name: 'about',
    rows: [['what', 'value'], ...rows],
    columns: [{ width: 28 }, { width: 80 }],
    freezePane: headerFrozen,
  };
}

function problemSheet({ problems }: ExportedRun) {
  const rows = problems.map(
    ({ severity, code, sampleId, file, message, hint }): Row =>
      [severity, code, sampleId, file, message, hint].map((cell) => (cell === null ? null : withoutFormula(cell))),
  );
  const header: Row = ['severity', 'code', 'sample_id', 'file', 'message', 'hint'];
  const columns = [10, 28, 16, 24, 80, 60].map((width) => ({ width }));
  return { name: 'problems', rows: [header, ...rows], columns, freezePane: headerFrozen };
}

function tooLong(name: string, { rows }: TypedTable): ExportPiece {
  const message = `${name} has ${rows.length} rows, more than the ${MOST_ROWS - 1} of a sheet of Excel`;
  return { kind: 'problem', problem: problem('warning', 'output.not-exported', message, { file: `${name}.csv` }) };
}

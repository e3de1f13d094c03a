import type { ExportedRun } from '../exportedRun.ts';
import { type ExportFormat, filePiece } from '../exportFormat.ts';
import { type TypedCell, type TypedTable, unguarded } from '../typedTable.ts';

export const parquet: ExportFormat = {
  name: 'parquet',
  summary: 'every table as a typed Parquet file, for R, pandas, DuckDB',
  isDraft: false,
  needs: 'tables',
  async *pieces(run) {
    for (const name of run.tableNames) {
      yield filePiece(`${name}.parquet`, await parquetBytes(run, run.table(name)));
    }
  },
};

async function parquetBytes(run: ExportedRun, { columns, rows }: TypedTable): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const bytes = parquetWriteBuffer({
    columnData: columns.map(({ name, kind }, i) => ({ name, ...columnOf(kind, rows, i), nullable: true })),
    kvMetadata: [{ key: 'cytopair', value: JSON.stringify({ study: run.study, version: run.version }) }],
    createdBy: 'cytopair',
  });
  return new Uint8Array(bytes);
}

type Rows = TypedTable['rows'];

function columnOf(kind: TypedTable['columns'][number]['kind'], rows: Rows, index: number) {
  const cells = rows.map((row) => row[index] ?? null);
  switch (kind) {
    case 'text':
      return { type: 'STRING' as const, data: cells.map(textOf) };
    case 'logical':
      return { type: 'BOOLEAN' as const, data: cells };
    case 'count':
      // 64 bits: the sign patterns of 40 patients are more than 32 hold.
      return { type: 'INT64' as const, data: cells.map((cell) => (cell === null ? null : BigInt(Number(cell)))) };
    case 'exact':
    case 'rounded':
      return { type: 'DOUBLE' as const, data: cells };
    default:
      return kind satisfies never;
  }
}

function textOf(cell: TypedCell): string | null {
  return typeof cell === 'string' && cell !== '' ? unguarded(cell) : null;
}

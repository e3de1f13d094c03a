import { type ByteSource, type FcsFile, readColumns, writeEvents } from '../../fcs/index.ts';
import { writeCsv } from '../../tables/index.ts';

/** The events of a population, and the file that they are in. */
export interface ExportedEvents {
  readonly source: ByteSource;
  readonly file: FcsFile;
  /** Ascending, from 0. */
  readonly events: Uint32Array;
  /** For tables; in FCS the amplifier goes along, and the values stay as stored. */
  readonly amplification: 'stored' | 'linear' | 'gating-ml';
}

/** Where a format is written to. */
export interface Draft {
  /** Absolute path, for writers that open the file themselves. */
  readonly path: string;
  write(bytes: Uint8Array): void;
}

export const exportFormats = ['fcs', 'csv', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Values are those of the input file: not compensated, not scaled, all channels. */
export async function writeAs(format: ExportFormat, what: ExportedEvents, draft: Draft): Promise<void> {
  switch (format) {
    case 'fcs':
      return writeEvents(what, draft.write);
    case 'csv':
      return writeCsvEvents(what, draft);
    case 'parquet':
      return writeParquetEvents(what, draft);
    default: {
      const unknown: never = format;
      throw new Error(`unknown format ${unknown}`);
    }
  }
}

function chosenColumns({ source, file, events, amplification }: ExportedEvents): Float64Array[] {
  const indices = file.parameters.map((parameter) => parameter.index);
  // Column by column: memory is that of the chosen events, and of one column of the file.
  return indices.map((index) => {
    const column = readColumns(source, file, [index], { amplification }).columns[0] as Float64Array;
    return Float64Array.from(events, (event) => column[event] as number);
  });
}

const rowsAtOnce = 4_096;

/** Channels as the header, one line an event; what is no number, or infinite, is an empty cell. */
function writeCsvEvents(what: ExportedEvents, { write }: Draft): void {
  const columns = chosenColumns(what);
  const names = what.file.parameters.map(({ name }) => ({ name, kind: 'exact' as const }));
  write(Buffer.from(writeCsv(names, [])));
  for (let first = 0; first < what.events.length; first += rowsAtOnce) {
    const lines: string[] = [];
    for (let row = first; row < Math.min(first + rowsAtOnce, what.events.length); row++) {
      const line = columns.map((column) => cellOf(column[row] as number)).join(',');
      // A lone empty cell would be an empty line, which readers skip.
      lines.push(line === '' ? '""' : line);
    }
    write(Buffer.from(`${lines.join('\n')}\n`));
  }
}

/** `|| 0`: there is no negative zero in a table. */
function cellOf(value: number): string {
  return Number.isFinite(value) ? String(value || 0) : '';
}

/** One column a channel: 32-bit floats stay such, everything else is 64-bit; the panel stands in the metadata. */
async function writeParquetEvents(what: ExportedEvents, { path }: Draft): Promise<void> {
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer');
  const { parameters } = what.file;
  const columns = chosenColumns(what);
  const isSingle = parameters.map(({ dataType }) => dataType === 'F');
  const schema = parameters.map(({ name }, i) => {
    return { name, type: isSingle[i] ? 'FLOAT' : 'DOUBLE', repetition_type: 'REQUIRED' } as const;
  });
  const panel = Object.fromEntries(parameters.map(({ name, stain }) => [name, stain ?? null]));
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [{ name: 'events', num_children: parameters.length }, ...schema],
    kvMetadata: [{ key: 'panel', value: JSON.stringify(panel) }],
    createdBy: 'cytopair',
  });
  const columnData = parameters.map(({ name }, i) => {
    const column = columns[i] as Float64Array;
    return { name, data: isSingle[i] ? Float32Array.from(column) : column };
  });
  await writer.write({ columnData });
  await writer.finish();
}

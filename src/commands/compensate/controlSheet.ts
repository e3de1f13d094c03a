import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { hasErrors, type Problem, problem, type Reading, type Where } from '../../problems/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { type CsvTable, columnKey, missingColumn, onDisk, readTable } from '../../tables/index.ts';

/** One row of a sheet of controls. */
export interface SheetControl {
  readonly path: string;
  /** As messages and tables name it: the file's name. */
  readonly name: string;
  readonly stain:
    | { readonly kind: 'unstained' }
    | { readonly kind: 'named'; readonly channel: string }
    /** The sheet leaves it open: the detector in which the control is brightest. */
    | { readonly kind: 'open' };
  readonly where: Where;
}

/** Names of the two columns; the first is what messages call it. */
const FILE = ['file', 'filename', 'name', 'fcs', 'path'];
const CHANNEL = ['channel', 'detector', 'parameter', 'fluorochrome', 'dye'];
const UNSTAINED = /^(?:un[-_ ]?stained|blank|no[-_ ]?stain|negative|neg|autofluorescence)$/i;
const OPEN = /^(?:auto|)$/i;

/**
 * The controls that a sheet names: CSV or workbook with the columns file and channel; channel is a $PnN, `unstained`, or
 * empty where it is to be found. Paths are relative to the sheet's folder.
 */
export function controlSheet(path: string, shown: string): Reading<readonly SheetControl[]> {
  const found: Problem[] = [];
  const bytes = readFileOrSay(path, shown, { file: shown }, found);
  if (bytes === undefined) return { value: undefined, problems: found };
  const required = (header: readonly string[]): boolean =>
    [FILE, CHANNEL].every((names) => positionOf(header, names) >= 0);
  const { value: table, problems } = readTable(bytes, { file: shown, required, area: 'sheet' });
  if (table === undefined) return { value: undefined, problems };
  const [file, channel] = [positionOf(table.header, FILE), positionOf(table.header, CHANNEL)];
  const missing = [file < 0 ? 'file' : '', channel < 0 ? 'channel' : ''].filter((name) => name !== '');
  const all = [...problems, ...missing.map((name) => missingColumn(table, name))];
  if (hasErrors(all)) return { value: undefined, problems: all };
  const rows = rowsOf(table, { file, channel, folder: dirname(resolve(path)) });
  all.push(...rowProblems(rows, shown));
  return { value: hasErrors(all) ? undefined : rows, problems: all };
}

function positionOf(header: readonly string[], names: readonly string[]): number {
  const keys = header.map(columnKey);
  return names.map((name) => keys.indexOf(name)).find((position) => position >= 0) ?? -1;
}

function rowsOf(
  table: CsvTable,
  { file, channel, folder }: { readonly file: number; readonly channel: number; readonly folder: string },
): readonly SheetControl[] {
  return table.rows.map(({ cells, line }) => {
    const written = (cells[file] ?? '').replaceAll('\\', '/');
    const stain = cells[channel] ?? '';
    return {
      path: written === '' ? '' : onDisk(resolve(folder, written)).path,
      name: basename(written),
      stain: UNSTAINED.test(stain)
        ? { kind: 'unstained' }
        : OPEN.test(stain)
          ? { kind: 'open' }
          : { kind: 'named', channel: stain },
      where: { file: table.file, line },
    };
  });
}

function rowProblems(rows: readonly SheetControl[], shown: string): Problem[] {
  const found: Problem[] = [];
  const seen = new Map<string, SheetControl>();
  for (const row of rows) {
    if (row.path === '') found.push(problem('error', 'sheet.missing-cell', '"file" is empty', row.where));
    else if (statSync(row.path, { throwIfNoEntry: false }) === undefined) {
      found.push(problem('error', 'sheet.file-not-found', `there is no file "${row.name}"`, row.where));
    }
    const twin = seen.get(row.path);
    if (twin !== undefined && row.path !== '') {
      const message = `"${row.name}" stands in line ${twin.where.line} as well`;
      found.push(problem('error', 'sheet.duplicate-file', message, row.where));
    }
    seen.set(row.path, row);
  }
  const unstained = rows.filter(({ stain }) => stain.kind === 'unstained');
  if (unstained.length > 1) {
    const message = `two unstained controls: "${unstained[0]!.name}" and "${unstained[1]!.name}"`;
    found.push(problem('error', 'compensation.control-channel', message, unstained[1]!.where));
  }
  if (rows.length - unstained.length === 0) {
    found.push(problem('error', 'compensation.control-empty', 'the sheet names no stained control', { file: shown }));
  }
  return found;
}

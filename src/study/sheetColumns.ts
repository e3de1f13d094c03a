import { type Problem, problem } from '../problems/index.ts';
import { type CsvTable, columnKey, missingColumn } from '../tables/index.ts';

/** Columns that a sheet may have, with the other names under which they are found. */
const aliases = {
  sample_id: ['sample', 'tube_id', 'probe'],
  file: ['filename', 'fcs', 'path', 'datei'],
  subject: ['patient', 'subject_id', 'patient_id'],
  visit: ['timepoint', 'visite'],
  panel: ['tube'],
  role: [],
  for: ['control_for'],
  batch: ['run', 'charge'],
  arm: ['group'],
  date: ['datum'],
  specimen: [],
  exclude: [],
  exclude_reason: [],
  beads_added: [],
  blood_ul: [],
  dilution: [],
  lymphocytes_per_ul: [],
  leukocytes_per_ul: [],
} as const satisfies Record<string, readonly string[]>;

export type SheetColumn = keyof typeof aliases;
const columnNames = Object.keys(aliases) as SheetColumn[];
const required: readonly SheetColumn[] = ['sample_id', 'file', 'subject', 'visit'];

/** Names of all columns, and of those that a sheet must have. */
export function sheetColumnNames(): { readonly all: readonly string[]; readonly required: readonly string[] } {
  return { all: columnNames, required };
}

/** Names that study.yaml gives to columns. */
export interface NamedColumns {
  /** Column that pairs tubes. */
  readonly subject: string;
  readonly arm: string | undefined;
  /** Further columns to be read; never taken for one of ours. */
  readonly covariates: readonly string[];
}

export interface SheetColumns {
  /** Index into a row's cells. */
  readonly index: ReadonlyMap<SheetColumn, number>;
  /** Covariate as study.yaml writes it -> index. */
  readonly covariates: ReadonlyMap<string, number>;
}

/** True where a header holds all columns that a sheet must have, whatever they are called. */
export function isSheetHeader(header: readonly string[], named: NamedColumns): boolean {
  return required.every((column) => candidates(header, column, named).length > 0);
}

/** Says of a table that holds no population that it is a sample sheet; undefined where it is none either. */
export function givenSheet({ file, header, headerLine }: CsvTable): Problem | undefined {
  const isSheet = isSheetHeader(header, { subject: 'subject', arm: undefined, covariates: [] });
  if (!isSheet) return undefined;
  const message = `"${file}" is a sample sheet: it names tubes, and holds no count or share of a population`;
  return problem('error', 'input.is-a-sheet', message, { file, line: headerLine });
}

/** Which column is which; aliases that were used are noted, what is left over is named. */
export function sheetColumns(table: CsvTable, named: NamedColumns, problems: Problem[]): SheetColumns {
  const index = new Map<SheetColumn, number>();
  const where = { file: table.file, line: table.headerLine };
  for (const column of columnNames) {
    const [found, second] = candidates(table.header, column, named);
    if (found === undefined) {
      if (required.includes(column)) problems.push(missingColumn(table, nameOf(column, named)));
      continue;
    }
    index.set(column, found);
    const written = table.header[found] ?? '';
    if (second !== undefined) {
      const message = `"${written}" and "${table.header[second]}" could both be "${column}"`;
      problems.push(problem('error', 'sheet.ambiguous-column', message, { ...where, column: second + 1 }));
    } else if (columnKey(written) !== column && columnKey(written) !== columnKey(nameOf(column, named))) {
      const message = `column "${written}" taken for "${column}"`;
      problems.push(problem('note', 'sheet.alias', message, { ...where, column: found + 1 }));
    }
  }
  const covariates = findCovariates(table, named);
  const used = new Set([...index.values(), ...covariates.values()]);
  const ignored = table.header.filter((name, position) => name !== '' && !used.has(position));
  if (ignored.length > 0) {
    const message = `not used: ${ignored.map((name) => `"${name}"`).join(', ')}`;
    problems.push(problem('note', 'sheet.ignored-column', message, where));
  }
  return { index, covariates };
}

function nameOf(column: SheetColumn, named: NamedColumns): string {
  if (column === 'subject') return named.subject;
  return column === 'arm' ? (named.arm ?? 'arm') : column;
}

/** Columns that may be meant: the one of that name alone, else all that bear one of its other names. */
function candidates(header: readonly string[], column: SheetColumn, named: NamedColumns): number[] {
  const taken = new Set(named.covariates.map(columnKey));
  const keys = header.map(columnKey);
  const own = keys.indexOf(columnKey(nameOf(column, named)));
  if (own >= 0) return [own];
  // A name that study.yaml gives is meant to the letter: no other column may step in.
  if (nameOf(column, named) !== column) return [];
  const others: readonly string[] = aliases[column];
  return keys.flatMap((key, position) => (others.includes(key) && !taken.has(key) ? [position] : []));
}

function findCovariates(table: CsvTable, named: NamedColumns): Map<string, number> {
  const keys = table.header.map(columnKey);
  return new Map(
    named.covariates.flatMap((name): [string, number][] => {
      const position = keys.indexOf(columnKey(name));
      return position < 0 ? [] : [[name, position]];
    }),
  );
}

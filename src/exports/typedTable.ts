import {
  associationColumns,
  comparisonColumns,
  pairColumns,
  profileEffectColumns,
  tableOneColumns,
  visitColumns,
} from '../analysis/index.ts';
import {
  crossedColumns,
  drawColumns,
  frequencyColumns,
  intensityColumns,
  profileColumns,
  siblingColumns,
} from '../frequencies/index.ts';
import { type CsvKind, csvCells } from '../tables/index.ts';

type Column = { readonly name: string; readonly kind: CsvKind };

/** A value of a table: what is missing is null. */
export type TypedCell = string | number | boolean | null;

export interface TypedTable {
  readonly columns: readonly Column[];
  /** One array a row, as long as `columns`. */
  readonly rows: readonly (readonly TypedCell[])[];
}

/** File name without `.csv` -> its columns, given the names of the denominators. In the order of docs/output.md. */
const tableColumns: Readonly<Record<string, (denominators: readonly string[]) => readonly Column[]>> = {
  frequencies: frequencyColumns,
  comparisons: () => comparisonColumns,
  pairs: () => pairColumns,
  visits: () => visitColumns,
  table_one: () => tableOneColumns,
  associations: () => associationColumns,
  siblings: () => siblingColumns,
  intensities: () => intensityColumns,
  ridge_effects: () => profileEffectColumns,
  draws: drawColumns,
  ridge: () => profileColumns,
  crossed: () => crossedColumns,
};

export const tableNames: readonly string[] = Object.keys(tableColumns);

/**
 * A table that a run wrote, its cells typed by what the house says of the column and never by how they look: a patient
 * "007" stays text. The `'` that keeps a spreadsheet from running a text stays where it stands.
 * @param name file name without `.csv`
 * @throws where a column is not known or a cell is of another kind: its hash showed the table to be ours
 */
export function typedTable(name: string, text: string): TypedTable {
  const [header = [], ...rows] = (csvCells(text, ',') ?? []).map(({ cells }) => cells);
  const denominators = header.flatMap((one) => (one.startsWith('n_') && one !== 'n_' ? [one.slice(2)] : []));
  const known = new Map((tableColumns[name]?.(denominators) ?? []).map((column) => [column.name, column.kind]));
  const columns = header.map((one) => {
    const kind = known.get(one);
    if (kind === undefined) throw new Error(`${name}.csv has a column "${one}" that is not known`);
    return { name: one, kind };
  });
  return { columns, rows: rows.map((cells) => columns.map(({ kind }, i) => typedCell(kind, cells[i] ?? ''))) };
}

function typedCell(kind: CsvKind, text: string): TypedCell {
  if (kind === 'text') return text;
  if (text === '') return null;
  if (kind === 'logical') return text === 'TRUE';
  const number = Number(text);
  if (!Number.isFinite(number)) throw new Error(`"${text}" is no number`);
  return number;
}

/** Without the `'` that keeps a spreadsheet from running a text: for files that no spreadsheet opens. */
export function unguarded(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** The rows of a table as objects by column. */
export function rowsOf({ columns, rows }: TypedTable): readonly Readonly<Record<string, TypedCell>>[] {
  return rows.map((cells) => Object.fromEntries(columns.map(({ name }, i) => [name, cells[i] ?? null])));
}

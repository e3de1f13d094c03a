import { type Problem, problem } from '../../problems/index.ts';
import type { InputNames } from '../../study/index.ts';
import { type CsvTable, columnKey, missingColumn } from '../../tables/index.ts';

/** Other names under which the columns of keys are found, unless study.yaml names them. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  subject: ['patient', 'subject_id', 'patient_id'],
  visit: ['timepoint', 'visite'],
  population: ['gate', 'subset'],
};

/** Where the columns of ours stand in a table that may call them otherwise. */
export interface TableColumns {
  /** Indices into the header; several where study.yaml joins columns to one key. Empty where there is none. */
  at(column: string): readonly number[];
}

/** @param names what study.yaml says of the columns */
export function tableColumns(header: readonly string[], names: InputNames['columns']): TableColumns {
  const keys = header.map(columnKey);
  const indexOf = (name: string) => keys.indexOf(columnKey(name));
  return {
    at(column) {
      const named = Object.hasOwn(names, column) ? names[column] : undefined;
      const wanted = typeof named === 'object' ? named.map(indexOf) : [named ?? column].map(indexOf);
      if (wanted.every((index) => index >= 0)) return wanted;
      // A name that study.yaml gives is meant to the letter: no other column may step in.
      if (named !== undefined) return [];
      const others = (aliases[column] ?? []).map(indexOf).filter((index) => index >= 0);
      return others.length === 1 ? others : [];
    },
  };
}

/** The problems of columns that are missing, each under the name that the study gives it. */
export function missingColumns(
  table: CsvTable,
  columns: TableColumns,
  required: readonly string[],
  names: InputNames['columns'],
): Problem[] {
  const keys = table.header.map(columnKey);
  return required.flatMap((column) => {
    if (columns.at(column).length > 0) return [];
    const named = Object.hasOwn(names, column) ? names[column] : undefined;
    const wanted = typeof named === 'object' ? named : [named ?? column];
    return wanted.filter((name) => !keys.includes(columnKey(name))).map((name) => missingColumn(table, name));
  });
}

/** Which column was taken for what, in one line; nothing where every column has our own name for it. */
export function columnsNote(
  table: CsvTable,
  columns: TableColumns,
  read: readonly string[],
  isGuessedWide: boolean,
): Problem[] {
  const taken = read.flatMap((column) => {
    const names = columns.at(column).map((index) => table.header[index] ?? '');
    return names.length === 0 ? [] : [{ column, names }];
  });
  const isOurs = taken.every(
    ({ column, names }) => names.length === 1 && columnKey(names[0] ?? '') === columnKey(column),
  );
  if (isOurs && !isGuessedWide) return [];
  const words = taken.map(({ column, names }) => `${column} from ${names.map((name) => `"${name}"`).join(' and ')}`);
  const layout = isGuessedWide ? 'no column "population": read as one column a population (layout: wide); ' : '';
  return [
    problem('note', 'input.columns', `${layout}${words.join(', ')}`, { file: table.file, line: table.headerLine }),
  ];
}

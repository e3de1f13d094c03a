import { resolve } from 'node:path';
import type { Problem } from '../problems/index.ts';
import type { Located } from '../tables/index.ts';
import { readFileOrSay } from './readFileOrSay.ts';
import { readSheet } from './readSheet.ts';
import type { SheetTube } from './sheetRow.ts';
import type { StudyInput } from './study.ts';
import { manyAsOne, type StudyDraft, unknownName } from './studyFile.ts';
import { displayPath } from './tubeFiles.ts';

const countColumns = ['lymphocytes_per_ul', 'leukocytes_per_ul'];

/** The rows of the sheet, each with the place of its file. */
export function readRows(
  draft: StudyDraft,
  folder: string,
  inputs: StudyInput[],
  problems: Problem[],
): { tube: SheetTube; where: Problem['where'] }[] {
  const { sheet } = draft;
  if (sheet === undefined) return [];
  const bytes = readFileOrSay(resolve(folder, sheet.value), sheet.value, sheet.source.at(sheet.path), problems);
  if (bytes === undefined) return [];
  const file = displayPath(folder, resolve(folder, sheet.value));
  inputs.push({ role: 'sheet', displayPath: file, bytes });
  const covariates = draft.covariates?.value ?? {};
  const absolute = draft.absolute?.value;
  const countColumn =
    absolute?.method === 'dual' && !countColumns.includes(absolute.count) ? absolute.count : undefined;
  const read = readSheet(bytes, file, {
    named: {
      subject: draft.subjectColumn,
      arm: draft.arms?.value.column,
      covariates: [...Object.keys(covariates), ...(countColumn === undefined ? [] : [countColumn])],
    },
    visits: draft.visits.length === 0 ? undefined : draft.visits,
    panels: draft.templates.size === 0 ? undefined : [...draft.templates.keys()],
    covariates,
    countColumn,
  });
  problems.push(...read.problems);
  if (read.value === undefined) return [];
  const { table, columns, tubes } = read.value;
  problems.push(...absentColumns(draft, table.header, columns, countColumn));
  const position = columns.index.get('file');
  return tubes.map((tube) => {
    const where = { file, line: tube.row.line, ...(position === undefined ? {} : { column: position + 1 }) };
    return { tube, where };
  });
}

/** Columns that study.yaml names and the sheet does not have. */
function absentColumns(
  draft: StudyDraft,
  header: readonly string[],
  columns: { readonly index: ReadonlyMap<string, number>; readonly covariates: ReadonlyMap<string, number> },
  countColumn: string | undefined,
): Problem[] {
  const known = header.filter((name) => name !== '');
  const absent = (name: string, part: Located<unknown>, keys: readonly string[], what: 'key' | 'value') =>
    unknownName('column', name, known, part.source.at([...part.path, ...keys], what));
  const { covariates, arms, absolute } = draft;
  const missing: Problem[] = [];
  if (covariates !== undefined) {
    const names = Object.keys(covariates.value).filter((name) => !columns.covariates.has(name));
    missing.push(...manyAsOne('columns', names, (name) => absent(name, covariates, [name], 'key')));
  }
  if (arms !== undefined && !columns.index.has('arm'))
    missing.push(absent(arms.value.column, arms, ['column'], 'value'));
  if (absolute?.value.method === 'dual') {
    const { count } = absolute.value;
    const isThere = countColumn === undefined ? columns.index.has(count) : columns.covariates.has(count);
    if (!isThere) missing.push(absent(count, absolute, ['count'], 'value'));
  }
  return missing;
}

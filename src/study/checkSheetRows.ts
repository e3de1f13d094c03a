import { type Problem, problem, type Where } from '../problems/index.ts';
import { type CsvTable, excelChangedIds } from '../tables/index.ts';
import { conversionOf } from './identifiers.ts';
import type { SheetColumn, SheetColumns } from './sheetColumns.ts';
import type { SheetTube } from './sheetRow.ts';
import { similarSubjects } from './similarSubjects.ts';

const idColumns = ['sample_id', 'subject', 'batch', 'arm'] as const;

/** What can only be seen over all rows: duplicates, subjects that look alike, mixed specimens, ids that R would convert. */
export function checkSheetRows(table: CsvTable, columns: SheetColumns, tubes: readonly SheetTube[]): Problem[] {
  const at = (tube: SheetTube, column: SheetColumn): Where => {
    const position = columns.index.get(column);
    const place = { file: table.file, line: tube.row.line };
    return position === undefined ? place : { ...place, column: position + 1 };
  };
  const written = tubes.flatMap((tube) => {
    const { subject, visit } = tube;
    if (subject === null || visit === null) return [];
    return [{ subject, visit, row: `row ${tube.row.row}`, where: at(tube, 'subject') }];
  });
  return [
    ...duplicateSamples(tubes, at),
    ...duplicateTubes(tubes, at),
    ...similarSubjects(written, 'sheet.similar-subject'),
    ...mixedSpecimens(tubes, at),
    ...changedIds(table, columns),
    ...convertedIds(table, columns, tubes, at),
  ];
}

type At = (tube: SheetTube, column: SheetColumn) => Where;

/** Pairs each tube with the first earlier one of the same key; an empty key has no twin. */
function twins(tubes: readonly SheetTube[], keyOf: (tube: SheetTube) => string): [SheetTube, SheetTube][] {
  const first = new Map<string, SheetTube>();
  return tubes.flatMap((tube): [SheetTube, SheetTube][] => {
    const key = keyOf(tube);
    if (key === '') return [];
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, tube);
    return earlier === undefined ? [] : [[tube, earlier]];
  });
}

function duplicateSamples(tubes: readonly SheetTube[], at: At): Problem[] {
  return twins(tubes, (tube) => tube.sampleId.toLowerCase()).map(([tube, earlier]) => {
    const other = earlier.sampleId === tube.sampleId ? '' : ` as "${earlier.sampleId}", and case does not count`;
    const message = `sample_id "${tube.sampleId}" is also in row ${earlier.row.row}${other}`;
    return problem('error', 'sheet.duplicate-sample', message, at(tube, 'sample_id'));
  });
}

/** An excluded tube may stand beside the one that replaced it. */
function duplicateTubes(tubes: readonly SheetTube[], at: At): Problem[] {
  const used = tubes.filter(({ role, excluded }) => role === 'sample' && !excluded);
  const keyOf = ({ subject, visit, panel }: SheetTube) =>
    subject === null || visit === null ? '' : JSON.stringify([subject, visit, panel]);
  return twins(used, keyOf).map(([tube, earlier]) => {
    const panel = tube.panel === '' ? '' : ` of panel "${tube.panel}"`;
    const message = `subject "${tube.subject}" has another tube${panel} at visit "${tube.visit}", in row ${earlier.row.row}`;
    return problem('error', 'sheet.duplicate-tube', message, at(tube, 'visit'));
  });
}

function changedIds(table: CsvTable, columns: SheetColumns): Problem[] {
  return idColumns.flatMap((column) => {
    const position = columns.index.get(column);
    return position === undefined ? [] : excelChangedIds(table, position, column);
  });
}

function mixedSpecimens(tubes: readonly SheetTube[], at: At): Problem[] {
  const firstOf = new Map<string, SheetTube>();
  const told = new Set<string>();
  return tubes.flatMap((tube) => {
    const { subject, specimen } = tube;
    if (subject === null || specimen === '' || told.has(subject)) return [];
    const earlier = firstOf.get(subject);
    if (earlier === undefined) firstOf.set(subject, tube);
    if (earlier === undefined || earlier.specimen === specimen) return [];
    told.add(subject);
    const message = `subject "${subject}" has "${specimen}" here and "${earlier.specimen}" in row ${earlier.row.row}`;
    return [problem('warning', 'sheet.mixed-specimen', message, at(tube, 'specimen'))];
  });
}

/** Our tables hold the ids as written; it is the next program that would change them. */
function convertedIds(table: CsvTable, columns: SheetColumns, tubes: readonly SheetTube[], at: At): Problem[] {
  return idColumns.flatMap((column) => {
    const position = columns.index.get(column);
    if (position === undefined) return [];
    const filled = tubes.filter((tube) => (tube.row.cells[position] ?? '') !== '');
    const [first] = filled;
    const cell = (tube: SheetTube) => tube.row.cells[position] ?? '';
    const name = table.header[position];
    if (first !== undefined && filled.every((tube) => /^\d+$/.test(cell(tube)))) {
      const example = filled.map(cell).find((text) => text !== String(Number(text))) ?? cell(first);
      const message = `column "${name}" is all digits: R and pandas read "${example}" as the number ${Number(example)}`;
      return [problem('warning', 'sheet.converted-id', message, at(first, column))];
    }
    const told = new Set<string>();
    return filled.flatMap((tube) => {
      const words = conversionOf(cell(tube));
      if (words === undefined || told.has(words)) return [];
      told.add(words);
      return [problem('warning', 'sheet.converted-id', `in column "${name}" ${words}`, at(tube, column))];
    });
  });
}

import { controlRoles } from '../analysis/index.ts';
import { didYouMean, nearestName, type Problem, problem, type Where } from '../problems/index.ts';
import { type CsvRow, type CsvTable, looksExcelChanged, type NumberKind, numberCell } from '../tables/index.ts';
import { idFault } from './identifiers.ts';
import type { SheetColumn, SheetColumns } from './sheetColumns.ts';
import { sheetDate } from './sheetDate.ts';
import type { Role, Tube, Visit } from './study.ts';
import { visitIdOf } from './visitIdOf.ts';

/** What the rows of a sheet are read by. */
export interface SheetRules {
  readonly columns: SheetColumns;
  /** Visits in order; undefined where a sheet is checked without its study. */
  readonly visits: readonly Pick<Visit, 'id' | 'label'>[] | undefined;
  /** Panels of study.yaml; [''] where one template serves all; undefined without a study. */
  readonly panels: readonly string[] | undefined;
  readonly covariates: Readonly<Record<string, 'number' | 'text'>>;
  /** A further column with a count for cells per µL. */
  readonly countColumn: string | undefined;
}

/** A tube as its row says it, read cell by cell; the file is looked up by others. */
export interface SheetTube extends Omit<Tube, 'path' | 'displayPath' | 'reading' | 'sheetRow'> {
  readonly row: CsvRow;
  /** As written, with `/`. */
  readonly file: string;
}

const roles: readonly Role[] = ['sample', 'bridge', 'fmo', 'single', 'unstained', 'unstimulated', 'isotype'];
const specimens = ['blood', 'pbmc_fresh', 'pbmc_frozen'];
const yes = ['yes', 'true', '1', 'ja', 'wahr'];
const no = ['', 'no', 'false', '0', 'nein', 'falsch'];
const positiveColumns = ['beads_added', 'blood_ul', 'dilution'] as const;
const countColumns = ['lymphocytes_per_ul', 'leukocytes_per_ul'] as const;

/** Reads one row; every fault is placed at its cell. */
export function readSheetRow(table: CsvTable, row: CsvRow, rules: SheetRules, problems: Problem[]): SheetTube {
  const cells = cellReader(table, row, rules, problems);
  const role = cells.word('role', roles) ?? 'sample';
  const subject = cells.id('subject');
  const isSample = role === 'sample';
  // A control of a patient's own visit is the background of the tubes of that visit.
  const isOwn = controlRoles.some((one) => one === role) && (cells.text('visit') !== '' || subject !== '');
  const isOfVisit = isSample || isOwn;
  const written = cells.text('visit').normalize('NFC');
  const visit = visitIdOf(written, rules.visits ?? []) ?? written;
  if (isOfVisit) checkVisit(visit, rules, cells);
  else {
    for (const column of ['subject', 'visit'] as const) {
      if (cells.text(column) !== '')
        cells.say(
          'warning',
          'sheet.control-subject',
          column,
          `a tube of role "${role}" has a ${column}, which is not used`,
        );
    }
  }
  if (isOfVisit && subject === '') cells.missing('subject');
  const visitIndex = rules.visits?.findIndex(({ id }) => id === visit) ?? -1;
  return {
    row,
    sampleId: cells.id('sample_id') || cells.missing('sample_id'),
    file: cells.text('file').replaceAll('\\', '/') || cells.missing('file'),
    subject: isOfVisit && subject !== '' ? subject : null,
    visit: isOfVisit && visit !== '' ? visit : null,
    visitIndex: isOfVisit && visitIndex >= 0 ? visitIndex : null,
    panel: readPanel(rules, cells),
    role,
    controlOf: isSample
      ? []
      : cells
          .text('for')
          .normalize('NFC')
          .split(/[;,|]/)
          .map((id) => id.trim())
          .filter((id) => id !== ''),
    batch: cells.id('batch'),
    arm: cells.id('arm'),
    date: readDate(cells),
    specimen: cells.word('specimen', specimens) ?? '',
    ...readExclusion(cells),
    covariates: readCovariates(rules, cells),
    absolute: readAbsolute(rules, cells),
  };
}

/** What a number of a column may be; the kind says how `1,234` is read. */
interface NumberRule {
  readonly kind: NumberKind;
  readonly isLegal: (x: number) => boolean;
  readonly rule: string;
}

const anyNumber: NumberRule = { kind: 'number', isLegal: () => true, rule: 'a number' };
const aboveZero: NumberRule = { kind: 'number', isLegal: (x) => x > 0, rule: 'above 0' };
const beads: NumberRule = { ...aboveZero, kind: 'count' };
/** Of a haematology analyser: hundreds and thousands, without decimals. */
const cellsPerUl: NumberRule = { kind: 'count', isLegal: (x) => x >= 0, rule: '0 or above' };

type Cells = ReturnType<typeof cellReader>;
type SheetCode = Extract<Problem['code'], `sheet.${string}`>;

function cellReader(table: CsvTable, row: CsvRow, rules: SheetRules, problems: Problem[]) {
  const { index } = rules.columns;
  const at = (position: number | undefined): Where => {
    const place = { file: table.file, line: row.line };
    return position === undefined ? place : { ...place, column: position + 1 };
  };
  const text = (column: SheetColumn): string => row.cells[index.get(column) ?? -1] ?? '';
  const say = (
    severity: Problem['severity'],
    code: SheetCode,
    column: SheetColumn,
    message: string,
    hint?: string,
  ): void => {
    problems.push(problem(severity, code, message, at(index.get(column)), hint));
  };
  const missing = (column: SheetColumn): string => {
    if (index.has(column)) say('error', 'sheet.missing-cell', column, `"${column}" is empty`);
    return '';
  };
  /** Faults are told; the id itself is kept, so that duplicates are still found. */
  const id = (column: SheetColumn): string => {
    const value = text(column).normalize('NFC');
    const fault = value === '' ? undefined : idFault(value);
    // What a spreadsheet made of it is told for the whole column.
    const isChanged = looksExcelChanged(value) && (value.startsWith('#') || !/[/:]/.test(value));
    if (!isChanged && fault !== undefined) say('error', 'sheet.wrong-id', column, `${column} "${value}" ${fault}`);
    return value;
  };
  const word = <T extends string>(column: SheetColumn, allowed: readonly T[]): T | undefined => {
    const value = text(column).toLowerCase();
    if (value === '') return undefined;
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
      const hint = didYouMean(nearestName(value, allowed)) ?? `allowed: ${allowed.join(', ')}`;
      say(
        'error',
        'sheet.wrong-value',
        column,
        `${column} "${text(column)}" is not one of ${allowed.join(', ')}`,
        hint,
      );
    }
    return found;
  };
  const number = (position: number, { kind, isLegal, rule }: NumberRule): number | null => {
    const cell = numberCell(table, row, position, kind);
    problems.push(...cell.problems);
    if (cell.kind !== 'number') return null;
    if (isLegal(cell.number)) return cell.number;
    const message = `"${table.header[position]}" must be ${rule}, found ${cell.number}`;
    problems.push(
      problem('error', 'sheet.wrong-value', message, at(position), 'correct the number, or leave it empty'),
    );
    return null;
  };
  return { table, row, index, text, say, missing, id, word, number };
}

function checkVisit(visit: string, rules: SheetRules, cells: Cells): void {
  if (visit === '') cells.missing('visit');
  else if (rules.visits !== undefined && visitIdOf(visit, rules.visits) === undefined) {
    const names = [...new Set(rules.visits.flatMap(({ id, label }) => [id, label]))];
    const hint = didYouMean(nearestName(visit, names)) ?? `visits: ${names.join(', ')}`;
    cells.say('error', 'sheet.unknown-visit', 'visit', `visit "${visit}" is not in study.yaml`, hint);
  }
}

function readPanel({ panels }: SheetRules, cells: Cells): string {
  const written = cells.text('panel').normalize('NFC');
  if (panels === undefined) return written;
  const [only] = panels;
  if (only === '') return '';
  if (written === '' && panels.length === 1) return only ?? '';
  if (panels.includes(written)) return written;
  const hint = didYouMean(nearestName(written, panels)) ?? `panels: ${panels.join(', ')}`;
  const message = written === '' ? 'the panel is missing' : `panel "${written}" is not in study.yaml`;
  cells.say('error', 'sheet.unknown-panel', 'panel', message, hint);
  return written;
}

function readDate(cells: Cells): string | null {
  const text = cells.text('date');
  if (text === '') return null;
  const read = sheetDate(text);
  if (read.kind === 'date') return read.date;
  cells.say('error', 'sheet.wrong-date', 'date', `date "${text}" ${read.fault}`);
  return null;
}

function readExclusion(cells: Cells): { excluded: boolean; excludeReason: string } {
  const written = cells.text('exclude').toLowerCase();
  const excluded = yes.includes(written);
  const excludeReason = cells.text('exclude_reason');
  if (!excluded && !no.includes(written)) {
    cells.say('error', 'sheet.wrong-value', 'exclude', `exclude "${cells.text('exclude')}" is neither yes nor no`);
  }
  if (excluded && excludeReason === '') {
    const column = cells.index.has('exclude_reason') ? 'exclude_reason' : 'exclude';
    cells.say('error', 'sheet.reason-missing', column, 'the tube is excluded and no reason is given');
  }
  return { excluded, excludeReason };
}

function readCovariates(rules: SheetRules, cells: Cells): Record<string, string | number | null> {
  // A column of counts for cells per µL is found in the same way and is no covariate.
  const declared = [...rules.columns.covariates].filter(([name]) => Object.hasOwn(rules.covariates, name));
  const entries = declared.map(([name, position]): [string, string | number | null] => {
    const isNumber = rules.covariates[name] === 'number';
    if (isNumber) return [name, cells.number(position, anyNumber)];
    return [name, cells.row.cells[position] || null];
  });
  return Object.fromEntries(entries);
}

function readAbsolute(rules: SheetRules, cells: Cells): Record<string, number> {
  const found = new Map<string, number>();
  const read = (name: string, position: number | undefined, rule: NumberRule): void => {
    const number = position === undefined ? null : cells.number(position, rule);
    if (number !== null) found.set(name, number);
  };
  for (const name of positiveColumns) read(name, cells.index.get(name), name === 'beads_added' ? beads : aboveZero);
  for (const name of countColumns) read(name, cells.index.get(name), cellsPerUl);
  const { countColumn } = rules;
  if (countColumn !== undefined && !found.has(countColumn)) {
    read(countColumn, rules.columns.covariates.get(countColumn), cellsPerUl);
  }
  return Object.fromEntries(found);
}

import { controlRoles, type Plan } from '../../analysis/index.ts';
import { didYouMean, nearestName, type Problem, problem } from '../../problems/index.ts';
import { type InputNames, type Tube, type Visit, visitIdOf } from '../../study/index.ts';
import { type CsvRow, type CsvTable, columnKey, numberCell } from '../../tables/index.ts';
import type { TubeValues } from '../tubeFacts.ts';
import type { TableColumns } from './tableColumns.ts';

/** A subject's numbers of one population at one visit, from any table. */
export interface TableRow extends TubeValues {
  readonly line: number;
}

/** What a study says of the table. */
export interface TableRequest {
  readonly visits: readonly Visit[];
  /** Rows of the sheet, where there is one: whom the table lacks. */
  readonly rows?: readonly Pick<Tube, 'role' | 'subject' | 'visit' | 'excluded'>[];
  readonly plan: Plan;
  readonly input: InputNames;
  /** The tubes that a control is the background of, where the sheet names them. */
  readonly controlOf?: (sampleId: string) => readonly string[];
}

/** The table with the way to its columns. */
export interface OpenTable {
  readonly table: CsvTable;
  readonly request: TableRequest;
  readonly measures: readonly string[];
  readonly columns: TableColumns;
  /** Index of a column of ours, by the name that the study gives it; the first where several are joined. */
  position(column: string): number | undefined;
  readonly problems: Problem[];
}

/**
 * What a row says of its tube; undefined for a control. Empty keys and unknown visits are problems.
 * @param given the visit, where a row holds several in columns of their own
 */
export function rowFrame(row: CsvRow, open: OpenTable, given?: string) {
  const optional = (column: string) => row.cells[open.position(column) ?? -1] ?? '';
  const role = optional('role');
  const isControl = role !== '' && role !== 'sample';
  // A control of a patient's own visit may be the background of its other tubes; any other one is of nobody.
  if (isControl && !(isOwnControl(role) && optional('subject') !== '' && optional('visit') !== '')) return undefined;
  const subject = textCell(row, 'subject', open);
  const visit = given ?? visitCell(row, open);
  const status = optional('status');
  const known = (['ok', 'not_evaluable', 'failed', 'excluded'] as const).find((one) => one === status);
  return {
    line: row.line,
    sampleId: optional('sample_id') || `${subject} ${visit}`,
    subject,
    visit,
    role: isControl ? role : 'sample',
    controlOf: isControl ? (open.request.controlOf?.(optional('sample_id')) ?? []) : [],
    panel: optional('panel'),
    // A word that only the other program knows still says that the value is not to be used.
    status: status === '' ? ('ok' as const) : (known ?? ('not_evaluable' as const)),
    reason: status === 'ok' ? '' : status,
    flags: optional('flags')
      .split(';')
      .filter((flag) => flag !== ''),
    arm: optional('arm'),
  };
}

function at(row: CsvRow, position: number | undefined, { table }: OpenTable) {
  const place = { file: table.file, line: row.line };
  return position === undefined ? place : { ...place, column: position + 1 };
}

/** A cell that must be filled; of columns that study.yaml joins to one key, their texts with a blank between. */
export function textCell(row: CsvRow, column: string, open: OpenTable): string {
  const texts = open.columns.at(column).map((position) => {
    const text = (row.cells[position] ?? '').normalize('NFC');
    if (text === '') {
      const name = columnKey(open.table.header[position] ?? '') === column ? '' : ` ("${open.table.header[position]}")`;
      const message = `"${column}"${name} is empty`;
      open.problems.push(problem('error', 'input.missing-cell', message, at(row, position, open)));
    }
    return text;
  });
  return texts.filter((text) => text !== '').join(' ');
}

function isOwnControl(role: string): boolean {
  return controlRoles.some((one) => one === role);
}

/** The id of the visit that a row names, by id or label. */
function visitCell(row: CsvRow, open: OpenTable): string {
  const visit = textCell(row, 'visit', open);
  const { visits } = open.request;
  const known = visit === '' ? '' : visitIdOf(visit, visits);
  if (known !== undefined) return known;
  const names = [...new Set(visits.flatMap(({ id, label }) => [id, label]))];
  const hint = didYouMean(nearestName(visit, names)) ?? `visits: ${names.join(', ')}`;
  const where = at(row, open.position('visit'), open);
  open.problems.push(problem('error', 'input.unknown-visit', `visit "${visit}" is not in study.yaml`, where, hint));
  return visit;
}

/** A share in percent, whatever unit the table has, or cells per µL; with one unit of its last written digit. */
export function measureCell(
  row: CsvRow,
  position: number | undefined,
  measure: string,
  open: OpenTable,
): { readonly value: number; readonly lastDigit: number } | null {
  if (position === undefined) return null;
  const { table, request, problems } = open;
  const isAbsolute = measure === 'cells_per_ul';
  const cell = numberCell(table, row, position, isAbsolute ? 'number' : 'share');
  problems.push(...cell.problems);
  if (cell.kind !== 'number') return null;
  // A "%" says more than the unit of the table.
  const isFraction = request.input.unit === 'fraction' && !isAbsolute && !cell.isPercent;
  const most = isAbsolute ? Number.POSITIVE_INFINITY : isFraction ? 1 : 100;
  const scale = isFraction ? 100 : 1;
  if (cell.number >= 0 && cell.number <= most) return { value: scale * cell.number, lastDigit: scale * cell.lastDigit };
  const range = isAbsolute ? '0 or above' : `from 0 to ${most}`;
  const message = `"${table.header[position]}" must be ${range}, found ${cell.number}`;
  problems.push(problem('error', 'input.out-of-range', message, at(row, position, open)));
  return null;
}

export function countCell(row: CsvRow, position: number | undefined, open: OpenTable): number | null {
  if (position === undefined) return null;
  const cell = numberCell(open.table, row, position, 'count');
  open.problems.push(...cell.problems);
  if (cell.kind !== 'number') return null;
  if (Number.isSafeInteger(cell.number) && cell.number >= 0) return cell.number;
  const message = `"${open.table.header[position]}" must be a count, found ${cell.number}`;
  open.problems.push(problem('error', 'input.out-of-range', message, at(row, position, open)));
  return null;
}

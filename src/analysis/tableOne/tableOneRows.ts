import { type Column, type ColumnKind, columnsOf, emptyRow, type RowOf } from '../analysisRows.ts';

const kinds = {
  characteristic: 'text',
  level: 'text',
  visit: 'text',
  group: 'text',
  n_subjects: 'count',
  n: 'count',
  median: 'rounded',
  q1: 'rounded',
  q3: 'rounded',
  min: 'rounded',
  max: 'rounded',
  count: 'count',
  percent: 'rounded',
  text: 'text',
} as const satisfies Record<string, ColumnKind>;

/** One characteristic, or one level of it, of all patients or of one arm; null where there is no value. */
export type TableOneRow = RowOf<typeof kinds>;

export const tableOneColumns: readonly Column[] = columnsOf(kinds);
export const emptyTableOneRow = emptyRow(kinds);

import { type Column, type ColumnKind, columnsOf, emptyRow, type RowOf } from '../analysisRows.ts';

const kinds = {
  study: 'text',
  family: 'text',
  endpoint: 'text',
  alignment: 'text',
  analysis: 'text',
  visit_from: 'text',
  visit_to: 'text',
  border: 'rounded',
  is_chosen: 'logical',
  scale: 'text',
  n_pairs: 'count',
  pct_from: 'rounded',
  pct_to: 'rounded',
  estimate: 'rounded',
  ci_low: 'rounded',
  ci_high: 'rounded',
  ci_level: 'rounded',
  ratio: 'rounded',
  p_count: 'count',
  p_total: 'count',
  p: 'exact',
  p_max_t: 'exact',
  status: 'text',
  reason: 'text',
} as const satisfies Record<string, ColumnKind>;

/** An effect at one border of a profile, or without any; null where there is no value. Keys are the column names. */
export type ProfileEffect = RowOf<typeof kinds>;

export const profileEffectColumns: readonly Column[] = columnsOf(kinds);
export const emptyProfileEffect = emptyRow(kinds);

/** text; count: integer; exact: shortest decimal of the double; rounded: 10 significant digits; logical: TRUE or FALSE. */
export type ColumnKind = 'text' | 'count' | 'exact' | 'rounded' | 'logical';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

interface CellTypes {
  text: string;
  count: number;
  exact: number;
  rounded: number;
  logical: boolean;
}

const comparisonKinds = {
  study: 'text',
  family: 'text',
  endpoint: 'text',
  population: 'text',
  parent: 'text',
  denominator: 'text',
  visit_from: 'text',
  visit_to: 'text',
  arm: 'text',
  analysis: 'text',
  planned: 'logical',
  scale: 'text',
  zero_rule: 'text',
  test: 'text',
  method: 'text',
  alternative: 'text',
  zero_handling: 'text',
  n_subjects: 'count',
  n_pairs: 'count',
  n_used: 'count',
  n_zero: 'count',
  n_tied: 'count',
  n_up: 'count',
  n_down: 'count',
  n_missing: 'count',
  median_from: 'rounded',
  median_to: 'rounded',
  estimate: 'rounded',
  ci_low: 'rounded',
  ci_high: 'rounded',
  ci_nominal: 'rounded',
  ci_level: 'rounded',
  ci_reaches_nominal: 'logical',
  ratio: 'rounded',
  ratio_low: 'rounded',
  ratio_high: 'rounded',
  diff_points: 'rounded',
  diff_low: 'rounded',
  diff_high: 'rounded',
  statistic: 'rounded',
  p_count: 'count',
  p_total: 'count',
  p: 'exact',
  p_min_attainable: 'exact',
  adjust: 'text',
  family_size: 'count',
  p_adj: 'rounded',
  p_adj_bh: 'rounded',
  alpha: 'exact',
  reject: 'logical',
  can_reject: 'logical',
  rank_biserial: 'rounded',
  dz: 'rounded',
  gz: 'rounded',
  gz_low: 'rounded',
  gz_high: 'rounded',
  margin_low: 'rounded',
  margin_high: 'rounded',
  tost_p: 'rounded',
  tost_ci_low: 'rounded',
  tost_ci_high: 'rounded',
  equivalent: 'logical',
  iut_p: 'exact',
  iut_visit: 'text',
  counting_share: 'rounded',
  gate_share: 'rounded',
  gate_est_low: 'rounded',
  gate_est_high: 'rounded',
  tipping_point: 'rounded',
  loo_p_max: 'exact',
  loo_subject: 'text',
  status: 'text',
  reason: 'text',
  flags: 'text',
  sentence: 'text',
  role: 'text',
  question: 'text',
  difference_p: 'exact',
  gate_draws: 'count',
  gate_est_min: 'rounded',
  gate_est_max: 'rounded',
  boot_share: 'rounded',
  boot_est_low: 'rounded',
  boot_est_high: 'rounded',
  panel: 'text',
  tost_ci_level: 'rounded',
  gate_same: 'count',
} as const satisfies Record<string, ColumnKind>;

const pairKinds = {
  subject: 'text',
  endpoint: 'text',
  visit_from: 'text',
  visit_to: 'text',
  sample_from: 'text',
  sample_to: 'text',
  k_from: 'count',
  n_from: 'count',
  k_to: 'count',
  n_to: 'count',
  pct_from: 'exact',
  pct_to: 'exact',
  value_from: 'rounded',
  value_to: 'rounded',
  delta: 'rounded',
  ratio: 'rounded',
  diff_points: 'rounded',
  abs_from: 'rounded',
  abs_to: 'rounded',
  counting_p: 'rounded',
  rank: 'exact',
  used: 'logical',
  reason: 'text',
  days_between: 'count',
  flags: 'text',
  family: 'text',
  scale: 'text',
  cells_moved: 'rounded',
  gate_moved: 'rounded',
  panel: 'text',
} as const satisfies Record<string, ColumnKind>;

const visitKinds = {
  endpoint: 'text',
  visit: 'text',
  n_planned: 'count',
  n: 'count',
  median_pct: 'rounded',
  q1_pct: 'rounded',
  q3_pct: 'rounded',
  geomean_pct: 'rounded',
  n_pairs: 'count',
  hl: 'rounded',
  hl_low: 'rounded',
  hl_high: 'rounded',
  hl_level: 'rounded',
  ratio: 'rounded',
  p: 'exact',
  p_adj: 'rounded',
  lmm_estimate: 'rounded',
  lmm_se: 'rounded',
  lmm_df: 'rounded',
  lmm_low: 'rounded',
  lmm_high: 'rounded',
  lmm_p: 'rounded',
  lmm_p_adj: 'rounded',
  lmm_var_subject: 'rounded',
  lmm_var_residual: 'rounded',
  lmm_flag: 'text',
  tost_p: 'rounded',
  equivalent: 'logical',
  status: 'text',
  reason: 'text',
  family: 'text',
  scale: 'text',
  lmm_residual_sd: 'rounded',
  panel: 'text',
} as const satisfies Record<string, ColumnKind>;

/** A row with these columns; null where there is no value. */
export type RowOf<Kinds extends Readonly<Record<string, ColumnKind>>> = {
  readonly [Name in keyof Kinds]: CellTypes[Kinds[Name]] | null;
};
/** One endpoint × visit pair × analysis; null where there is no value. Keys are the column names. */
export type Comparison = RowOf<typeof comparisonKinds>;
/** One subject × endpoint × visit pair of one family. */
export type Pair = RowOf<typeof pairKinds>;
/** One endpoint × visit of one family, described and compared with baseline. */
export type VisitRow = RowOf<typeof visitKinds>;

export const comparisonColumns: readonly Column[] = columnsOf(comparisonKinds);
export const pairColumns: readonly Column[] = columnsOf(pairKinds);
export const visitColumns: readonly Column[] = columnsOf(visitKinds);

export const emptyComparison = emptyRow(comparisonKinds);
export const emptyVisitRow = emptyRow(visitKinds);

// Text keys of an object literal keep the order they are written in: the order of the table's columns.
export function columnsOf(kinds: Readonly<Record<string, ColumnKind>>): Column[] {
  return Object.entries(kinds).map(([name, kind]) => ({ name, kind }));
}

/** The row of a table before anything is known: null in every column. */
export function emptyRow<Kinds extends Readonly<Record<string, ColumnKind>>>(kinds: Kinds): RowOf<Kinds> {
  const row: { [Name in keyof Kinds]?: null } = {};
  for (const name in kinds) row[name] = null;
  if (!isWhole(row, kinds)) throw new Error('an empty row lacks a column of its table');
  return row;
}

function isWhole<Kinds extends object>(
  row: { readonly [Name in keyof Kinds]?: null },
  kinds: Kinds,
): row is { readonly [Name in keyof Kinds]: null } {
  return Object.keys(kinds).every((name) => name in row);
}

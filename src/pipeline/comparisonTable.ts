import type { Comparison } from '../analysis/index.ts';

/**
 * The comparisons as a person reads them on a terminal: a table a family; the sentences follow as answers.
 * Only the planned analyses; sensitivity analyses stand in comparisons.csv. Digits are for reading, not for computing.
 * @returns '' where nothing is compared, else lines with their ends
 */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const primary = comparisons.filter((row) => row.analysis === 'primary');
  const families = [...new Set(primary.map((row) => row.family ?? ''))];
  return families.map((family) => familyTable(primary.filter((row) => (row.family ?? '') === family))).join('\n');
}

function familyTable(rows: readonly Comparison[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const title = `${first.family} (${first.role}, ${first.question}): ${first.visit_from} to ${first.visit_to}`;
  const isEquivalence = first.question === 'equivalence';
  const heads = ['', 'pairs', 'up/down', first.scale === 'percent' ? 'points' : 'ratio', 'interval', 'level'];
  const tests = isEquivalence ? ['TOST p', 'adjusted p', 'equivalent'] : ['p', 'adjusted p'];
  const cells = [[...heads, ...tests], ...rows.map(cellsOf)];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  const lines = cells.map((line) =>
    `  ${line.map((cell, column) => padCell(cell, column, widths)).join('  ')}`.trimEnd(),
  );
  return `${[title, ...lines].join('\n')}\n`;
}

function cellsOf(row: Comparison): string[] {
  const isEquivalence = row.question === 'equivalence';
  const { middle, low, high, level } = intervalOf(row);
  return [
    `${shortName(row.population ?? '')} ${measureOf(row)}`,
    showNumber(row.n_pairs, String),
    row.n_up === null || row.n_down === null ? '-' : `${row.n_up}/${row.n_down}`,
    showNumber(middle, twoDecimals),
    low === null || high === null ? '-' : `${twoDecimals(low)} to ${twoDecimals(high)}`,
    showNumber(level, (x) => `${(100 * x).toFixed(1)} %`),
    showNumber(isEquivalence ? row.tost_p : row.p, pValue),
    showNumber(row.p_adj, pValue),
    ...(isEquivalence ? [verdict(row)] : []),
  ];
}

interface ShownInterval {
  readonly middle: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Fraction. */
  readonly level: number | null;
}

/** The interval by which the question is answered: of an equivalence that of its two one-sided tests, at 1 − 2α. */
function intervalOf(row: Comparison): ShownInterval {
  const isPercent = row.scale === 'percent';
  const middle = isPercent ? row.diff_points : row.ratio;
  if (row.question !== 'equivalence' || row.tost_ci_low === null || row.tost_ci_high === null || row.alpha === null) {
    const [low, high] = isPercent ? [row.diff_low, row.diff_high] : [row.ratio_low, row.ratio_high];
    return { middle, low, high, level: row.ci_level };
  }
  const [low, high] = isPercent
    ? [row.tost_ci_low, row.tost_ci_high]
    : [Math.exp(row.tost_ci_low), Math.exp(row.tost_ci_high)];
  return { middle, low, high, level: 1 - 2 * row.alpha };
}

function shortName(population: string): string {
  return population.slice(population.lastIndexOf('/') + 1);
}

function measureOf(row: Comparison): string {
  const endpoint = row.endpoint ?? '';
  return endpoint.slice(endpoint.lastIndexOf(' ') + 1);
}

function showNumber(x: number | null, format: (x: number) => string): string {
  return x === null ? '-' : format(x);
}

function twoDecimals(x: number): string {
  return x.toFixed(2);
}

function pValue(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

/** The verdict of the sentence below the row: within the family where the family is adjusted, else the endpoint's own. */
function verdict({ reject, equivalent }: Comparison): string {
  const isShown = reject ?? equivalent;
  if (isShown === null) return '-';
  return isShown ? 'yes' : 'not shown';
}

function padCell(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

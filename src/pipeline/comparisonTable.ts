import { type Comparison, unitOf as unitOfMeasure } from '../analysis/index.ts';
import { isRatioScale } from '../statistics/index.ts';

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
  const title = `${first.family} (${first.role}, ${questionOf(first)}): ${first.visit_from} to ${first.visit_to}`;
  const isEquivalence = first.question === 'equivalence';
  const heads = ['', 'pairs', 'up/down', 'effect', 'interval', 'level'];
  const inFamily = first.adjust === 'joint' ? 'joint p' : 'p in family';
  const tests = isEquivalence ? ['TOST p', inFamily, 'equivalent'] : ['p', inFamily];
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
    `${shortName(row.population ?? '')} ${measureOf(row)}${row.panel === null ? '' : `, panel ${row.panel}`}`,
    showNumber(row.n_pairs, String),
    row.n_up === null || row.n_down === null ? '-' : `${row.n_up}/${row.n_down}`,
    middle === null ? '-' : `${unitOf(row)} ${twoDecimals(middle)}`.trimStart(),
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
  const isPlain = !isRatioScale(row.scale);
  const middle = isPlain ? row.estimate : row.ratio;
  if (row.question !== 'equivalence' || row.tost_ci_low === null || row.tost_ci_high === null) {
    const [low, high] = isPlain ? [row.ci_low, row.ci_high] : [row.ratio_low, row.ratio_high];
    return { middle, low, high, level: row.ci_level };
  }
  const [low, high] = isPlain
    ? [row.tost_ci_low, row.tost_ci_high]
    : [Math.exp(row.tost_ci_low), Math.exp(row.tost_ci_high)];
  return { middle, low, high, level: row.tost_ci_level };
}

/** What the row's number is, on its own scale: rows of one family may differ. */
function unitOf(row: Comparison): string {
  if (!isRatioScale(row.scale))
    return row.scale === 'arcsinh' ? 'arcsinh' : unitOfMeasure(measureOf(row)).replace('percentage points', 'points');
  return row.scale === 'logit' ? 'odds ratio' : 'ratio';
}

function questionOf({ question, margin_low }: Comparison): string {
  if (question !== 'transient') return question ?? 'change';
  return margin_low === null ? 'rise and later fall' : 'rise and return';
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

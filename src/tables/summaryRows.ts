import { counted, type Problem, problem } from '../problems/index.ts';
import type { CsvRow, CsvTable } from './csvTable.ts';

/** Words that no patient is called by: of FlowJo, Excel and Prism; English, German, French, Spanish, Italian, Dutch. */
const strong = words(
  'mean average avg stdev stddev std deviation variance variation error sem median geomean minimum maximum quartile percentile ' +
    'quantile total sum subtotal skewness kurtosis pvalue ttest wilcoxon interval confidence ' +
    'mittelwert mittel durchschnitt standardabweichung stabw standardfehler varianz summe gesamt anzahl ' +
    'moyenne moy mediane ecart somme erreur media promedio mediana desviacion desv suma gemiddelde totaal deviazione ' +
    '\u00f8 \u03c3',
);
/** Words that may be the initials or the number of a patient as well. */
const weak = words(
  'sd se cv n min max rsd iqr q1 q3 range count mw mad ci ic de et ds sed all overall pooled values difference diff ratio change delta',
);
const fillers = words(
  'standard of the coefficient coef variation geometric geo geom dev abw type tipica est estandar group grand number lower upper ' +
    'th st nd rd percent test paired value de la les des du log healthy patients subjects controls',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/**
 * The table without rows that sum up others, as tables of FlowJo and Excel end: `Mean`, `SD`, `n`, `Mittelwert`. Which
 * rows are left out is a warning. A short word that may be a patient's initials, in a table whose ids are such, stays.
 * @param keys columns that name a row, the first filled one of a row counts; indices into its cells
 * @param visits ids of visits, which may stand beside the word (`Mean BL`)
 */
export function withoutSummaryRows(
  table: CsvTable,
  keys: readonly number[],
  visits: readonly string[],
): { readonly table: CsvTable; readonly problems: readonly Problem[] } {
  const nameOf = (row: CsvRow) => keys.map((key) => row.cells[key] ?? '').find((text) => text !== '') ?? '';
  const kinds = table.rows.map((row) => kindOf(nameOf(row), visits));
  if (kinds.every((kind) => kind === undefined)) return { table, problems: unlikeNames(table, keys[0]) };
  const others = table.rows.filter((_, index) => kinds[index] === undefined).map(nameOf);
  const areNumbered = others.filter((name) => /\d/.test(name)).length * 2 > others.length;
  const isTrusted = areNumbered || kinds.includes('strong');
  const isSummary = (index: number) => kinds[index] === 'strong' || (kinds[index] === 'weak' && isTrusted);
  const found = table.rows.filter((_, index) => kinds[index] !== undefined);
  const names = [...new Set(found.map(nameOf))].map((name) => `"${name}"`).join(', ');
  const lines = found.map(({ line }) => line);
  const where = { file: table.file, line: lines[0] ?? table.headerLine };
  const code = `${table.area}.summary-row` as const;
  if (!found.some((row) => isSummary(table.rows.indexOf(row)))) {
    const message = `${names} could be a summary of the other rows; taken for a subject`;
    return { table, problems: [problem('warning', code, message, where)] };
  }
  const message = `${counted(lines.length, 'row')} left out (${lines.length === 1 ? 'line' : 'lines'} ${listLines(lines)}): ${names} ${lines.length === 1 ? 'sums' : 'sum'} up other rows`;
  const rows = table.rows.filter((_, index) => !isSummary(index));
  return { table: { ...table, rows }, problems: [problem('warning', code, message, where)] };
}

/** So many ids with a number are a habit, which a name without one breaks. */
const fewestNumbered = 4;

/** One or two names without a number among ids that all have one (`Control`, `Ratio`): no word of ours, and asked about. */
function unlikeNames(table: CsvTable, key: number | undefined): Problem[] {
  const role = table.header.findIndex((name) => name.trim().toLowerCase() === 'role');
  // Controls are called by what they are.
  const isControl = ({ cells }: CsvRow) => !['', 'sample'].includes((cells[role] ?? '').trim().toLowerCase());
  const nameOf = (row: CsvRow) => (isControl(row) || key === undefined ? '' : (row.cells[key] ?? ''));
  const ids = new Set(table.rows.map(nameOf).filter((name) => name !== ''));
  const odd = [...ids].filter((name) => !/\d/.test(name));
  if (odd.length === 0 || odd.length > 2 || ids.size - odd.length < fewestNumbered) return [];
  const first = table.rows.find((row) => odd.includes(nameOf(row)));
  const where = { file: table.file, line: first?.line ?? table.headerLine };
  const names = odd.map((name) => `"${name}"`).join(', ');
  const message = `${names} ${odd.length === 1 ? 'has' : 'have'} no number as the other ids do, and could sum them up; taken for a subject`;
  return [problem('warning', `${table.area}.summary-row`, message, where)];
}

function listLines(lines: readonly number[]): string {
  const shown = lines.slice(0, 8).join(', ');
  return lines.length > 8 ? `${shown}, …` : shown;
}

function kindOf(name: string, visits: readonly string[]): 'strong' | 'weak' | undefined {
  const own = new Set(visits.map((visit) => visit.toLowerCase()));
  const plain = name
    .normalize('NFKD')
    .replace(/x\u0304/giu, 'mean')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('\u2211', 'sum')
    .replace(/\bp[ .-]*values?\b/g, 'pvalue')
    .replace(/\(.*?\)|\[.*?\]|=\s*[\d.,]+|\d+(?:[.,]\d+)?\s*(?:%|(?:st|nd|rd|th)\b)/g, ' ')
    // `s.d.` and `s.e.m.` are words.
    .replace(/(?<=\b[a-z])\.(?=[a-z]\b)/g, '');
  const parts = plain.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '' && !own.has(part));
  if (parts.length === 0 || !parts.every((part) => strong.has(part) || weak.has(part) || fillers.has(part))) {
    return undefined;
  }
  if (parts.some((part) => strong.has(part))) return 'strong';
  return parts.some((part) => weak.has(part)) ? 'weak' : undefined;
}

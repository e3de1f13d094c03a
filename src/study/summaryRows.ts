import { counted, type Problem, problem } from '../problems/index.ts';
import type { CsvRow, CsvTable } from '../tables/index.ts';

/** Words that no patient is called by. */
const strong = words(
  'mean average avg stdev stddev std deviation variance error sem median geomean minimum maximum quartile percentile total sum ' +
    'mittelwert mittel durchschnitt standardabweichung stabw standardfehler varianz summe gesamt anzahl ' +
    'moyenne mediane ecart somme media promedio mediana desviacion suma gemiddelde totaal',
);
/** Words that may be the initials or the number of a patient as well. */
const weak = words('sd se cv n min max rsd iqr q1 q3 range count mw mad ci');
const fillers = words('standard of the coefficient variation geometric geo dev abw type estandar all group pooled');

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
  if (kinds.every((kind) => kind === undefined)) return { table, problems: [] };
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
  const message = `${counted(lines.length, 'row')} left out (${lines.length === 1 ? 'line' : 'lines'} ${listed(lines)}): ${names} ${lines.length === 1 ? 'sums' : 'sum'} up other rows`;
  const rows = table.rows.filter((_, index) => !isSummary(index));
  return { table: { ...table, rows }, problems: [problem('warning', code, message, where)] };
}

function listed(lines: readonly number[]): string {
  const shown = lines.slice(0, 8).join(', ');
  return lines.length > 8 ? `${shown}, …` : shown;
}

function kindOf(name: string, visits: readonly string[]): 'strong' | 'weak' | undefined {
  const own = new Set(visits.map((visit) => visit.toLowerCase()));
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]|=\s*[\d.,]+/g, ' ');
  const parts = plain.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '' && !own.has(part));
  if (parts.length === 0 || !parts.every((part) => strong.has(part) || weak.has(part) || fillers.has(part))) {
    return undefined;
  }
  if (parts.some((part) => strong.has(part))) return 'strong';
  return parts.some((part) => weak.has(part)) ? 'weak' : undefined;
}

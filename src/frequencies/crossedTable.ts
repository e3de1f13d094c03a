import type { Denominator, Endpoint } from '../analysis/index.ts';
import type { OtherCount } from '../gating/index.ts';
import { type Problem, type Reading, sortProblems } from '../problems/index.ts';
import { type CsvColumn, columnKey, gatherByColumn, numberCell, readTable } from '../tables/index.ts';

/** A tube's events in a population whose gate lies as it does in another tube of the same subject. */
export interface CrossedRow {
  readonly sampleId: string;
  readonly population: string;
  /** sampleId of the tube whose gate it is. */
  readonly other: string;
  /** null where that gate has no place. */
  readonly count: number | null;
}

const required = ['sample_id', 'population', 'gate_of', 'count'];

/** The columns of crossed.csv in their order. */
export const crossedColumns: readonly CsvColumn<CrossedRow>[] = [
  { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
  { name: 'population', kind: 'text' },
  { name: 'gate_of', kind: 'text', of: (row) => row.other },
  { name: 'count', kind: 'count' },
];

/** The rows of one tube, as it was counted. */
export function crossedRows(sampleId: string, others: readonly OtherCount[]): readonly CrossedRow[] {
  return others.map(({ population, other, count }) => ({ sampleId, population, other, count }));
}

/** Rows of a crossed.csv. */
export function readCrossedTable(bytes: Uint8Array, file: string): Reading<readonly CrossedRow[]> {
  const read = readTable(bytes, { file, required, area: 'input' });
  const table = read.value;
  if (table === undefined) return { value: undefined, problems: read.problems };
  const problems: Problem[] = [...read.problems];
  const at = (name: string) => table.header.map(columnKey).indexOf(name);
  const rows = table.rows.map((row): CrossedRow => {
    const text = (name: string) => (row.cells[at(name)] ?? '').normalize('NFC');
    const cell = numberCell(table, row, at('count'), 'count');
    problems.push(...cell.problems);
    const count = cell.kind === 'number' ? cell.number : null;
    return { sampleId: text('sample_id'), population: text('population'), other: text('gate_of'), count };
  });
  const isSound = !problems.some((found) => found.severity === 'error');
  return { value: isSound ? rows : undefined, problems: sortProblems(gatherByColumn(problems)) };
}

/**
 * Finds a tube's events in an endpoint's gate as it lies in other tubes. A share of the population itself has none: its
 * denominator would move with the gate.
 * @param denominators by name
 */
export function crossedCounts(rows: readonly CrossedRow[], denominators: Readonly<Record<string, Denominator>>) {
  const byTube = new Map<string, CrossedRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.sampleId, row.population]);
    const own = byTube.get(key);
    if (own === undefined) byTube.set(key, [row]);
    else own.push(row);
  }
  return (sampleId: string, { population, denominator }: Endpoint): Readonly<Record<string, number>> => {
    if (denominators[denominator] === population) return {};
    const own = byTube.get(JSON.stringify([sampleId, population])) ?? [];
    return Object.fromEntries(own.flatMap(({ other, count }) => (count === null ? [] : [[other, count]])));
  };
}

import type { TubeCounts } from '../gating/index.ts';
import type { CsvColumn } from '../tables/index.ts';

/** One population of one tube under one plausible placement of its gate. */
export interface DrawRow {
  readonly sampleId: string;
  readonly population: string;
  /** 0: the book's own place; then the draws, each of which moved the gate in all tubes of the study. */
  readonly draw: number;
  /** null where the gate has no place. */
  readonly count: number | null;
  readonly parentCount: number | null;
  /** Denominator -> its events; only those at or above the population. They stay as placed, whatever the draw. */
  readonly of: Readonly<Record<string, number | null>>;
}

/**
 * The columns of draws.csv in their order.
 * @param denominators names in the order of their columns
 */
export function drawColumns(denominators: readonly string[]): readonly CsvColumn<DrawRow>[] {
  return [
    { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
    { name: 'population', kind: 'text' },
    { name: 'draw', kind: 'count' },
    { name: 'count', kind: 'count' },
    { name: 'parent_count', kind: 'count', of: (row) => row.parentCount },
    ...denominators.map(
      (name): CsvColumn<DrawRow> => ({
        name: `n_${name}`,
        kind: 'count',
        of: (row) => (Object.hasOwn(row.of, name) ? row.of[name] : null),
      }),
    ),
  ];
}

/**
 * The draws of one tube: populations in tree order, draws ascending.
 * @param denominators name -> full path
 */
export function drawRows(
  { sampleId, populations, answers }: TubeCounts,
  denominators: Readonly<Record<string, string>>,
): readonly DrawRow[] {
  const placed = new Map(populations.map((one) => [one.population, one]));
  return answers.draws.flatMap(({ population, counts }) => {
    const parentCount = placed.get(population)?.parentCount ?? null;
    const above = Object.entries(denominators).filter(
      ([, path]) => path === 'root' || population.startsWith(`${path}/`),
    );
    const of = Object.fromEntries(above.map(([name, path]) => [name, placed.get(path)?.count ?? null]));
    const itself = Object.keys(denominators).filter((name) => denominators[name] === population);
    return counts.map((count, draw): DrawRow => {
      const own = Object.fromEntries(itself.map((name) => [name, count]));
      return { sampleId, population, draw, count, parentCount, of: { ...of, ...own } };
    });
  });
}

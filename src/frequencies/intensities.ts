import type { Intensity, TubeCounts } from '../gating/index.ts';
import { type Problem, type Reading, sortProblems } from '../problems/index.ts';
import { type CsvColumn, columnKey, gatherByColumn, numberCell, readTable, roundSignificant } from '../tables/index.ts';

/** One population and marker of one tube: how bright, in linear compensated units. */
export interface IntensityRow extends Intensity {
  readonly sampleId: string;
}

/** The columns of intensities.csv in their order. */
export const intensityColumns: readonly CsvColumn<IntensityRow>[] = [
  { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
  { name: 'population', kind: 'text' },
  { name: 'marker', kind: 'text' },
  { name: 'channel', kind: 'text' },
  { name: 'n', kind: 'count' },
  { name: 'median', kind: 'rounded' },
  { name: 'p25', kind: 'rounded' },
  { name: 'p75', kind: 'rounded' },
];

/** The intensities of one tube, as the template names populations and markers. */
export function intensityRows({ sampleId, answers }: TubeCounts): readonly IntensityRow[] {
  return answers.intensities.map((one) => ({ sampleId, ...one }));
}

/** The median of a marker in a population of a tube, as the table prints it. */
export interface MedianRow {
  readonly sampleId: string;
  readonly population: string;
  readonly marker: string;
  readonly median: number | null;
}

/** The medians of one tube as they are printed: who reads the table again compares the same numbers. */
export function medianRows(counts: TubeCounts): readonly MedianRow[] {
  return intensityRows(counts).map(({ sampleId, population, marker, median }) => {
    return { sampleId, population, marker, median: median === null ? null : roundSignificant(median) };
  });
}

/** Rows of an intensities.csv. */
export function readIntensityTable(bytes: Uint8Array, file: string): Reading<readonly MedianRow[]> {
  const required = ['sample_id', 'population', 'marker', 'median'];
  const read = readTable(bytes, { file, required, area: 'input' });
  const table = read.value;
  if (table === undefined) return { value: undefined, problems: read.problems };
  const problems: Problem[] = [...read.problems];
  const at = (name: string) => table.header.map(columnKey).indexOf(name);
  const rows = table.rows.map((row): MedianRow => {
    const text = (name: string) => (row.cells[at(name)] ?? '').normalize('NFC');
    const cell = numberCell(table, row, at('median'), 'exact');
    problems.push(...cell.problems);
    const median = cell.kind === 'number' ? cell.number : null;
    return { sampleId: text('sample_id'), population: text('population'), marker: text('marker'), median };
  });
  const isSound = !problems.some((found) => found.severity === 'error');
  return { value: isSound ? rows : undefined, problems: sortProblems(gatherByColumn(problems)) };
}

/** Finds medians by tube, population and marker. */
export function medianFinder(rows: readonly MedianRow[]) {
  const keyOf = (parts: readonly string[]) => JSON.stringify(parts);
  const found = new Map(rows.map((row) => [keyOf([row.sampleId, row.population, row.marker]), row.median]));
  return (sampleId: string, population: string, marker: string) =>
    found.get(keyOf([sampleId, population, marker])) ?? null;
}

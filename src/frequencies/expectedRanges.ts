import { type Problem, problem } from '../problems/index.ts';
import type { Frequency } from './frequency.ts';

/** The share of another population within which one usually lies; full paths. */
export interface ExpectedRange {
  readonly population: string;
  readonly of: string;
  readonly betweenPercent: readonly [low: number, high: number];
}

/**
 * Samples whose share lies outside the range that their template expects: a gate may lie wrong, or a patient may be
 * unusual; the number stands either way. Looked at where both counts are there and evaluable.
 * @param rows of one template's tubes
 */
export function expectedRangeProblems(rows: readonly Frequency[], expected: readonly ExpectedRange[]): Problem[] {
  return outsideRange(rows, expected).map(({ row, range, percent }) => {
    const [low, high] = range.betweenPercent;
    const name = row.population.slice(row.population.lastIndexOf('/') + 1);
    const message = `${name} are ${percent.toFixed(2)} % of "${range.of}", where the template expects ${low} to ${high} %`;
    return problem('warning', 'gate.expected-range', message, { sampleId: row.sampleId, gate: row.population });
  });
}

/** The same rows, those outside their expected range with the flag `outside_expected`. */
export function flagUnexpected(rows: readonly Frequency[], expected: readonly ExpectedRange[]): readonly Frequency[] {
  const outside = new Set(outsideRange(rows, expected).map(({ row }) => row));
  return rows.map((row) => (outside.has(row) ? { ...row, flags: [...row.flags, 'outside_expected'].sort() } : row));
}

function outsideRange(rows: readonly Frequency[], expected: readonly ExpectedRange[]) {
  const samples = rows.filter((row) => row.role === 'sample' && row.status === 'ok');
  const rowOf = new Map(samples.map((row) => [`${row.sampleId}\0${row.population}`, row]));
  return expected.flatMap((range) =>
    samples
      .filter((row) => row.population === range.population)
      .flatMap((row) => {
        const whole = rowOf.get(`${row.sampleId}\0${range.of}`)?.count ?? 0;
        if (row.count === null || whole === 0) return [];
        const percent = (100 * row.count) / whole;
        const [low, high] = range.betweenPercent;
        return percent < low || percent > high ? [{ row, range, percent }] : [];
      }),
  );
}

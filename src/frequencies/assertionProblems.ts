import { type Problem, problem } from '../problems/index.ts';
import type { Frequency } from './frequency.ts';

/** A sum of disjoint populations that should reach a share of another one; full paths. */
export interface ShareAssertion {
  readonly sum: readonly string[];
  readonly of: string;
  readonly atLeastPercent: number;
}

/**
 * Where a tube does not hold what its template asserts, such as T, B and NK making up 90 % of lymphocytes: a gate may lie
 * wrong, or cells may be there that the panel does not know. Looked at in samples whose counts are all there and evaluable.
 * @param rows of one template's tubes
 */
export function assertionProblems(
  rows: readonly Frequency[],
  assertions: readonly ShareAssertion[],
): readonly Problem[] {
  const samples = rows.filter((row) => row.role === 'sample' && row.status === 'ok');
  const countOf = new Map(samples.map((row) => [`${row.sampleId}\0${row.population}`, row.count]));
  const tubes = [...new Set(samples.map((row) => row.sampleId))];
  return assertions.flatMap(({ sum, of, atLeastPercent }) =>
    tubes.flatMap((sampleId) => {
      const counts = sum.map((population) => countOf.get(`${sampleId}\0${population}`) ?? null);
      const whole = countOf.get(`${sampleId}\0${of}`) ?? null;
      if (whole === null || whole === 0 || counts.includes(null)) return [];
      const percent = (100 * counts.reduce<number>((total, count) => total + (count ?? 0), 0)) / whole;
      if (percent >= atLeastPercent) return [];
      const names = sum.map((path) => path.slice(path.lastIndexOf('/') + 1)).join(' + ');
      const message = `${names} are ${percent.toFixed(2)} % of "${of}", where the template asserts at least ${atLeastPercent} %`;
      return [problem('warning', 'gate.assertion', message, { sampleId, gate: of })];
    }),
  );
}

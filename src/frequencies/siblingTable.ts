import type { Endpoint, Family, ResolvedPlan } from '../analysis/index.ts';
import type { CsvColumn } from '../tables/index.ts';
import type { Frequency } from './frequency.ts';
import type { TubeValues } from './tubeFacts.ts';
import { answeringRows, tubeValuesOf, valueBy } from './tubeValues.ts';

/** What else moved where a primary endpoint moved: one population by one measure at both visits. */
export interface SiblingRow {
  readonly family: string;
  readonly endpoint: string;
  /** endpoint: itself; measure: itself by another measure; sibling: another part of the same parent. */
  readonly relation: 'endpoint' | 'measure' | 'sibling';
  readonly population: string;
  readonly measure: string;
  readonly visit_from: string;
  readonly visit_to: string;
  readonly n_pairs: number;
  readonly n_up: number;
  readonly n_down: number;
  readonly median_from: number | null;
  readonly median_to: number | null;
  /** Median of to ÷ from, of pairs whose first value is above 0. */
  readonly median_ratio: number | null;
  /** Whose tubes answer; null where one template serves all. */
  readonly panel: string | null;
}

export const siblingColumns: readonly CsvColumn<SiblingRow>[] = [
  ...(['family', 'endpoint', 'relation', 'population', 'measure', 'visit_from', 'visit_to'] as const).map(
    (name) => ({ name, kind: 'text' }) as const,
  ),
  ...(['n_pairs', 'n_up', 'n_down'] as const).map((name) => ({ name, kind: 'count' }) as const),
  ...(['median_from', 'median_to', 'median_ratio'] as const).map((name) => ({ name, kind: 'rounded' }) as const),
  { name: 'panel', kind: 'text' },
];

/**
 * Beside every primary endpoint: the same population by every other measure (other denominators, cells per µL) and the
 * other parts of its parent by the same measure. A share of a closed sum rises when a sibling falls; this shows whether.
 * Described, not tested.
 * @param frequencies rows in any order; only samples with status ok take part
 */
export function siblingTable(frequencies: readonly Frequency[], plan: ResolvedPlan): readonly SiblingRow[] {
  const samples = tubeValuesOf(frequencies).filter(({ role }) => role === 'sample');
  const primary = plan.families.filter(({ role }) => role === 'primary');
  return primary.flatMap((family) =>
    family.endpoints.flatMap((endpoint) => endpointRows(family, endpoint, answeringRows(samples, endpoint))),
  );
}

function endpointRows(family: Family, endpoint: Endpoint, rows: readonly TubeValues[]): SiblingRow[] {
  const itself = rows.filter((row) => row.population === endpoint.population);
  const [first] = itself;
  if (first === undefined) return [];
  const hasAbsolute = itself.some((row) => valueBy('cells_per_ul', row) !== null);
  const measures = Object.keys(first.values).filter((measure) => measure !== 'cells_per_ul' || hasAbsolute);
  const isSibling = ({ population }: TubeValues) =>
    population !== 'root' && parentOf(population) === parentOf(endpoint.population);
  const siblings = [...new Set(rows.flatMap((row) => (isSibling(row) ? [row.population] : [])))];
  const row = (relation: SiblingRow['relation'], population: string, measure: string) =>
    siblingRow(family, endpoint, { relation, population, measure }, rows);
  return [
    row('endpoint', endpoint.population, endpoint.measure),
    ...measures
      .filter((measure) => measure !== endpoint.measure)
      .map((measure) => row('measure', endpoint.population, measure)),
    ...siblings
      .filter((population) => population !== endpoint.population)
      .map((population) => row('sibling', population, endpoint.measure)),
  ];
}

function siblingRow(
  family: Family,
  endpoint: Endpoint,
  what: Pick<SiblingRow, 'relation' | 'population' | 'measure'>,
  rows: readonly TubeValues[],
): SiblingRow {
  const { from, to } = family.comparison;
  const at = (visit: string) => {
    const usable = rows.filter(
      (row) => row.population === what.population && row.visit === visit && row.status === 'ok',
    );
    return new Map(usable.map((row) => [row.subject, valueBy(what.measure, row)]));
  };
  const [before, after] = [at(from), at(to)];
  const pairs = [...before].flatMap(([subject, x]) => {
    const y = after.get(subject);
    return x === null || y === undefined || y === null ? [] : [{ x, y }];
  });
  return {
    family: family.id,
    endpoint: endpoint.key,
    ...what,
    visit_from: from,
    visit_to: to,
    n_pairs: pairs.length,
    n_up: pairs.filter(({ x, y }) => y > x).length,
    n_down: pairs.filter(({ x, y }) => y < x).length,
    median_from: median(pairs.map(({ x }) => x)),
    median_to: median(pairs.map(({ y }) => y)),
    median_ratio: median(pairs.flatMap(({ x, y }) => (x > 0 ? [y / x] : []))),
    panel: endpoint.panel ?? null,
  };
}

/** Of the path; the top populations lie in the root. */
function parentOf(population: string): string {
  return population.slice(0, Math.max(0, population.lastIndexOf('/')));
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

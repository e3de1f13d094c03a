import { type Endpoint, endpointId, type Observation, plannedEndpoints, type ResolvedPlan } from '../analysis/index.ts';
import { roundSignificant } from '../tables/index.ts';
import type { Frequency, Share } from './frequency.ts';

/** One population of one sample tube, whatever it was read from: the tubes of a run, or a table. */
export interface TubeValues {
  readonly sampleId: string;
  readonly subject: string;
  readonly visit: string;
  /** Empty where one template serves all tubes. */
  readonly panel: string;
  readonly population: string;
  readonly status: 'ok' | 'not_evaluable' | 'failed' | 'excluded';
  /** Why the status is not ok; empty otherwise. */
  readonly reason: string;
  readonly flags: readonly string[];
  readonly arm: string;
  readonly count: number | null;
  /** Measure -> percent of 0…100, or cells per µL; null where there is none. */
  readonly values: Readonly<Record<string, number | null>>;
  /** Measure -> events of its denominator. */
  readonly denominatorCounts: Readonly<Record<string, number | null>>;
}

/** What the sheet and the counting know of a tube beside its shares. */
export interface TubeFacts {
  /** The row of the sheet; undefined where there is none. */
  readonly tubeOf: (row: TubeValues) => { readonly date: string | null; readonly arm: string } | undefined;
  /** A tube's events in an endpoint's gate as it lies in the subject's other tubes, by their sampleId. */
  readonly crossed?: (sampleId: string, endpoint: Endpoint) => Readonly<Record<string, number>>;
}

/** The sample tubes of a run, all populations of each. Controls take no part. */
export function tubeValuesOf(frequencies: readonly Frequency[]): readonly TubeValues[] {
  return frequencies.flatMap((row) => {
    const { subject, visit, role, sampleId, panel, population, status, flags, arm, count } = row;
    if (role !== 'sample' || subject === null || visit === null) return [];
    const reason = status === 'ok' ? '' : status;
    const key = { sampleId, subject, visit, panel, population, status, reason, flags, arm, count };
    return [{ ...key, ...measuresOf(row) }];
  });
}

function measuresOf(row: Frequency): Pick<TubeValues, 'values' | 'denominatorCounts'> {
  const shares: [string, Share | null][] = [
    ['pct_parent', row.ofParent],
    ...Object.entries(row.of).map(([name, share]): [string, Share | null] => [`pct_of_${name}`, share]),
  ];
  return {
    values: {
      ...Object.fromEntries(shares.map(([measure, share]) => [measure, share?.percent ?? null])),
      // As the table prints it: who reads it again compares the same numbers.
      cells_per_ul: row.cellsPerUl === null ? null : roundSignificant(row.cellsPerUl),
    },
    denominatorCounts: Object.fromEntries(shares.map(([measure, share]) => [measure, share?.n ?? null])),
  };
}

/** The value of a tube by a measure; null where it has none. */
export function valueBy(measure: string, { values }: Pick<TubeValues, 'values'>): number | null {
  return Object.hasOwn(values, measure) ? (values[measure] ?? null) : null;
}

/** The rows of the tubes that answer an endpoint: those of its panel. */
export function answeringRows<Row extends Pick<TubeValues, 'panel'>>(
  rows: readonly Row[],
  { panel }: Pick<Endpoint, 'panel'>,
): readonly Row[] {
  return panel === undefined ? rows : rows.filter((row) => row.panel === panel);
}

/**
 * The values that the plan asks for: one per sample tube and endpoint, of the panel that answers it. Tubes that failed,
 * were excluded or could not be judged stay as missing values with their reason, so that the statistics can name them.
 * @returns in the order of the endpoints in the plan, then of the rows
 */
export function observationsOf(
  rows: readonly TubeValues[],
  plan: ResolvedPlan,
  facts: TubeFacts,
): readonly Observation[] {
  const byPopulation = new Map<string, TubeValues[]>();
  for (const row of rows) {
    const own = byPopulation.get(row.population);
    if (own === undefined) byPopulation.set(row.population, [row]);
    else own.push(row);
  }
  return plannedEndpoints(plan).flatMap((endpoint) =>
    answeringRows(byPopulation.get(endpoint.population) ?? [], endpoint).map((row) =>
      observationOf(row, endpoint, facts),
    ),
  );
}

function observationOf(row: TubeValues, endpoint: Endpoint, { tubeOf, crossed }: TubeFacts): Observation {
  const tube = tubeOf(row);
  const isAbsolute = endpoint.measure === 'cells_per_ul';
  // Beside cells per µL stands the share of the parent.
  const share = isAbsolute ? 'pct_parent' : endpoint.measure;
  const isEmpty = row.status === 'ok' && valueBy(endpoint.measure, row) === null;
  const isOk = row.status === 'ok';
  return {
    subject: row.subject,
    visit: row.visit,
    endpointKey: endpointId(endpoint),
    sampleId: row.sampleId,
    count: row.count,
    parentCount: row.denominatorCounts[share] ?? null,
    percent: isOk ? valueBy(share, row) : null,
    status: isEmpty ? 'not_evaluable' : row.status,
    reason: isEmpty ? 'no_value' : row.reason,
    flags: row.flags,
    date: tube?.date ?? null,
    absolute: isOk ? valueBy('cells_per_ul', row) : null,
    arm: row.arm === '' ? (tube?.arm ?? '') : row.arm,
    ...(crossed === undefined ? {} : { crossed: crossed(row.sampleId, endpoint) }),
  };
}

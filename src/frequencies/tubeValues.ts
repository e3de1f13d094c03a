import { type Endpoint, endpointId, type Observation, plannedEndpoints, type ResolvedPlan } from '../analysis/index.ts';
import { roundSignificant } from '../tables/index.ts';
import type { Frequency, Share } from './frequency.ts';
import { type OtherRows, otherRows, ownValue } from './ownValue.ts';
import type { TubeFacts, TubeValues } from './tubeFacts.ts';

/**
 * The tubes of a run that belong to a subject and visit, all populations of each: samples, and their own controls.
 * @param controlOf the tubes that a control is the background of, where the sheet names them
 */
export function tubeValuesOf(
  frequencies: readonly Frequency[],
  controlOf: (sampleId: string) => readonly string[] = () => [],
): readonly TubeValues[] {
  return frequencies.flatMap((row) => {
    const { subject, visit, role, sampleId, panel, population, status, flags, arm, count } = row;
    if (subject === null || visit === null) return [];
    const reason = status === 'ok' ? '' : status;
    const who = { sampleId, subject, visit, role, controlOf: role === 'sample' ? [] : controlOf(sampleId) };
    const key = { ...who, panel, population, status, reason, flags, arm, count };
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
  return plannedEndpoints(plan).flatMap((endpoint) => {
    const own = answeringRows(byPopulation.get(endpoint.population) ?? [], endpoint);
    const beside = { ...facts, others: otherRows(endpoint, own, byPopulation) };
    return own.filter(({ role }) => role === 'sample').map((row) => observationOf(row, endpoint, beside));
  });
}

interface Beside extends TubeFacts {
  readonly others: OtherRows;
}

function observationOf(
  row: TubeValues,
  endpoint: Endpoint,
  { tubeOf, crossed, medianOf, others }: Beside,
): Observation {
  const tube = tubeOf(row);
  const own = ownValue(row, endpoint, { medianOf, others });
  const isOk = row.status === 'ok';
  const isEmpty = isOk && own.value === null;
  return {
    subject: row.subject,
    visit: row.visit,
    endpointKey: endpointId(endpoint),
    sampleId: row.sampleId,
    count: row.count,
    parentCount: own.of,
    percent: isOk ? own.percent : null,
    status: isEmpty ? 'not_evaluable' : row.status,
    reason: isEmpty ? (own.reason ?? 'no_value') : row.reason,
    flags: [...new Set([...row.flags, ...(own.flags ?? [])])].sort(),
    date: tube?.date ?? null,
    absolute: isOk ? own.absolute : null,
    arm: row.arm === '' ? (tube?.arm ?? '') : row.arm,
    ...(crossed === undefined ? {} : { crossed: crossed(row.sampleId, endpoint) }),
  };
}

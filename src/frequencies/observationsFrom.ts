import { type Endpoint, type Observation, plannedEndpoints, type ResolvedPlan } from '../analysis/index.ts';
import type { Frequency } from './frequency.ts';

export interface ObservationFacts {
  /** sampleId -> collection date YYYY-MM-DD; absent or null where the sheet gives none. */
  readonly dates: ReadonlyMap<string, string | null>;
  /** Names of the panels, in the order of study.yaml. */
  readonly panels: readonly string[];
  /** A tube's events in an endpoint's gate as it lies in the subject's other tubes, by their sampleId. */
  readonly crossed?: (sampleId: string, endpoint: Endpoint) => Readonly<Record<string, number>>;
}

/**
 * The values that the plan asks for: one per sample tube and endpoint. Controls take no part. Tubes that failed, were
 * excluded or could not be judged stay as missing values with their reason, so that the statistics can name them.
 * Where several panels have the population, the first of them answers: one value a subject, visit and endpoint.
 * @param frequencies rows in any order
 * @returns in the order of the endpoints in the plan, then of the rows
 */
export function observationsFrom(
  frequencies: readonly Frequency[],
  plan: ResolvedPlan,
  facts: ObservationFacts,
): readonly Observation[] {
  const samples = new Map<string, Frequency[]>();
  for (const row of frequencies) {
    if (row.role !== 'sample') continue;
    const rows = samples.get(row.population);
    if (rows === undefined) samples.set(row.population, [row]);
    else rows.push(row);
  }
  return plannedEndpoints(plan).flatMap((endpoint) => {
    const { population, denominator } = endpoint;
    // A tube of a panel whose template knows no such denominator has no value to miss.
    const fitting = (samples.get(population) ?? []).filter((row) => denominator === '' || denominator in row.of);
    const panel = facts.panels.find((name) => fitting.some((row) => row.panel === name));
    const rows = fitting.filter((row) => panel === undefined || row.panel === panel);
    return rows.flatMap((row) => observationOf(row, endpoint, facts) ?? []);
  });
}

function observationOf(
  row: Frequency,
  endpoint: Endpoint,
  { dates, crossed }: ObservationFacts,
): Observation | undefined {
  const { denominator } = endpoint;
  if (row.subject === null || row.visit === null) return undefined;
  const own = Object.hasOwn(row.of, denominator) ? row.of[denominator] : undefined;
  const share = denominator === '' ? row.ofParent : own;
  const isOk = row.status === 'ok';
  return {
    subject: row.subject,
    visit: row.visit,
    endpointKey: endpoint.key,
    sampleId: row.sampleId,
    count: row.count,
    parentCount: share?.n ?? null,
    percent: isOk ? (share?.percent ?? null) : null,
    status: row.status,
    reason: isOk ? '' : row.status,
    flags: row.flags,
    date: dates.get(row.sampleId) ?? null,
    absolute: isOk ? row.cellsPerUl : null,
    arm: row.arm,
    ...(crossed === undefined ? {} : { crossed: crossed(row.sampleId, endpoint) }),
  };
}

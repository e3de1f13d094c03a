import { type Endpoint, type Observation, plannedEndpoints, type ResolvedPlan } from '../../analysis/index.ts';
import type { Tube } from '../../study/index.ts';
import type { FrequencyTable } from './frequencyTable.ts';
import type { TableRow } from './tableCells.ts';

/** What the sheet knows of a tube beside its numbers. */
type SheetFacts = Pick<Tube, 'sampleId' | 'subject' | 'visit' | 'date' | 'arm'>;

/**
 * The values that a plan asks for, from a table of frequencies: endpoints in the order of the plan, then the rows of the
 * table. Where several panels have a population, the first of them in the table answers.
 * @param sheet rows that know dates and arms, by sample_id or by subject and visit; may be empty
 */
export function tableObservations(
  { rows }: FrequencyTable,
  plan: ResolvedPlan,
  sheet: readonly SheetFacts[],
): readonly Observation[] {
  const bySample = new Map(sheet.map((tube) => [tube.sampleId, tube]));
  const byVisit = new Map(sheet.map((tube) => [JSON.stringify([tube.subject, tube.visit]), tube]));
  return plannedEndpoints(plan).flatMap((endpoint) => {
    const own = rows.filter((row) => row.population === endpoint.population && endpoint.measure in row.values);
    const panel = own.find((row) => row.values[endpoint.measure] !== null)?.panel ?? own[0]?.panel;
    return own
      .filter((row) => row.panel === panel)
      .map((row) => {
        const tube = bySample.get(row.sampleId) ?? byVisit.get(JSON.stringify([row.subject, row.visit]));
        return observationOf(row, endpoint, tube);
      });
  });
}

function observationOf(row: TableRow, endpoint: Endpoint, tube: SheetFacts | undefined): Observation {
  const value = row.values[endpoint.measure] ?? null;
  const isAbsolute = endpoint.measure === 'cells_per_ul';
  const isEmpty = row.status === 'ok' && value === null;
  const usable = row.status === 'ok' ? value : null;
  return {
    subject: row.subject,
    visit: row.visit,
    endpointKey: endpoint.key,
    sampleId: row.sampleId,
    count: row.count,
    parentCount: row.denominatorCounts[endpoint.measure] ?? null,
    percent: isAbsolute ? null : usable,
    status: isEmpty ? 'not_evaluable' : row.status,
    reason: isEmpty ? 'no_value' : row.reason,
    flags: row.flags,
    date: tube?.date ?? null,
    absolute: isAbsolute ? usable : null,
    arm: row.arm === '' ? (tube?.arm ?? '') : row.arm,
  };
}

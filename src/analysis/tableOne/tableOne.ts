import { quantile } from '../../statistics/index.ts';
import { type AnalysisInput, type Endpoint, endpointName, plannedEndpoints } from '../analysisInput.ts';
import { covariateAt, groupOf } from '../associations/covariates.ts';
import { daysBetween } from '../comparison/daysBetween.ts';
import { byCodeUnit, type EndpointTubes } from '../comparison/tubes.ts';
import { isValueMeasure } from '../plan/endpointValue.ts';
import { emptyTableOneRow, type TableOneRow } from './tableOneRows.ts';

interface Group {
  /** `all`, or the name of an arm. */
  readonly name: string;
  readonly subjects: readonly string[];
}

/**
 * The table that a paper begins with: patients, their covariates and endpoints at baseline as median [quartiles] or n (%),
 * who came to which visit, and how long they were followed; of all patients, and of each arm where there are several.
 * Quartiles of R's type 7. What is missing is left out, and n says of how many patients a row is.
 */
export function tableOneRows(
  input: AnalysisInput,
  tubesOf: (endpoint: Endpoint) => EndpointTubes,
): readonly TableOneRow[] {
  const groups = groupsOf(input);
  const each = (rows: (group: Group) => TableOneRow[]) => groups.flatMap(rows);
  const baseline = input.visits[0]?.id ?? '';
  const names = [...new Set((input.covariates ?? []).map(({ name }) => name))];
  const endpoints = plannedEndpoints(input.plan);
  return [
    ...each((group) => [counted(group, { characteristic: 'patients' }, group.subjects.length, input.subjects.length)]),
    ...names.flatMap((name) => each((group) => covariateRows(input, name, baseline, group))),
    ...endpoints.flatMap((endpoint) => each((group) => [endpointRow(endpoint, tubesOf(endpoint), baseline, group)])),
    ...input.visits.flatMap(({ id }) => each((group) => [visitRow(input, id, group)])),
    ...each((group) => followUp(input, baseline, group)),
  ];
}

function groupsOf(input: AnalysisInput): Group[] {
  const all = { name: 'all', subjects: input.subjects };
  const armOf = new Map(input.subjects.map((subject) => [subject, groupOf(input, 'arm', subject)]));
  const arms = [...new Set([...armOf.values()].flatMap((arm) => arm ?? []))].sort(byCodeUnit);
  if (arms.length < 2) return [all];
  return [all, ...arms.map((name) => ({ name, subjects: input.subjects.filter((one) => armOf.get(one) === name) }))];
}

type Keys = Partial<Pick<TableOneRow, 'characteristic' | 'level' | 'visit'>>;

function counted(group: Group, keys: Keys, count: number, of: number): TableOneRow {
  const percent = of === 0 ? null : (100 * count) / of;
  const text = percent === null ? String(count) : `${count} (${digits(percent)} %)`;
  return {
    ...emptyTableOneRow,
    ...keys,
    group: group.name,
    n_subjects: group.subjects.length,
    n: of,
    count,
    percent,
    text,
  };
}

function measured(group: Group, keys: Keys, values: readonly number[], range: 'quartiles' | 'follow-up'): TableOneRow {
  const shared = {
    ...emptyTableOneRow,
    ...keys,
    group: group.name,
    n_subjects: group.subjects.length,
    n: values.length,
  };
  const [min, q1, median, q3, max] = [0, 0.25, 0.5, 0.75, 1].map((share) => quantile(values, share));
  if (min === undefined || q1 === undefined || median === undefined || q3 === undefined || max === undefined)
    return shared;
  const ends = range === 'follow-up' ? `, ${digits(min)}–${digits(max)}` : '';
  return { ...shared, min, q1, median, q3, max, text: `${digits(median)} [${digits(q1)}–${digits(q3)}]${ends}` };
}

function covariateRows(input: AnalysisInput, name: string, visit: string, group: Group): TableOneRow[] {
  const values = group.subjects.flatMap((subject) => covariateAt(input, name, subject, visit) ?? []);
  const all = input.subjects.flatMap((subject) => covariateAt(input, name, subject, visit) ?? []);
  const numbers = values.filter((value) => typeof value === 'number');
  // What a covariate is, all patients show; a group may have none of them.
  if (all.every((value) => typeof value === 'number')) {
    return [measured(group, { characteristic: name, visit }, numbers, 'quartiles')];
  }
  const levels = [...new Set(all.map(String))].sort(byCodeUnit);
  return levels.map((level) =>
    counted(
      group,
      { characteristic: name, level, visit },
      values.filter((one) => String(one) === level).length,
      values.length,
    ),
  );
}

/** At baseline, in percent, or in the unit of a value that is no share. */
function endpointRow(endpoint: Endpoint, tubes: EndpointTubes, visit: string, group: Group): TableOneRow {
  const isValue = isValueMeasure(endpoint.measure);
  const values = group.subjects.flatMap((subject) => {
    const tube = tubes.get(subject)?.get(visit);
    if (tube === undefined || tube.reason !== '') return [];
    return (isValue ? tube.absolute : tube.percent) ?? [];
  });
  const panel = endpoint.panel === undefined ? '' : `, panel ${endpoint.panel}`;
  const characteristic = `${endpointName(endpoint)} ${endpoint.measure}${panel}`;
  return measured(group, { characteristic, visit }, values, 'quartiles');
}

/** Patients with a usable tube of any planned endpoint. */
function visitRow(input: AnalysisInput, visit: string, group: Group): TableOneRow {
  const came = new Set(
    input.observations.flatMap((one) => (one.visit === visit && one.status === 'ok' ? [one.subject] : [])),
  );
  const count = group.subjects.filter((subject) => came.has(subject)).length;
  return counted(group, { characteristic: 'with a usable tube', visit }, count, group.subjects.length);
}

/** Days from the tube of the first visit to the last one, by the dates of the sheet; nothing without dates. */
function followUp(input: AnalysisInput, baseline: string, group: Group): TableOneRow[] {
  const dated = input.observations.filter((one) => (one.date ?? null) !== null);
  if (dated.length === 0) return [];
  const days = group.subjects.flatMap((subject) => {
    const own = dated.filter((one) => one.subject === subject);
    const start = own.find((one) => one.visit === baseline)?.date ?? null;
    const each = own.flatMap((one) => daysBetween(start, one.date ?? null) ?? []);
    return each.length === 0 ? [] : [Math.max(...each)];
  });
  return [measured(group, { characteristic: 'follow-up, days' }, days, 'follow-up')];
}

/** Three digits, as papers print; whole numbers whole. */
function digits(value: number): string {
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

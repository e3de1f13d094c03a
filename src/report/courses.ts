import { isValueMeasure, type Pair, type VisitRow } from '../analysis/index.ts';
import { tubeValuesOf, valueBy } from '../frequencies/index.ts';
import { byText } from '../problems/index.ts';
import { endpointParts } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';

export type Direction = 'up' | 'down' | 'level';

/** One endpoint over the visits. */
export interface Course {
  readonly endpoint: string;
  readonly population: string;
  readonly measure: string;
  /** Whose tubes answer; null where one template serves all. */
  readonly panel: string | null;
  readonly family: string;
  readonly scale: string;
  readonly visitFrom: string;
  readonly visitTo: string;
  readonly subjects: readonly SubjectCourse[];
  /** Medians as visits.csv has them: visit -> percent. */
  readonly medians: ReadonlyMap<string, number>;
}

/** Percent, or cells per µL, by visit; a visit without a usable value is absent. */
export interface SubjectCourse {
  readonly subject: string;
  readonly values: ReadonlyMap<string, number>;
  /** Of the comparison; undefined where the subject has no pair. */
  readonly direction: Direction | undefined;
}

/** The course of every endpoint, once each, in the order of the comparisons; those without any value are left out. */
export function courses(input: ReportInput): readonly Course[] {
  const seen = new Map<string, Course>();
  for (const row of input.comparisons) {
    const { endpoint, family, scale, visit_from, visit_to, panel } = row;
    const key = JSON.stringify([endpoint, panel]);
    if (endpoint === null || seen.has(key)) continue;
    const { population, measure } = endpointParts(endpoint);
    const own = input.pairs.filter((pair) => pair.endpoint === endpoint && pair.panel === panel);
    const pairs = own.filter((pair) => (pair.family ?? '') === (family ?? '') && pair.visit_to === visit_to);
    const subjects = subjectCourses(input, { population, measure, panel }, { pairs, own });
    if (subjects.length === 0) continue;
    const course = { endpoint, population, measure, panel, family: family ?? '', scale: scale ?? '', subjects };
    const visitRows = input.visitRows.filter((one) => one.endpoint === endpoint && one.panel === panel);
    const medians = mediansOf(visitRows, family, measure);
    seen.set(key, { ...course, visitFrom: visit_from ?? '', visitTo: visit_to ?? '', medians });
  }
  return [...seen.values()];
}

function subjectCourses(
  input: ReportInput,
  { population, measure, panel }: Pick<Course, 'population' | 'measure' | 'panel'>,
  { pairs, own: ofEndpoint }: { readonly pairs: readonly Pair[]; readonly own: readonly Pair[] },
): SubjectCourse[] {
  const values = new Map<string, Map<string, number>>();
  const put = (subject: string | null, visit: string | null, value: number | null): void => {
    if (subject === null || visit === null || value === null) return;
    const own = values.get(subject) ?? new Map<string, number>();
    if (!own.has(visit)) own.set(visit, value);
    values.set(subject, own);
  };
  const isOwn = (row: { readonly population: string; readonly panel: string }) =>
    row.population === population && (panel === null || row.panel === panel);
  for (const row of tubeValuesOf(input.frequencies.filter(isOwn))) {
    if (row.role === 'sample' && row.status === 'ok') put(row.subject, row.visit, valueBy(measure, row));
  }
  // A table that was analysed on its own has no frequencies here: the pairs hold what there is.
  const isOfTable = measure === 'cells_per_ul' || !isValueMeasure(measure);
  const isFromPairs = input.frequencies.length === 0 || !isOfTable;
  for (const pair of isFromPairs ? ofEndpoint : []) {
    const isAbsolute = isValueMeasure(measure);
    // The numbers of an excluded tube stay in the row; the reason names the side that does not count.
    const side = (name: 'from' | 'to', value: number | null) => (pair.reason?.endsWith(`_${name}`) ? null : value);
    put(pair.subject, pair.visit_from, side('from', isAbsolute ? pair.abs_from : pair.pct_from));
    put(pair.subject, pair.visit_to, side('to', isAbsolute ? pair.abs_to : pair.pct_to));
  }
  const directions = new Map(pairs.map((pair) => [pair.subject, directionOf(pair)]));
  return [...values]
    .sort(([a], [b]) => byText(a, b))
    .map(([subject, own]) => ({ subject, values: own, direction: directions.get(subject) }));
}

function directionOf({ delta, rank, used, reason }: Pair): Direction | undefined {
  // A difference that counts as none by the rule of the test is left out there, and is level here.
  const isPaired = used === true || reason === 'zero_difference';
  if (delta === null || !isPaired) return undefined;
  if (delta === 0 || rank === 0) return 'level';
  return delta > 0 ? 'up' : 'down';
}

function mediansOf(rows: readonly VisitRow[], family: string | null, measure: string): Map<string, number> {
  const medians = new Map<string, number>();
  if (isValueMeasure(measure)) return medians;
  for (const row of rows) {
    const isOwn = (row.family ?? '') === (family ?? '');
    if (isOwn && row.visit !== null && row.median_pct !== null) medians.set(row.visit, row.median_pct);
  }
  return medians;
}

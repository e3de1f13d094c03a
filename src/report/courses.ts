import { endpointId, isValueMeasure, type Pair, type VisitRow } from '../analysis/index.ts';
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

/** Percent, or cells per µL, by visit, as they were analysed; a visit without a usable value is absent. */
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
    const subjects = subjectCourses(input, { endpoint, measure, panel }, pairs);
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
  { endpoint, measure, panel }: Pick<Course, 'endpoint' | 'measure' | 'panel'>,
  pairs: readonly Pair[],
): SubjectCourse[] {
  const id = endpointId(panel === null ? { key: endpoint } : { key: endpoint, panel });
  const values = new Map<string, Map<string, number>>();
  for (const one of input.values) {
    if (one.endpointKey !== id || one.status !== 'ok') continue;
    const value = isValueMeasure(measure) ? (one.absolute ?? null) : one.percent;
    if (value === null) continue;
    const own = values.get(one.subject) ?? new Map<string, number>();
    if (!own.has(one.visit)) own.set(one.visit, value);
    values.set(one.subject, own);
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

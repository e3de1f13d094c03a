import type { Pair, VisitRow } from '../analysis/index.ts';
import { byText } from '../problems/index.ts';
import { endpointParts } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';

export type Direction = 'up' | 'down' | 'level';

/** One endpoint over the visits. */
export interface Course {
  readonly endpoint: string;
  readonly population: string;
  readonly measure: string;
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
    const { endpoint, family, scale, visit_from, visit_to } = row;
    if (endpoint === null || seen.has(endpoint)) continue;
    const { population, measure } = endpointParts(endpoint);
    const pairs = input.pairs.filter(
      (pair) => pair.endpoint === endpoint && (pair.family ?? '') === (family ?? '') && pair.visit_to === visit_to,
    );
    const subjects = subjectCourses(input, measure, pairs, endpoint);
    if (subjects.length === 0) continue;
    const course = { endpoint, population, measure, family: family ?? '', scale: scale ?? '', subjects };
    const medians = mediansOf(input.visitRows, endpoint, family, measure);
    seen.set(endpoint, { ...course, visitFrom: visit_from ?? '', visitTo: visit_to ?? '', medians });
  }
  return [...seen.values()];
}

function subjectCourses(
  input: ReportInput,
  measure: string,
  pairs: readonly Pair[],
  endpoint: string,
): SubjectCourse[] {
  const values = new Map<string, Map<string, number>>();
  for (const one of input.values) {
    if (one.endpointKey !== endpoint || one.status !== 'ok') continue;
    const value = measure === 'cells_per_ul' ? (one.absolute ?? null) : one.percent;
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

function mediansOf(
  rows: readonly VisitRow[],
  endpoint: string,
  family: string | null,
  measure: string,
): Map<string, number> {
  const medians = new Map<string, number>();
  if (measure === 'cells_per_ul') return medians;
  for (const row of rows) {
    const isOwn = row.endpoint === endpoint && (row.family ?? '') === (family ?? '');
    if (isOwn && row.visit !== null && row.median_pct !== null) medians.set(row.visit, row.median_pct);
  }
  return medians;
}

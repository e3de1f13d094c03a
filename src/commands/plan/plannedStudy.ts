import {
  type Endpoint,
  type Family,
  type FamilyDesign,
  type ResolvedPlan,
  resolvePlan,
  returnVisits,
} from '../../analysis/index.ts';
import { planFacts, planHash, visitSpec } from '../../pipeline/index.ts';
import { placementRegistry } from '../../placement/index.ts';
import { hasErrors, type Reading } from '../../problems/index.ts';
import { readAnalysisStudy, readStudy, type Visit } from '../../study/index.ts';

/** A study as far as its plan needs it: before there are files. */
export interface PlannedStudy {
  readonly name: string;
  readonly title: string;
  readonly visits: readonly Visit[];
  readonly plan: ResolvedPlan;
  readonly sha256: string | null;
  /** Subjects with a sample in the sheet; null where there is no sheet. */
  readonly subjectCount: number | null;
}

/** What the plan can show with so many pairs; null: as many as the sheet has, endpoint by endpoint. */
export interface PlanScenario {
  readonly pairs: number | null;
  readonly families: readonly FamilyDesign[];
}

interface OpenedPlan {
  readonly study: PlannedStudy;
  /** Subjects with usable tubes at every visit that the family needs. */
  readonly pairCount: (family: Family, endpoint: Endpoint) => number;
}

/** Keys that a study has for its files: one whose table comes from elsewhere goes without them. */
const ofFiles = ['data', 'sheet', 'template'];

/** A whole study, or one whose table comes from elsewhere: that has neither files nor template, perhaps no sheet. */
export function openPlan(path: string): Reading<OpenedPlan> {
  const whole = readStudy(path, placementRegistry, { files: 'planned' });
  if (whole.value !== undefined) {
    const { value: study, problems } = whole;
    const resolved = resolvePlan(study.plan, planFacts(study));
    if (resolved.value === undefined) return { value: undefined, problems: [...problems, ...resolved.problems] };
    const planned = plannedStudy(study, resolved.value, study.tubes);
    const pairCount = (family: Family, endpoint: Endpoint) =>
      completeCount(
        study.tubes.filter((tube) => endpoint.panel === undefined || tube.panel === endpoint.panel),
        family,
      );
    return { value: { study: planned, pairCount }, problems: [...problems, ...resolved.problems] };
  }
  const isForeign = whole.problems.every(({ severity, key = '' }) => severity !== 'error' || ofFiles.includes(key));
  return isForeign ? openForeignPlan(path) : { value: undefined, problems: whole.problems };
}

function openForeignPlan(path: string): Reading<OpenedPlan> {
  const read = readAnalysisStudy(path);
  if (read.value === undefined || hasErrors(read.problems)) return { value: undefined, problems: read.problems };
  const { value: study, problems } = read;
  const endpoints = study.plan.families?.flatMap((family) => family.endpoints) ?? [];
  const named = endpoints.flatMap(({ measure }) =>
    measure.startsWith('pct_of_') ? [measure.slice('pct_of_'.length)] : [],
  );
  // The table will tell which populations there are: the plan's own names stand for them.
  const facts = {
    visits: study.visits.map(visitSpec),
    populations: [...new Set(endpoints.map(({ population }) => population))],
    denominators: Object.fromEntries(named.map((name) => [name, 'root'])),
  };
  const resolved = resolvePlan(study.plan, facts);
  if (resolved.value === undefined) return { value: undefined, problems: [...problems, ...resolved.problems] };
  const planned = plannedStudy(study, resolved.value, study.rows.length === 0 ? undefined : study.rows);
  return {
    value: { study: planned, pairCount: (family) => completeCount(study.rows, family) },
    problems: [...problems, ...resolved.problems],
  };
}

interface SheetSample {
  readonly role: string;
  readonly subject: string | null;
  readonly visit: string | null;
  readonly excluded: boolean;
}

function plannedStudy(
  { name, title, visits }: Pick<PlannedStudy, 'name' | 'title' | 'visits'>,
  resolved: ResolvedPlan,
  tubes: readonly SheetSample[] | undefined,
): PlannedStudy {
  const subjects = new Set(
    tubes?.flatMap(({ role, subject }) => (role === 'sample' && subject !== null ? [subject] : [])),
  );
  const subjectCount = tubes === undefined ? null : subjects.size;
  return { name, title, visits, plan: resolved, sha256: planHash(resolved, visits), subjectCount };
}

/** Of several visits of return the one that most patients miss decides. */
function completeCount(tubes: readonly SheetSample[], family: Family): number {
  const { from, to } = family.comparison;
  const backs = returnVisits(family);
  const counts = (backs.length === 0 ? [[]] : backs.map((back) => [back])).map((back) =>
    withVisits(tubes, [from, to, ...back]),
  );
  return Math.min(...counts);
}

function withVisits(tubes: readonly SheetSample[], needed: readonly string[]): number {
  const done = new Map<string, Set<string>>();
  for (const { role, subject, visit, excluded } of tubes) {
    if (role !== 'sample' || excluded || subject === null || visit === null) continue;
    done.set(subject, (done.get(subject) ?? new Set()).add(visit));
  }
  return [...done.values()].filter((visits) => needed.every((visit) => visits.has(visit))).length;
}

import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import {
  type AnalysisInput,
  type DrawnCount,
  type PlanFacts,
  type Profiles,
  type ResolvedPlan,
  resolvePlan,
} from '../analysis/index.ts';
import type { RecordInput } from '../batch/index.ts';
import {
  type CrossedRow,
  crossedCounts,
  type FrequencyTable,
  type MedianRow,
  medianFinder,
  observationsOf,
  readFrequencyTable,
  type TubeValues,
  tablePanels,
} from '../frequencies/index.ts';
import { hasErrors, type Problem, type Reading } from '../problems/index.ts';
import { type AnalysisStudy, planConflicts, readAnalysisStudy, readFileOrSay } from '../study/index.ts';
import { sha256 } from '../tables/index.ts';
import { covariateValues } from './covariateValues.ts';
import { crossedBeside } from './crossed.ts';
import { drawsBeside } from './drawnCounts.ts';
import { mediansBeside } from './mediansBeside.ts';
import { recordInput } from './panels.ts';
import { booksBeside, profilesBeside } from './profiles.ts';
import { visitSpec } from './visitSpec.ts';

/** A table of frequencies read as a study plans it. */
export interface TableAnalysis {
  readonly study: AnalysisStudy;
  readonly input: AnalysisInput;
  /** Files that were read. */
  readonly inputs: readonly RecordInput[];
}

/** A table of frequencies, of this program or another, with study.yaml: all that the statistics ask for. */
export function openTableAnalysis(tablePath: string, studyPath: string): Reading<TableAnalysis> {
  const read = readAnalysisStudy(studyPath);
  const study = read.value;
  if (study === undefined) return { value: undefined, problems: [...read.problems, ...openTable(tablePath).problems] };
  const table = readTable(tablePath, study);
  // Who has no pair, the table shows: of the sheet and of the table together.
  const ofSheet = read.problems.filter(({ code }) => code !== 'sheet.missing-pair');
  const found = [...ofSheet, ...table.problems];
  if (table.value === undefined || hasErrors(found)) return { value: undefined, problems: found };
  const { frequencies, input } = table.value;
  const facts = planFacts(study, frequencies);
  const plan = resolvePlan(study.plan, facts);
  if (plan.value === undefined)
    return { value: undefined, problems: [...found, ...planConflicts(study.plan, facts, study.places)] };
  const beside = readBeside(tablePath, plan.value, frequencies);
  const problems = [...found, ...plan.problems, ...beside.problems];
  if (beside.value === undefined) return { value: undefined, problems };
  return {
    value: {
      study,
      input: analysisInput(study, plan.value, frequencies, beside.value),
      inputs: [...study.inputs.map(recordInput), input, ...inputsBeside(tablePath, study.folder)],
    },
    problems,
  };
}

function analysisInput(
  study: AnalysisStudy,
  plan: ResolvedPlan,
  table: FrequencyTable,
  { draws, profiles, crossed, medians }: Beside,
): AnalysisInput {
  const { name, seed, visits, rows } = study;
  const inSheet = rows.flatMap((row) => (row.role === 'sample' && row.subject !== null ? [row.subject] : []));
  const inTable = table.rows.flatMap(({ role, subject }) => (role === 'sample' ? [subject] : []));
  return {
    study: name,
    visits: visits.map(visitSpec),
    ...{ plan, seed },
    subjects: [...new Set([...inSheet, ...inTable])].sort(),
    covariates: covariateValues(rows),
    draws,
    profiles,
    observations: observationsOf(table.rows, plan, {
      tubeOf: sheetOf(rows),
      medianOf: medianFinder(medians),
      crossed: crossedCounts(crossed, planFacts(study, table).denominators),
    }),
  };
}

function openTable(path: string): Reading<Uint8Array> {
  const problems: Problem[] = [];
  const name = basename(path);
  return { value: readFileOrSay(path, name, { file: name }, problems), problems };
}

interface OpenedTable {
  readonly frequencies: FrequencyTable;
  readonly input: RecordInput;
}

function readTable(tablePath: string, study: AnalysisStudy): Reading<OpenedTable> {
  const opened = openTable(tablePath);
  if (opened.value === undefined) return { value: undefined, problems: opened.problems };
  const bytes = opened.value;
  const path = shownPath(resolve(tablePath), study.folder);
  const controls = new Map(study.rows.map((tube) => [tube.sampleId, tube.controlOf]));
  const request = { ...study, controlOf: (sampleId: string) => controls.get(sampleId) ?? [] };
  const { value, problems } = readFrequencyTable(bytes, path, request);
  const input = { role: 'frequencies', path, sampleId: null, bytes: bytes.length, sha256: sha256(bytes) } as const;
  return { value: value && { frequencies: value, input }, problems };
}

interface Beside {
  readonly draws: readonly DrawnCount[];
  readonly profiles: Profiles;
  readonly crossed: readonly CrossedRow[];
  readonly medians: readonly MedianRow[];
}

/** The tables of counts that a run writes beside its frequencies; each may be absent. */
function readBeside(tablePath: string, plan: ResolvedPlan, { rows }: FrequencyTable): Reading<Beside> {
  const panelOf = new Map(rows.map((row) => [row.sampleId, row.panel]));
  const draws = drawsBeside(tablePath, plan, (sampleId) => panelOf.get(sampleId));
  const profiles = profilesBeside(tablePath);
  const crossed = crossedBeside(tablePath);
  const medians = mediansBeside(tablePath, plan);
  const problems = [...draws.problems, ...profiles.problems, ...crossed.problems, ...medians.problems];
  if (!draws.value || !profiles.value || !crossed.value || !medians.value) return { value: undefined, problems };
  const value = { draws: draws.value, profiles: profiles.value, crossed: crossed.value, medians: medians.value };
  return { value, problems };
}

/** What lies beside the table and was read with it, for the record. */
function inputsBeside(tablePath: string, folder: string): RecordInput[] {
  return ['draws.csv', 'ridge.csv', 'crossed.csv', 'intensities.csv', ...booksBeside(tablePath)].flatMap(
    (name): RecordInput[] => {
      const path = resolve(dirname(tablePath), name);
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
      const bytes = readFileSync(path);
      const shown = shownPath(path, folder);
      return [{ role: 'frequencies', path: shown, sampleId: null, bytes: bytes.length, sha256: sha256(bytes) }];
    },
  );
}

/** Relative to the folder of study.yaml; a file outside it by its base name. */
function shownPath(path: string, folder: string): string {
  const inside = relative(folder, path);
  return inside.startsWith('..') || isAbsolute(inside) ? basename(path) : inside.replaceAll('\\', '/');
}

/** What the plan's names refer to, as far as a table shows it. */
function planFacts(study: AnalysisStudy, table: FrequencyTable): PlanFacts {
  const paths = table.denominators.map((name) => [name, denominatorPath(name, table)] as const);
  return {
    visits: study.visits.map(visitSpec),
    populations: table.populations.filter((population) => population !== 'root'),
    denominators: Object.fromEntries(paths),
    covariates: study.covariates,
    panels: tablePanels(table),
  };
}

/** The path that all populations with a share of the denominator have in common; the name itself where there is none. */
function denominatorPath(name: string, { rows }: FrequencyTable): string {
  const measure = `pct_of_${name}`;
  const hasShare = ({ values, denominatorCounts }: FrequencyTable['rows'][number]) =>
    (values[measure] ?? null) !== null || (denominatorCounts[measure] ?? null) !== null;
  const paths = [...new Set(rows.filter(hasShare).map((row) => row.population))].map((path) => path.split('/'));
  const [first = []] = paths;
  const depth = first.findIndex((part, index) => paths.some((path) => path[index] !== part));
  return (depth === -1 ? first : first.slice(0, depth)).join('/') || name;
}

/** Finds what the sheet says of a row: by sample_id, else by subject and visit. */
function sheetOf(sheet: AnalysisStudy['rows']) {
  const bySample = new Map(sheet.map((tube) => [tube.sampleId, tube]));
  const byVisit = new Map(sheet.map((tube) => [JSON.stringify([tube.subject, tube.visit]), tube]));
  return ({ sampleId, subject, visit }: TubeValues) =>
    bySample.get(sampleId) ?? byVisit.get(JSON.stringify([subject, visit]));
}

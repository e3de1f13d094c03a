import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import {
  analyze as analyzeObservations,
  type DrawnCount,
  type PlanFacts,
  type ResolvedPlan,
  type Ridges,
  resolvePlan,
} from '../analysis/index.ts';
import type { RecordInput } from '../batch/index.ts';
import { hasErrors, type Problem, type Reading } from '../problems/index.ts';
import {
  type AnalysisStudy,
  type FrequencyTable,
  readAnalysisStudy,
  readFileOrSay,
  readFrequencyTable,
  tableObservations,
} from '../study/index.ts';
import { sha256 } from '../tables/index.ts';
import { conclude } from './conclude.ts';
import { covariateValues } from './covariateValues.ts';
import { drawsBeside } from './drawnCounts.ts';
import { type Outcome, type PipelineOptions, refused } from './outcome.ts';
import { recordInput } from './panels.ts';
import { planRecord } from './planRecord.ts';
import type { Results } from './results.ts';
import { booksBeside, ridgesBeside } from './ridges.ts';
import { inRunFolder, outFolder } from './runFolderWork.ts';
import { visitSpec } from './visitSpec.ts';

/** The statistics alone: a table of frequencies, of this program or another, compared as study.yaml plans it. */
export async function analyze(tablePath: string, studyPath: string, options: PipelineOptions): Promise<Outcome> {
  const started = new Date();
  const read = readAnalysisStudy(studyPath);
  const study = read.value;
  if (study === undefined) return refused([...read.problems, ...openTable(tablePath).problems]);
  const table = readTable(tablePath, study);
  // Who has no pair, the table shows: of the sheet and of the table together.
  const ofSheet = read.problems.filter(({ code }) => code !== 'sheet.missing-pair');
  const found = [...ofSheet, ...table.problems];
  if (table.value === undefined || hasErrors(found)) return refused(found);
  const { frequencies, input } = table.value;
  const plan = resolvePlan(study.plan, planFacts(study, frequencies));
  if (plan.value === undefined) return refused([...found, ...plan.problems]);
  const draws = drawsBeside(tablePath, plan.value);
  const ridges = ridgesBeside(tablePath);
  const beside = [...draws.problems, ...ridges.problems];
  if (draws.value === undefined || ridges.value === undefined) {
    return refused([...found, ...plan.problems, ...beside]);
  }
  const results = tableResults(study, plan.value, frequencies, { draws: draws.value, ridges: ridges.value });
  const whole = {
    ...results,
    problems: [...found, ...plan.problems, ...beside, ...results.problems],
    inputs: [...study.inputs.map(recordInput), input, ...inputsBeside(tablePath, study.folder)],
  };
  const out = outFolder(options.out, study.name);
  const job = { command: 'analyze', study: study.name, tubeCount: 0 } as const;
  return inRunFolder(out, options, job, async (how) => conclude(whole, out, { ...how, threads: 0, started }));
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
  const { value, problems } = readFrequencyTable(bytes, path, study);
  const input = { role: 'frequencies', path, sampleId: null, bytes: bytes.length, sha256: sha256(bytes) } as const;
  return { value: value && { frequencies: value, input }, problems };
}

/** What lies beside the table and was read with it, for the record. */
function inputsBeside(tablePath: string, folder: string): RecordInput[] {
  return ['draws.csv', 'ridge.csv', ...booksBeside(tablePath)].flatMap((name): RecordInput[] => {
    const path = resolve(dirname(tablePath), name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
    const bytes = readFileSync(path);
    const shown = shownPath(path, folder);
    return [{ role: 'frequencies', path: shown, sampleId: null, bytes: bytes.length, sha256: sha256(bytes) }];
  });
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

function tableResults(
  study: AnalysisStudy,
  plan: ResolvedPlan,
  table: FrequencyTable,
  { draws, ridges }: { readonly draws: readonly DrawnCount[]; readonly ridges: Ridges },
): Results {
  const { name, title, seed, visits, rows } = study;
  const inSheet = rows.flatMap((row) => (row.role === 'sample' && row.subject !== null ? [row.subject] : []));
  const observations = tableObservations(table, plan, rows);
  const analysis = analyzeObservations({
    study: name,
    visits: visits.map(visitSpec),
    plan,
    seed,
    subjects: [...new Set([...inSheet, ...table.rows.map((row) => row.subject)])].sort(),
    covariates: covariateValues(rows),
    draws,
    ridges,
    observations,
  });
  return {
    command: 'analyze',
    study: { name, title, seed, visits },
    compared: {
      isPlanned: plan.planned,
      plan: planRecord(plan, { visits, tubes: [], analysis }),
      analysis,
      observations,
      siblings: [],
    },
    problems: analysis.problems,
    inputs: [],
  };
}

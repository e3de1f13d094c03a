import { analyze as analyzeObservations } from '../analysis/index.ts';
import type { Reading } from '../problems/index.ts';
import { conclude } from './conclude.ts';
import { type Outcome, type PipelineOptions, refused } from './outcome.ts';
import { planRecord } from './planRecord.ts';
import type { Results } from './results.ts';
import { inRunFolder, outFolder } from './runFolderWork.ts';
import { openTableAnalysis, type TableAnalysis } from './tableAnalysis.ts';

type AnalyzeResults = Extract<Results, { command: 'analyze' }>;

/** The statistics alone: a table of frequencies, of this program or another, compared as study.yaml plans it. */
export async function analyze(tablePath: string, studyPath: string, options: PipelineOptions): Promise<Outcome> {
  const started = new Date();
  const { value: results, problems } = analyzeResults(tablePath, studyPath);
  if (results === undefined) return refused(problems);
  const out = outFolder(options.out, results.study.name);
  const job = { command: 'analyze', study: results.study.name, tubeCount: 0 } as const;
  const whole = { ...results, problems };
  return inRunFolder(out, options, job, async (how) => conclude(whole, out, { ...how, threads: 0, started }));
}

/** Reads table and study and compares; nothing is written. @returns undefined where the plan cannot be carried out */
export function analyzeResults(tablePath: string, studyPath: string): Reading<AnalyzeResults> {
  const { value, problems } = openTableAnalysis(tablePath, studyPath);
  if (value === undefined) return { value: undefined, problems };
  const results = tableResults(value);
  return { value: { ...results, inputs: value.inputs }, problems: [...problems, ...results.problems] };
}

function tableResults({ study: { name, title, seed, visits, events }, input }: TableAnalysis): AnalyzeResults {
  const analysis = analyzeObservations(input);
  return {
    command: 'analyze',
    study: { name, title, seed, visits, events },
    compared: {
      isPlanned: input.plan.planned,
      plan: planRecord(input.plan, { visits, tubes: [], analysis }),
      analysis,
      observations: input.observations,
      siblings: [],
    },
    problems: analysis.problems,
    inputs: [],
  };
}

import { analyze as analyzeObservations } from '../analysis/index.ts';
import { conclude } from './conclude.ts';
import { type Outcome, type PipelineOptions, refused } from './outcome.ts';
import { planRecord } from './planRecord.ts';
import type { Results } from './results.ts';
import { inRunFolder, outFolder } from './runFolderWork.ts';
import { openTableAnalysis, type TableAnalysis } from './tableAnalysis.ts';

/** The statistics alone: a table of frequencies, of this program or another, compared as study.yaml plans it. */
export async function analyze(tablePath: string, studyPath: string, options: PipelineOptions): Promise<Outcome> {
  const started = new Date();
  const { value, problems } = openTableAnalysis(tablePath, studyPath);
  if (value === undefined) return refused(problems);
  const results = tableResults(value);
  const whole = { ...results, problems: [...problems, ...results.problems], inputs: value.inputs };
  const out = outFolder(options.out, value.study.name);
  const job = { command: 'analyze', study: value.study.name, tubeCount: 0 } as const;
  return inRunFolder(out, options, job, async (how) => conclude(whole, out, { ...how, threads: 0, started }));
}

function tableResults({ study: { name, title, seed, visits, events }, input }: TableAnalysis): Results {
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

import { type Analysis, analyze, type Observation, type ResolvedPlan, resolvePlan } from '../analysis/index.ts';
import {
  absoluteProblems,
  crossedCounts,
  type Frequency,
  medianFinder,
  medianRows,
  observationsOf,
  overlapProblems,
  siblingTable,
  tubeValuesOf,
} from '../frequencies/index.ts';
import { placementRegistry } from '../placement/index.ts';
import { hasErrors, type Reading } from '../problems/index.ts';
import { lostPairs, readStudy, type Study, type StudyReading } from '../study/index.ts';
import { conclude } from './conclude.ts';
import { covariateValues } from './covariateValues.ts';
import { walkedCrossed } from './crossed.ts';
import { walkedDraws } from './drawnCounts.ts';
import { type Outcome, type PipelineOptions, refused } from './outcome.ts';
import { panelsOf, recordInput } from './panels.ts';
import { withPlannedMedians } from './plannedMedians.ts';
import { planRecord } from './planRecord.ts';
import { studyProfiles } from './profiles.ts';
import type { Results } from './results.ts';
import { inRunFolder, outFolder } from './runFolderWork.ts';
import { brokenAssertions, denominatorNames, studyFrequencies } from './studyFrequencies.ts';
import { planFacts } from './studyPlan.ts';
import { studyQuality } from './studyQuality.ts';
import { visitSpec } from './visitSpec.ts';
import { walk } from './walk.ts';
import type { Walked } from './walked.ts';
import type { WalkOptions } from './walkStep.ts';

/**
 * A study from its files to its conclusions: study → survey → place → count → frequencies → statistics → report.
 * Everything that is wrong with study, sheet, template or plan is found before anything runs or is written.
 */
export async function run(studyPath: string, options: PipelineOptions): Promise<Outcome> {
  const started = new Date();
  const { value: question, problems: found } = studyQuestion(studyPath);
  if (question === undefined) return refused(found);
  const { study, plan } = question;
  const out = outFolder(options.out, study.name);
  const job = { command: 'run', study: study.name, tubeCount: study.tubes.length } as const;
  return inRunFolder(out, options, job, async (how) => {
    const results = await studyResults(study, plan, how);
    const whole = { ...results, problems: [...found, ...results.problems] };
    return conclude(whole, out, { ...how, started });
  });
}

/** A study that can be run, with its plan. */
interface StudyQuestion {
  readonly study: Study;
  readonly plan: ResolvedPlan;
}

/** Reads a study and its plan; nothing is opened yet. */
export function studyQuestion(studyPath: string, reading?: StudyReading): Reading<StudyQuestion> {
  const read = readStudy(studyPath, placementRegistry, reading);
  if (read.value === undefined || hasErrors(read.problems)) return { value: undefined, problems: read.problems };
  const study = read.value;
  const plan = resolvePlan(study.plan, planFacts(study));
  const problems = [...read.problems, ...plan.problems];
  return { value: plan.value && { study, plan: plan.value }, problems };
}

/** The walk over a study and the comparisons that follow; nothing is written. */
export async function studyResults(study: Study, plan: ResolvedPlan, how: WalkOptions): Promise<RunResults> {
  const { tubes, denominators, visits, name, title, seed } = study;
  const panels = withPlannedMedians(panelsOf(study.templates, study.inputs), plan);
  const endpoints = [...new Set(plan.families.flatMap((family) => family.endpoints.map((one) => one.population)))];
  const questions = {
    endpoints,
    denominators,
    drawCount: plan.rules.draws,
    seed,
    bridge: study.bridge,
    sameEvents: study.allowSameFile ? ('noted' as const) : ('refused' as const),
  };
  const walked = await walk(panels, tubes, how, questions);
  const settings = { visits, denominators, rules: plan.rules, level: plan.level, absolute: study.absolute };
  const frequencies = studyFrequencies(walked, settings);
  how.progress.start('compare', 0);
  const observations = studyObservations(study, plan, frequencies, walked);
  const analysis = analysisOf(study, plan, observations, walked);
  const quality = studyQuality(study, plan, walked, analysis.pairs);
  return {
    command: 'run',
    study: { name, title, seed, visits },
    gated: {
      walked,
      frequencies,
      denominators: denominatorNames(panels, denominators),
      addedDenominators: denominators,
    },
    compared: {
      isPlanned: plan.planned,
      plan: planRecord(plan, { visits, tubes, analysis }),
      analysis,
      observations,
      siblings: siblingTable(frequencies, plan),
    },
    quality,
    problems: [
      ...walked.problems,
      ...lostPairs(study, failedTubes(walked), walked.problems),
      ...absoluteProblems(frequencies, study.absolute),
      ...brokenAssertions(frequencies, panels),
      ...overlapProblems(
        walked.tubes.flatMap(({ counts }) => counts ?? []),
        plan,
        planFacts(study).denominators,
      ),
      ...quality.problems,
      ...analysis.problems,
    ],
    inputs: study.inputs.map(recordInput),
  };
}

type RunResults = Extract<Results, { command: 'run' }>;

function failedTubes({ tubes }: Walked): ReadonlySet<string> {
  return new Set(tubes.filter(({ counts }) => counts === undefined).map(({ tube }) => tube.sampleId));
}

function studyObservations(
  study: Study,
  plan: ResolvedPlan,
  frequencies: readonly Frequency[],
  walked: Walked,
): readonly Observation[] {
  const tubes = new Map(study.tubes.map((tube) => [tube.sampleId, tube]));
  return observationsOf(
    tubeValuesOf(frequencies, (id) => tubes.get(id)?.controlOf ?? []),
    plan,
    {
      tubeOf: ({ sampleId }) => tubes.get(sampleId),
      crossed: crossedCounts(walkedCrossed(walked), planFacts(study).denominators),
      medianOf: medianFinder(walked.tubes.flatMap(({ counts }) => (counts === undefined ? [] : medianRows(counts)))),
    },
  );
}

function analysisOf(study: Study, plan: ResolvedPlan, observations: readonly Observation[], walked: Walked): Analysis {
  return analyze({
    study: study.name,
    visits: study.visits.map(visitSpec),
    plan,
    subjects: subjectsOf(study),
    seed: study.seed,
    covariates: covariateValues(study.tubes),
    profiles: studyProfiles(walked),
    draws: walkedDraws(walked, { plan, denominators: study.denominators }),
    observations,
  });
}

/** Every subject with a sample in the sheet, ascending by code units. */
function subjectsOf(study: Pick<Study, 'tubes'>): readonly string[] {
  return [...new Set(study.tubes.flatMap((tube) => (tube.role === 'sample' ? (tube.subject ?? []) : [])))].sort();
}

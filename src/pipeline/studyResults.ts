import { type Analysis, analyze, type Observation, type ResolvedPlan } from '../analysis/index.ts';
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
import { lostPairs, type Study } from '../study/index.ts';
import type { StudyQuestions } from './countQuestions.ts';
import { covariateValues } from './covariateValues.ts';
import { walkedCrossed } from './crossed.ts';
import { walkedDraws } from './drawnCounts.ts';
import { panelsOf, recordInput } from './panels.ts';
import { withPlannedMedians } from './plannedMedians.ts';
import { planRecord } from './planRecord.ts';
import { studyProfiles } from './profiles.ts';
import type { RunResults } from './results.ts';
import { brokenAssertions, denominatorNames, studyFrequencies } from './studyFrequencies.ts';
import { planFacts } from './studyPlan.ts';
import { studyQuality } from './studyQuality.ts';
import { visitSpec } from './visitSpec.ts';
import { walk } from './walk.ts';
import type { Walked } from './walked.ts';
import type { WalkOptions } from './walkStep.ts';

/** What a study asks beside its trees. */
export function questionsOf({ denominators, seed, bridge, allowSameFile }: Study, plan: ResolvedPlan): StudyQuestions {
  return {
    endpoints: [...new Set(plan.families.flatMap((family) => family.endpoints.map((one) => one.population)))],
    denominators,
    drawCount: plan.rules.draws,
    seed,
    bridge,
    sameEvents: allowSameFile ? 'noted' : 'refused',
  };
}

/** Look, survey, place and count of a whole study. */
export function studyWalk(study: Study, plan: ResolvedPlan, how: WalkOptions): Promise<Walked> {
  const panels = withPlannedMedians(panelsOf(study.templates, study.inputs), plan);
  return walk(panels, study.tubes, how, questionsOf(study, plan));
}

/** All that follows from the counts of a study. */
export function studyResults(study: Study, plan: ResolvedPlan, walked: Walked): RunResults {
  const { tubes, denominators, visits, events, name, title, seed } = study;
  const { panels } = walked;
  const settings = { visits, denominators, rules: plan.rules, level: plan.level, absolute: study.absolute };
  const frequencies = studyFrequencies(walked, settings);
  const observations = studyObservations(study, plan, frequencies, walked);
  const analysis = analysisOf(study, plan, observations, walked);
  const quality = studyQuality(study, plan, walked, analysis.pairs);
  return {
    command: 'run',
    study: { name, title, seed, visits, events },
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

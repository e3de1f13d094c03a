import { type ResolvedPlan, resolvePlan } from '../analysis/index.ts';
import { placementRegistry } from '../placement/index.ts';
import { hasErrors, type Problem } from '../problems/index.ts';
import { readStudy, type Study, type StudyReading } from '../study/index.ts';
import { conclude } from './conclude.ts';
import { type Outcome, type PipelineOptions, refused } from './outcome.ts';
import { readPatches, type StudyPatches, unusedOverrides } from './review/readPatches.ts';
import { reviewedResults } from './review/reviewedResults.ts';
import { inRunFolder, outFolder } from './runFolderWork.ts';
import { planFacts } from './studyPlan.ts';
import { studyResults, studyWalk } from './studyResults.ts';

/** What `run` may be told beside what every command may. */
export interface RunOptions extends PipelineOptions {
  /** File of patches as typed; undefined: the gates lie where they are placed. */
  readonly overrides?: string | undefined;
}

/**
 * A study from its files to its conclusions: study → survey → place → count → frequencies → statistics → report.
 * Everything that is wrong with study, sheet, template, plan or patches is found before anything runs or is written; a
 * patch of a gate that lies elsewhere than it was seen, before any result is.
 */
export async function run(studyPath: string, options: RunOptions): Promise<Outcome> {
  const started = new Date();
  const read = readPlannedStudy(studyPath, options.overrides);
  if (read.value === undefined) return refused(read.problems);
  const { study, plan, patches } = read.value;
  const out = outFolder(options.out, study.name);
  const job = { command: 'run', study: study.name, tubeCount: study.tubes.length } as const;
  return inRunFolder(out, options, job, async (how) => {
    const walked = await studyWalk(study, plan, how);
    how.progress.start('compare', 0);
    const planned = studyResults(study, plan, walked);
    const results =
      patches === undefined
        ? { value: planned, problems: [] }
        : await reviewedResults({ study, plan, patches, planned }, how);
    if (results.value === undefined) return refused(results.problems);
    const whole = { ...results.value, problems: [...read.problems, ...results.value.problems] };
    return conclude(whole, out, { ...how, started });
  });
}

/** A study with its plan, and the patches of its gates where some are given. */
export interface PlannedStudy {
  readonly study: Study;
  readonly plan: ResolvedPlan;
  readonly patches: StudyPatches | undefined;
}

/** Reads all that a study is; value is undefined where anything of it is wrong. */
export function readPlannedStudy(
  studyPath: string,
  overrides: string | undefined,
  reading?: StudyReading,
): { readonly value: PlannedStudy | undefined; readonly problems: readonly Problem[] } {
  const read = readStudy(studyPath, placementRegistry, reading);
  const study = read.value;
  if (study === undefined || hasErrors(read.problems)) return { value: undefined, problems: read.problems };
  const plan = resolvePlan(study.plan, planFacts(study));
  const problems = [...read.problems, ...plan.problems];
  if (plan.value === undefined) return { value: undefined, problems };
  if (overrides === undefined) {
    return {
      value: { study, plan: plan.value, patches: undefined },
      problems: [...problems, ...unusedOverrides(study)],
    };
  }
  const patches = readPatches(overrides, study);
  problems.push(...patches.problems);
  if (patches.value === undefined) return { value: undefined, problems };
  return { value: { study, plan: plan.value, patches: patches.value }, problems };
}

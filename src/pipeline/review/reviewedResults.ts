import type { ResolvedPlan } from '../../analysis/index.ts';
import type { Reading } from '../../problems/index.ts';
import type { Study } from '../../study/index.ts';
import type { RunResults } from '../results.ts';
import { questionsOf, studyResults } from '../studyResults.ts';
import type { WalkOptions } from '../walkStep.ts';
import { applyToPanels } from './applyToPanels.ts';
import type { StudyPatches } from './readPatches.ts';
import { recount } from './recount.ts';
import { reviewSummary, visitProblems } from './reviewed.ts';

interface ToReview {
  readonly study: Study;
  readonly plan: ResolvedPlan;
  readonly patches: StudyPatches;
  readonly planned: RunResults;
}

/**
 * The results of a study with its gates as persons moved them, and beside them those as they were placed. The tubes whose
 * gates moved are counted again; everything that follows is made anew from the same plan.
 * @returns without value where a patch does not fit
 */
export async function reviewedResults(
  { study, plan, patches, planned }: ToReview,
  how: WalkOptions,
): Promise<Reading<RunResults>> {
  const { walked } = planned.gated;
  const applied = applyToPanels(walked, patches.patches);
  if (applied.value === undefined) return { value: undefined, problems: applied.problems };
  const counted = await recount(walked, applied.value, how, questionsOf(study, plan));
  const results = studyResults(study, plan, counted);
  const shares = { before: planned.gated.frequencies, after: results.gated.frequencies };
  const summary = reviewSummary(applied.value, patches.patches, shares);
  const comparisons = plan.families.map(({ comparison }) => comparison);
  const pairs = comparisons.filter(
    (one, i) => i === comparisons.findIndex(({ from, to }) => from === one.from && to === one.to),
  );
  const problems = [...results.problems, ...visitProblems(summary, shares, pairs)];
  const inputs = [...results.inputs, patches.input];
  return {
    value: { ...results, problems, inputs, reviewed: { planned, summary, patches: patches.patches } },
    problems: [],
  };
}

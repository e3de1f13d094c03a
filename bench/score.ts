import { planCohort } from '../samples/cohort.ts';
import type { Template } from '../src/template/index.ts';
import { withActivated } from './alterTubes.ts';
import { figuresOf } from './figures.ts';
import { type GatedCohort, gateCohort } from './gatedCohort.ts';
import type { RunRecord } from './records.ts';
import type { Run } from './runs.ts';
import { specialCases } from './specialCases.ts';

/** Draws, gates and scores one run. */
export function score(run: Run, template: Template): RunRecord {
  const planned = planCohort(run.design);
  const special = specialCases.find(({ name }) => name === run.special);
  const activated = run.activated ? withActivated(planned, run.activated) : planned;
  const cohort = special ? special.alter(activated) : activated;
  const wishes = { template, placings: run.placings, blank: run.blank ?? [] };
  const gated = gateCohort(cohort, wishes);
  return {
    id: run.id,
    maturityBorder: cohort.maturityBorder,
    flags: [...(gated.book.alignments[0]?.flags ?? [])],
    tubeFlags: tubeFlags(gated),
    by: Object.fromEntries(Object.entries(gated.by).map(([placing, populations]) => [placing, figures(populations)])),
    verdict: special ? special.judge(gated, cohort, () => gateCohort(activated, wishes)) : null,
  };
}

function figures(populations: NonNullable<GatedCohort['by']['recipe']>): RunRecord['by'][string] {
  return Object.fromEntries(
    [...populations].map(([path, tubes]) => {
      const { f1, r, shownFold, trueFold } = figuresOf(tubes);
      const finite = (value: number) => (Number.isFinite(value) ? value : null);
      return [
        path.split('/').at(-1) ?? path,
        { f1: finite(f1) ?? 0, r: finite(r), shownFold: finite(shownFold), trueFold: finite(trueFold) },
      ];
    }),
  );
}

function tubeFlags({ by }: GatedCohort): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [path, tubes] of by.recipe ?? []) {
    if (!path.endsWith('/CD24hiCD38hi')) continue;
    for (const flag of tubes.flatMap((tube) => tube.flags)) counts[flag] = (counts[flag] ?? 0) + 1;
  }
  return counts;
}

import { type Cohort, planCohort, plannedVisits } from '../samples/cohort.ts';
import type { Mode } from '../samples/composition.ts';
import type { QualityTube } from '../src/quality/index.ts';
import { likelySwaps } from '../src/quality/tools.ts';
import type { Template } from '../src/template/index.ts';
import { countCohort, qualityTubes } from './countedCohort.ts';
import { table } from './tables.ts';

/** Patients whose labels are exchanged at M1, one pair at a time. */
const pairs = [
  ['P01', 'P02'],
  ['P03', 'P04'],
  ['P05', 'P06'],
  ['P07', 'P08'],
  ['P01', 'P05'],
  ['P02', 'P06'],
] as const;

/** How often exchanged labels are found, and how often something is found where nothing was exchanged. */
export function exchangedLabels(template: Template, seeds: readonly number[]): string {
  const rows = (['hard', 'ridge', 'lupus'] as const).flatMap((mode) =>
    [plannedVisits.length, 3].map((visitCount) => {
      const found = seeds.map((seed) => swapsIn(template, mode, seed, visitCount));
      const alarms = found.filter(({ isAlarmed }) => isAlarmed).length;
      const exchanges = found.reduce((sum, one) => sum + one.exchanges, 0);
      const words = `${exchanges} of ${pairs.length * seeds.length}`;
      return [mode, String(visitCount), String(seeds.length), String(alarms), words];
    }),
  );
  return table(['mode', 'visits', 'cohorts', 'false alarms (cohorts)', 'exchanges found'], rows);
}

function swapsIn(template: Template, mode: Mode, seed: number, visitCount: number) {
  const visits = plannedVisits.slice(0, visitCount).map(({ id }) => id);
  const effect = { transitional: 2.2, memoryReg: 1.8 };
  const cohort: Cohort = planCohort({ mode, seed, eventCount: 6000, visits, effect, shift: {} });
  const tubes = qualityTubes(cohort, countCohort(cohort, template));
  return {
    isAlarmed: (likelySwaps(tubes) ?? []).length > 0,
    exchanges: pairs.filter(([one, other]) => isFound(exchanged(tubes, one, other), one, other)).length,
  };
}

function exchanged(tubes: readonly QualityTube[], one: string, other: string): readonly QualityTube[] {
  return tubes.map((tube) => {
    if (tube.visit !== 'M1') return tube;
    if (tube.subject === one) return { ...tube, subject: other };
    return tube.subject === other ? { ...tube, subject: one } : tube;
  });
}

function isFound(tubes: readonly QualityTube[], one: string, other: string): boolean {
  return (likelySwaps(tubes) ?? []).some(
    ({ subject, looksLike, exchangedWith }) =>
      exchangedWith !== null && [subject, looksLike].every((name) => name === one || name === other),
  );
}

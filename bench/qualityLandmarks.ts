import { median } from 'd3-array';
import { type CohortDesign, planCohort, plannedVisits } from '../samples/cohort.ts';
import { type PlacementTube, placeStudy, type TubeSurvey } from '../src/placement/tools.ts';
import type { Template } from '../src/template/index.ts';
import { countCohort } from './countedCohort.ts';
import { placementTubes } from './gatedCohort.ts';
import { halfSample } from './halfSample.ts';
import { table } from './tables.ts';

/**
 * How far a tube's landmark is missed: every second event of a tube's sample against the others, each half placed as a
 * study of its own; the difference over √2. Tubes whose landmark bears a flag are left out.
 */
export function landmarkErrors(template: Template, [seed = 1]: readonly number[]): string {
  const rows = (['hard', 'ridge', 'lupus'] as const).flatMap((mode) =>
    [20_000, 6000].map((eventCount) => errorRow(template, { mode, seed, eventCount })),
  );
  return table(['mode, events a tube', 'tubes', 'naive cells of a half', 'sd (u)', 'sd · √n / σ'], rows);
}

function errorRow(template: Template, of: Pick<CohortDesign, 'mode' | 'seed' | 'eventCount'>): string[] {
  const cohort = planCohort({
    ...of,
    visits: plannedVisits.map(({ id }) => id),
    effect: { transitional: 2.2, memoryReg: 1.8 },
    shift: {},
  });
  const { surveys, counts } = countCohort(cohort, template);
  const tubes = placementTubes(cohort);
  const halves = [0, 1].map((half) => coresOf(template, surveys, tubes, half));
  const [one, other] = halves;
  const both = cohort.tubes.flatMap(({ sampleId }) => {
    const [a, b] = [one!.at(sampleId), other!.at(sampleId)];
    const naive = counts.get(sampleId)!.populations.find(({ population }) => population.endsWith('/Naive'))?.count ?? 0;
    return a && b ? [{ differences: [a[0] - b[0], a[1] - b[1]], cells: naive / 2 }] : [];
  });
  const squares = both.flatMap(({ differences }) => differences.map((d) => d ** 2 / 2));
  const sd = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
  const cells = median(both, (tube) => tube.cells) ?? 0;
  const factor = (sd * Math.sqrt(cells)) / one!.sigma;
  const name = `${of.mode}, ${of.eventCount.toLocaleString('en')}`;
  return [name, String(both.length), cells.toFixed(0), sd.toFixed(3), factor.toFixed(1)];
}

function coresOf(template: Template, surveys: readonly TubeSurvey[], tubes: readonly PlacementTube[], half: number) {
  const halved = surveys.map((survey) => ({
    ...survey,
    reservoirs: survey.reservoirs.map((reservoir) => halfSample(reservoir, (row) => row % 2 === half)),
  }));
  const [alignment] = placeStudy(template, '', halved, tubes).book.alignments;
  if (!alignment) throw new Error('the cohort was not aligned');
  const { origin, sigma } = alignment.fit as { origin: readonly [number, number]; sigma: number };
  return {
    sigma,
    at(sampleId: string): readonly [number, number] | undefined {
      const tube = alignment.tubes.find((entry) => entry.sample_id === sampleId);
      if (!tube || tube.flags.length > 0) return undefined;
      return [origin[0] + (tube.offset.CD38 ?? 0), origin[1] + (tube.offset.CD24 ?? 0)];
    },
  };
}

import type { Cohort } from '../samples/cohort.ts';
import { drawTube } from '../samples/tube.ts';
import { countPopulations, type PlacementBook, type TubeCounts, tubeBook } from '../src/gating/index.ts';
import { placeStudy, type TubeSurvey } from '../src/placement/tools.ts';
import { bookTraits, type QualityTube } from '../src/quality/index.ts';
import type { Template } from '../src/template/index.ts';
import { placementTubes, survey } from './gatedCohort.ts';
import { memoryTube } from './memoryTube.ts';

export interface CountedCohort {
  readonly book: PlacementBook;
  readonly surveys: readonly TubeSurvey[];
  /** sampleId -> counts of every population. */
  readonly counts: ReadonlyMap<string, TubeCounts>;
}

/** Draws a cohort, places and counts it as one study, without asking for the truth. */
export function countCohort(cohort: Cohort, template: Template): CountedCohort {
  const drawn = cohort.tubes.map((tube) => drawTube(cohort, tube));
  const surveys = cohort.tubes.map((tube, t) => survey(cohort, tube, drawn[t]!, { template }));
  const { book } = placeStudy(template, '', surveys, placementTubes(cohort));
  const counts = cohort.tubes.map(({ sampleId }, t) => {
    const { events } = memoryTube(cohort, drawn[t]!, template, []);
    return [
      sampleId,
      countPopulations(events, tubeBook(book, sampleId), { membership: false, pictures: false }),
    ] as const;
  });
  return { book, surveys, counts: new Map(counts) };
}

/** The tubes as the quality room sees them; the two regulatory subsets are expected to change and tell nothing of a person. */
export function qualityTubes(cohort: Cohort, { book, counts }: CountedCohort): readonly QualityTube[] {
  const expected = /CD24hi(CD38hi)?$/;
  return cohort.tubes.map(({ sampleId, subject, visit }) => {
    const shares = counts
      .get(sampleId)!
      .populations.flatMap(({ population, count, parentCount }) =>
        count === null || parentCount === null || expected.test(population)
          ? []
          : [[population, { count, parentCount }] as const],
      );
    return {
      ...{ sampleId, subject, visit, role: 'sample', batch: '' },
      ...bookTraits(book, sampleId),
      counts: Object.fromEntries(shares),
    };
  });
}

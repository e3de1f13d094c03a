import { type PlacementBook, type TubeBook, tubeBook } from '../src/gating/index.ts';
import type { Reservoir } from '../src/placement/tools.ts';
import { type PlacementTube, placeStudy, type TubeSurvey } from '../src/placement/tools.ts';
import type { Template } from '../src/template/index.ts';

/** What a placing is made from. */
export interface Placing {
  readonly template: Template;
  readonly surveys: readonly TubeSurvey[];
  readonly tubes: readonly PlacementTube[];
  /** Where along the ridge the labels of the cohort change, as a share of its length. */
  readonly labelBorder: number;
}

export type PlacingName = 'recipe' | 'per_tube' | 'fixed' | 'as_labelled';

/**
 * Ways to place the same gates: the recipe over the study; the recipe on each tube alone; one place for all tubes, which the
 * same recipe finds on their events thrown together, as a lab does that draws its gates once; and the recipe with its border
 * where the labels change, and memory-regulatory by reference. All but the first differ in the gates of B subsets only:
 * lineages are those of the recipe, so that they are compared on the same cells.
 */
export const placings: Readonly<
  Record<PlacingName, (placing: Placing, book: PlacementBook) => (sampleId: string) => TubeBook>
> = {
  recipe: (_, book) => (sampleId) => tubeBook(book, sampleId),
  per_tube: (placing, book) => {
    const alone = new Map(
      placing.tubes.map((tube, t) => [
        tube.sampleId,
        placeStudy(placing.template, '', [placing.surveys[t]!], [tube]).book,
      ]),
    );
    return (sampleId) => withSubsets(tubeBook(book, sampleId), alone.get(sampleId)!, sampleId);
  },
  fixed: (placing, book) => {
    const survey = thrownTogether(placing.surveys);
    const tube = { ...placing.tubes[0]!, sampleId: survey.sampleId };
    const one = placeStudy(placing.template, '', [survey], [tube]).book;
    return (sampleId) => withSubsets(tubeBook(book, sampleId), one, survey.sampleId);
  },
  as_labelled: (placing, book) => {
    const template = withRidgeSettings(placing.template, { k: placing.labelBorder, by: 'reference' });
    const other = placeStudy(template, '', placing.surveys, placing.tubes).book;
    return (sampleId) => withSubsets(tubeBook(book, sampleId), other, sampleId);
  },
};

/** The template with other settings for all gates on the ridge. */
export function withRidgeSettings(template: Template, settings: Readonly<Record<string, unknown>>): Template {
  return {
    ...template,
    populations: template.populations.map((population) => {
      const { gate } = population;
      if (gate.method !== 'ridge') return population;
      return { ...population, gate: { ...gate, settings: { ...Object(gate.settings), ...settings } } };
    }),
  };
}

const bSubset = /\/B\//;

function withSubsets(own: TubeBook, from: PlacementBook, sampleId: string): TubeBook {
  const theirs = tubeBook(from, sampleId);
  const byPath = new Map(theirs.gates.map((gate) => [gate.population, gate]));
  return {
    ...own,
    gates: own.gates.map((gate) => (bSubset.test(gate.population) ? byPath.get(gate.population)! : gate)),
  };
}

/** Rows of a tube that a pool reads. */
const POOL_ROWS = 600;

/** One survey that holds the first rows of every tube's samples. */
function thrownTogether(surveys: readonly TubeSurvey[]): TubeSurvey {
  const [first] = surveys;
  if (!first) throw new Error('a cohort without tubes');
  const reservoirs = first.reservoirs.map((like): Reservoir => {
    const parts = surveys.flatMap((survey) => survey.reservoirs.filter(({ name }) => name === like.name));
    const columns = Object.fromEntries(
      Object.keys(like.columns).map((marker) => [
        marker,
        Float32Array.from(parts.flatMap((part) => [...part.columns[marker]!.subarray(0, POOL_ROWS)])),
      ]),
    );
    const rowCount = parts.reduce((sum, part) => sum + Math.min(POOL_ROWS, part.rowCount), 0);
    return { ...like, columns, rowCount, eventCount: rowCount };
  });
  return { ...first, sampleId: 'all', reservoirs };
}

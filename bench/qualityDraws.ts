import { type Cohort, type CohortDesign, planCohort, plannedVisits } from '../samples/cohort.ts';
import { purposes, randomOrder, type Stream, streamFor } from '../samples/random.ts';
import { drawTube } from '../samples/tube.ts';
import { countPopulations, type Geometry, type PlacementBook, tubeBook } from '../src/gating/index.ts';
import type { DrawnCounts } from '../src/gating/tools.ts';
import { placeStudy, type TubeSurvey } from '../src/placement/tools.ts';
import type { Template, TemplatePopulation } from '../src/template/index.ts';
import { mean } from './figures.ts';
import { placementTubes, survey } from './gatedCohort.ts';
import { halfSample } from './halfSample.ts';
import { memoryTube } from './memoryTube.ts';
import { table } from './tables.ts';

type Design = Pick<CohortDesign, 'mode' | 'eventCount'>;

const designs: readonly (Design & { readonly head: string })[] = [
  { head: 'hard: splits · draws', mode: 'hard', eventCount: 20_000 },
  { head: 'lupus', mode: 'lupus', eventCount: 20_000 },
  { head: 'ridge', mode: 'ridge', eventCount: 20_000 },
  { head: 'hard, 6,000 events', mode: 'hard', eventCount: 6000 },
];
/** The last stands on the alignment's dividers. */
const compared = ['T', 'CD8', 'NK', 'B', 'Monocytes', 'Unswitched'];
const SPLITS = 10;
const DRAWS = 60;

/**
 * Whether draws scatter as placing does. A study is split at random into halves of its tubes, each tube with a half of its
 * sample; each half is placed as a study of its own. Change of a tube's count against the whole study in percent, root mean
 * square: under the halves' gates, which estimates the error of the whole (McCarthy 1969), and under its draws.
 */
export function splitsAndDraws(template: Template, [seed = 1]: readonly number[]): string {
  const populations = compared.map((name) => {
    const population = template.populations.find((one) => one.name === name);
    if (!population) throw new Error(`the template has no population "${name}"`);
    return population;
  });
  const columns = designs.map((design) => scatterIn(template, populations, design, seed));
  return table(
    ['', ...designs.map(({ head }) => head)],
    compared.map((name, p) => [name, ...columns.map((cells) => cells[p]!)]),
  );
}

/** A cell for each population: under halves of the study, and under draws. */
function scatterIn(
  template: Template,
  populations: readonly TemplatePopulation[],
  { mode, eventCount }: Design,
  seed: number,
): readonly string[] {
  const visits = plannedVisits.map(({ id }) => id);
  const effect = { transitional: 2.2, memoryReg: 1.8 };
  const cohort = planCohort({ mode, eventCount, seed, visits, effect, shift: {} });
  const drawn = cohort.tubes.map((tube) => drawTube(cohort, tube));
  const surveys = cohort.tubes.map((tube, t) => survey(cohort, tube, drawn[t]!, { template }));
  const request = { populations: populations.map(({ path }) => path), count: DRAWS, seed };
  const whole = placeStudy(template, '', surveys, placementTubes(cohort), { draws: request });
  const halves = Array.from({ length: SPLITS }, (_, split) =>
    halvesOf(template, cohort, surveys, streamFor(seed, purposes.order, split)),
  ).flat();
  const tubes = cohort.tubes.map(({ sampleId }, t) => {
    const gates = populations.map(({ path: population, parent }) => {
      const geometries = whole.draws.find((one) => one.population === population)?.tubes.get(sampleId) ?? [];
      const splits = halves.flatMap((book) => placesOf(book, population, sampleId));
      return [geometries, splits].map((places) => ({ population, parent, geometries: places }));
    });
    const { events } = memoryTube(cohort, drawn[t]!, template, []);
    const questions = { intensities: [], draws: gates.flat(), profiles: [], others: [], overlaps: [] };
    const wants = { membership: false, pictures: false, questions };
    return countPopulations(events, tubeBook(whole.book, sampleId), wants).answers.draws.map(changesOf);
  });
  return populations.map((_, p) => {
    const [draws, splits] = [2 * p, 2 * p + 1].map((at) => rootMeanSquare(tubes.flatMap((changes) => changes[at]!)));
    return `${splits} · ${draws}`;
  });
}

/** Percent by which each place changes the count of the placed gate; none where that is empty. */
function changesOf({ counts: [placed, ...moved] }: DrawnCounts): readonly number[] {
  if (!placed) return [];
  return moved.flatMap((count) => (count === null ? [] : [100 * (count / placed - 1)]));
}

/** Every tube falls into one of two halves, with half of its sample. */
function halvesOf(
  template: Template,
  cohort: Cohort,
  surveys: readonly TubeSurvey[],
  stream: Stream,
): readonly PlacementBook[] {
  const order = randomOrder(stream, surveys.length);
  const middle = Math.floor(order.length / 2);
  const tubes = placementTubes(cohort);
  return [order.subarray(0, middle), order.subarray(middle)].map((own) => {
    const halved = Array.from(own, (t) => withHalf(surveys[t]!, stream));
    return placeStudy(template, '', halved, tubes).book;
  });
}

function withHalf(whole: TubeSurvey, stream: Stream): TubeSurvey {
  const reservoirs = whole.reservoirs.map((reservoir) => {
    const order = randomOrder(stream, reservoir.rowCount);
    return halfSample(reservoir, (row) => order[row]! < reservoir.rowCount / 2);
  });
  return { ...whole, reservoirs };
}

function placesOf(book: PlacementBook, path: string, sampleId: string): readonly Geometry[] {
  const gate = book.gates.find(({ population }) => population === path);
  return gate?.tubes.flatMap((tube) => (tube.sample_id === sampleId ? [tube.geometry] : [])) ?? [];
}

function rootMeanSquare(values: readonly number[]): string {
  return Math.sqrt(mean(values.map((value) => value ** 2))).toFixed(2);
}

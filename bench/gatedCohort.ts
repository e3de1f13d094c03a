import { createHash } from 'node:crypto';
import type { Cohort, TubeDesign } from '../samples/cohort.ts';
import { trueMembership, truePopulations } from '../samples/truth.ts';
import { drawTube, type TubeEvents } from '../samples/tube.ts';
import { countPopulations, type PlacementBook, type TubeBook } from '../src/gating/index.ts';
import { type PlacementTube, placeStudy, surveyTube, type TubeSurvey } from '../src/placement/tools.ts';
import type { Template } from '../src/template/index.ts';
import { memoryTube } from './memoryTube.ts';
import { type Placing, type PlacingName, placings } from './placings.ts';

/** One population in one tube: what was counted beside what is true. */
export interface GatedTube {
  readonly sampleId: string;
  readonly subject: string;
  readonly visit: string;
  readonly count: number;
  readonly trueCount: number;
  readonly truePositives: number;
  /** Events of B, counted and true: the denominator of the subsets. */
  readonly bCount: number;
  readonly trueBCount: number;
  readonly flags: readonly string[];
}

/** Path -> one entry a tube. */
export type GatedPopulations = ReadonlyMap<string, readonly GatedTube[]>;

export interface GatedCohort {
  readonly book: PlacementBook;
  readonly by: Readonly<Partial<Record<PlacingName, GatedPopulations>>>;
}

export interface CohortWishes {
  readonly template: Template;
  /** How the gates are placed: by the recipe, and beside it by rules to compare it with. */
  readonly placings: readonly PlacingName[];
  /** Markers that the panel lacks. */
  readonly blank?: readonly string[];
}

const bPath = 'Singlets/Live/Leukocytes/Lymphocytes/B';

/** Draws a cohort, gates it as one study from raw light on, and holds every population against the truth. */
export function gateCohort(cohort: Cohort, wishes: CohortWishes): GatedCohort {
  const drawn = cohort.tubes.map((tube) => drawTube(cohort, tube));
  const surveys = cohort.tubes.map((tube, t) => survey(cohort, tube, drawn[t]!, wishes));
  const tubes = placementTubes(cohort);
  const placing: Placing = { template: wishes.template, surveys, labelBorder: cohort.maturityBorder, tubes };
  const { book } = placeStudy(wishes.template, '', surveys, placing.tubes);
  const by: Partial<Record<PlacingName, Map<string, GatedTube[]>>> = {};
  const books = wishes.placings.map((name) => {
    by[name] = new Map(truePopulations.map(({ path }) => [path, []]));
    return { name, bookOf: placings[name](placing, book) };
  });
  cohort.tubes.forEach((tube, t) => {
    const truth = trueMembership(cohort, drawn[t]!);
    const { events } = memoryTube(cohort, drawn[t]!, wishes.template, wishes.blank ?? []);
    for (const { name, bookOf } of books) {
      const own = bookOf(tube.sampleId);
      const { membership } = countPopulations(events, own, { membership: true, pictures: false });
      addRows(by[name]!, tube, own, membership ?? [], truth);
    }
  });
  return { book, by };
}

/** What placing may know of the tubes of a cohort. */
export function placementTubes(cohort: Cohort): readonly PlacementTube[] {
  return cohort.tubes.map(({ sampleId, subject }) => {
    return { sampleId, isInPool: true, role: 'sample', batch: '', subjectKey: subject };
  });
}

/** The survey of one drawn tube, in memory. */
export function survey(
  cohort: Cohort,
  tube: TubeDesign,
  drawn: TubeEvents,
  wishes: Pick<CohortWishes, 'template' | 'blank'>,
): TubeSurvey {
  const { events, channels, absent, ranges } = memoryTube(cohort, drawn, wishes.template, wishes.blank ?? []);
  const { seed, mode } = cohort.design;
  const fileSha256 = createHash('sha256').update(`${mode} ${seed} ${tube.sampleId}`).digest('hex');
  return surveyTube(events, wishes.template, { sampleId: tube.sampleId, fileSha256, channels, absent, ranges });
}

function addRows(
  to: ReadonlyMap<string, GatedTube[]>,
  { sampleId, subject, visit }: TubeDesign,
  book: TubeBook,
  membership: readonly Uint8Array[],
  truth: readonly Uint8Array[],
): void {
  const columnOf = new Map(book.gates.map(({ population }, i) => [population, membership[i]]));
  const truthOf = new Map(truePopulations.map(({ path }, i) => [path, truth[i]]));
  const [bCount, trueBCount] = [sum(columnOf.get(bPath)), sum(truthOf.get(bPath))];
  for (const [path, rows] of to) {
    const [ours, theirs] = [columnOf.get(path), truthOf.get(path)];
    const { flags } = book.gates.find(({ population }) => population === path) ?? { flags: ['no_gate'] };
    rows.push({
      ...{ sampleId, subject, visit, bCount, trueBCount, flags },
      count: sum(ours),
      trueCount: sum(theirs),
      truePositives: both(ours, theirs),
    });
  }
}

function sum(column: Uint8Array | undefined): number {
  let total = 0;
  for (const value of column ?? []) total += value;
  return total;
}

function both(ours: Uint8Array | undefined, theirs: Uint8Array | undefined): number {
  let total = 0;
  for (let i = 0; i < (ours?.length ?? 0); i++) total += ours![i]! & (theirs?.[i] ?? 0);
  return total;
}

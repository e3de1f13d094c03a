import { denominatorParts, type ResolvedPlan } from '../../analysis/index.ts';
import { type BookGate, type Geometry, kindOf, type PlacementBook, tubeBook } from '../../gating/index.ts';
import type { DrawnPopulation, TubeSurvey } from '../../placement/index.ts';
import type { Problem } from '../../problems/index.ts';
import type { ReviewRequest, ReviewTarget, TubeReview } from '../../review/index.ts';
import type { Study } from '../../study/index.ts';
import type { ReviewTask } from '../../tube/index.ts';
import { denominatorsIn } from '../studyFrequencies.ts';
import type { Walked } from '../walked.ts';
import { step, type WalkOptions } from '../walkStep.ts';

/** Places of other tubes, and draws, that a gate is compared with: more of them change no rank. */
const MOST_PLACES = 20;

export interface CollectedReview {
  /** By sampleId; tubes that are controls, excluded or failed are not reviewed. */
  readonly reviews: ReadonlyMap<string, TubeReview>;
  readonly problems: readonly Problem[];
}

/** What a person is to be shown of every tube that the statistics use: one more pass over the files. */
export async function collectReview(
  walked: Walked,
  study: Study,
  plan: ResolvedPlan,
  options: WalkOptions,
): Promise<CollectedReview> {
  const { basis } = walked;
  const tasks = basis.tubes.flatMap((tube): ReviewTask[] => {
    const { sampleId } = tube.file;
    const [placed, survey, decision] = [
      basis.placed.get(tube.panel),
      basis.surveys.get(sampleId),
      basis.decisions.get(sampleId),
    ];
    if (!tube.placement.isInPool || placed === undefined || survey === undefined || decision === undefined) return [];
    const { template, book, draws } = placed;
    const denominators = denominatorsIn(template, study.denominators);
    const targets = targetsOf(plan, tube.panel, denominators);
    const others = basis.tubes.filter((other) => other.panel === tube.panel && other.placement.isInPool);
    const ids = others
      .map((other) => other.file.sampleId)
      .filter((id) => id !== sampleId)
      .sort();
    const request = { channels: survey.channels, targets, places: placesIn(survey, book, draws, ids) };
    return [{ kind: 'review', tube: tube.file, template, decision, book: tubeBook(book, sampleId), request }];
  });
  const { results } = await step('sample', tasks, options);
  const reviews = new Map(
    results.flatMap((one) =>
      one.status === 'ok' && one.kind === 'review' ? [[one.review.sampleId, one.review] as const] : [],
    ),
  );
  return { reviews, problems: results.flatMap((one) => one.problems) };
}

/** A primary endpoint counts whole, a secondary one half, what is only looked at a quarter. */
const weights: Readonly<Record<string, number>> = { primary: 1, secondary: 0.5 };

function targetsOf(
  plan: ResolvedPlan,
  panel: string,
  denominators: ReturnType<typeof denominatorsIn>,
): readonly ReviewTarget[] {
  const all = plan.families.flatMap((family) =>
    family.endpoints
      .filter((endpoint) => endpoint.panel === undefined || endpoint.panel === panel)
      .map(({ population, denominator }): ReviewTarget => {
        const of = denominator === '' ? undefined : denominators[denominator];
        const parts = of === undefined ? undefined : denominatorParts(of);
        return {
          population,
          denominator: parts?.without === null ? parts.of : null,
          weight: weights[family.role] ?? 0.25,
        };
      }),
  );
  const heaviest = new Map<string, ReviewTarget>();
  for (const one of all) {
    const key = `${one.population}\n${one.denominator}`;
    if (one.weight > (heaviest.get(key)?.weight ?? 0)) heaviest.set(key, one);
  }
  return [...heaviest.values()];
}

/** Where each gate of a tube might as well lie: as in others of the study, and as it was drawn. */
function placesIn(
  { sampleId, channels }: TubeSurvey,
  book: PlacementBook,
  draws: readonly DrawnPopulation[],
  ids: readonly string[],
): ReviewRequest['places'] {
  const chosen = evenly(ids);
  return Object.fromEntries(
    book.gates.map((gate) => {
      const others = chosen.flatMap((id) => placeOf(gate, id, channels) ?? []);
      const drawn = draws.find(({ population }) => population === gate.population)?.tubes.get(sampleId) ?? [];
      return [gate.population, [...others, ...evenly(drawn)]];
    }),
  );
}

function placeOf(gate: BookGate, id: string, channels: Readonly<Record<string, string>>): Geometry | undefined {
  const geometry = gate.tubes.find((one) => one.sample_id === id)?.geometry;
  if (geometry === undefined || geometry.kind === 'none' || geometry.kind === 'boolean') return undefined;
  return kindOf(geometry).onChannels(geometry, (marker) => channels[marker]);
}

/** So many of a list, at even distances. */
function evenly<T>(list: readonly T[]): readonly T[] {
  if (list.length <= MOST_PLACES) return list;
  return Array.from({ length: MOST_PLACES }, (_, i) => list[Math.floor((i * list.length) / MOST_PLACES)] as T);
}

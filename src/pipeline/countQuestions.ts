import {
  type BookAlignment,
  type BookGate,
  type CountQuestions,
  type Geometry,
  kindOf,
  type OtherGate,
  type PlacementBook,
  type RidgeAxis,
  withPlaces,
} from '../gating/index.ts';
import type { LikenessRules } from '../likeness/index.ts';
import type { BatchStain, DrawnPopulation, TubeSurvey } from '../placement/index.ts';
import type { Template } from '../template/index.ts';
import { siblingsOf } from './siblings.ts';
import type { WalkTube } from './walkTube.ts';

/** What a study wants to know beside its trees. */
export interface StudyQuestions {
  /** Populations whose change is reported, as full paths. */
  readonly endpoints: readonly string[];
  /** Plausible placements of each endpoint whose gate can be drawn. */
  readonly drawCount: number;
  readonly seed: number;
  /** What bridging controls are used for. */
  readonly bridge: 'report' | 'align' | 'off';
  /** What is made of the same events in two rows. */
  readonly sameEvents: LikenessRules['sameEvents'];
}

/** One panel as it was placed. */
export interface PlacedPanel {
  readonly template: Template;
  readonly book: PlacementBook;
  readonly draws: readonly DrawnPopulation[];
  readonly stains: readonly BatchStain[];
}

/**
 * What counting one tube is asked beside the tree. Of the subject's other tubes it learns where their gates lie, by a
 * number that says nothing of their visits.
 * @param tubes all tubes of the panel
 */
export function countQuestions(
  survey: TubeSurvey,
  { template, book, draws }: PlacedPanel,
  tubes: readonly WalkTube[],
  { endpoints }: StudyQuestions,
): CountQuestions {
  const { sampleId, channels } = survey;
  const { markers, populations } = template.intensities;
  return {
    intensities: populations.flatMap((population) =>
      markers.map((marker) => ({ population, marker, channel: channels[marker] ?? null })),
    ),
    draws: draws.flatMap(({ population, parent, tubes: places }) => {
      const geometries = places.get(sampleId);
      return geometries === undefined ? [] : [{ population, parent, geometries }];
    }),
    ridges: book.alignments.flatMap((alignment) => ridgeAxis(alignment, survey) ?? []),
    others: otherGates(survey, book, tubes, endpoints),
  };
}

function ridgeAxis({ name, parent, markers, fit, tubes }: BookAlignment, survey: TubeSurvey): RidgeAxis | undefined {
  const [x = '', y = ''] = markers;
  const [xChannel, yChannel] = [survey.channels[x], survey.channels[y]];
  const { origin, direction } = fit;
  const tube = tubes.find((one) => one.sample_id === survey.sampleId);
  if (tube === undefined || xChannel === undefined || yChannel === undefined) return undefined;
  if (!Array.isArray(origin) || !Array.isArray(direction)) return undefined;
  const core = (marker: string, d: number) => Number(origin[d]) + (tube.offset[marker] ?? 0);
  return {
    alignment: name,
    parent,
    dims: [
      { marker: x, channel: xChannel, frame: 'u' },
      { marker: y, channel: yChannel, frame: 'u' },
    ],
    origin: [core(x, 0), core(y, 1)],
    direction: [Number(direction[0]), Number(direction[1])],
  };
}

function otherGates(
  { sampleId, channels }: TubeSurvey,
  book: PlacementBook,
  tubes: readonly WalkTube[],
  endpoints: readonly string[],
): readonly OtherGate[] {
  const gates = book.gates.filter((gate) => endpoints.includes(gate.population));
  return siblingsOf(sampleId, tubes).flatMap((sibling, position) =>
    gates.flatMap((gate) => {
      const geometry = placeIn(sibling, gate, book, channels);
      const { population, parent } = gate;
      return geometry === undefined ? [] : [{ other: String(position + 1), population, parent, geometry }];
    }),
  );
}

/** Where a gate lies in a tube, a combination with the places of its operands, on the channels of another tube. */
function placeIn(
  sampleId: string,
  gate: BookGate,
  book: PlacementBook,
  channels: TubeSurvey['channels'],
): Geometry | undefined {
  const geometry = gate.tubes.find((one) => one.sample_id === sampleId)?.geometry;
  if (geometry?.kind !== 'boolean')
    return geometry && kindOf(geometry).onChannels(geometry, (marker) => channels[marker]);
  return withPlaces(geometry, (operand) => {
    const own = book.gates.find(({ population }) => population === operand);
    const place = own && placeIn(sampleId, own, book, channels);
    return place && { parent: own.parent, geometry: place };
  });
}

import type { Denominator } from '../analysis/index.ts';
import {
  type BookAlignment,
  type BookGate,
  type CountQuestions,
  type Geometry,
  kindOf,
  type OtherGate,
  type PlacementBook,
  type ProfileAxis,
  withPlaces,
} from '../gating/index.ts';
import type { LikenessRules } from '../likeness/index.ts';
import { profileIn, type TubeSurvey } from '../placement/index.ts';
import { overlapQuestions } from './overlapQuestions.ts';
import type { PlacedPanel } from './placedPanel.ts';
import { siblingsOf } from './siblings.ts';
import { denominatorsIn } from './studyFrequencies.ts';
import type { WalkTube } from './walkTube.ts';

/** What a study wants to know beside its trees. */
export interface StudyQuestions {
  /** Populations whose change is reported, as full paths. */
  readonly endpoints: readonly string[];
  /** Added to those of the templates, by name. */
  readonly denominators: Readonly<Record<string, Denominator>>;
  /** Plausible placements of each endpoint whose gate can be drawn. */
  readonly drawCount: number;
  readonly seed: number;
  /** What bridging controls are used for. */
  readonly bridge: 'report' | 'align' | 'off';
  /** What is made of the same events in two rows. */
  readonly sameEvents: LikenessRules['sameEvents'];
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
  { endpoints, denominators }: StudyQuestions,
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
    profiles: book.alignments.flatMap((alignment) => profileAxis(alignment, survey) ?? []),
    others: otherGates(survey, book, tubes, endpoints),
    overlaps: overlapQuestions(template, denominatorsIn(template, denominators)),
  };
}

function profileAxis(entry: BookAlignment, { sampleId, channels }: TubeSurvey): ProfileAxis | undefined {
  const profile = profileIn(entry, sampleId);
  if (profile === undefined) return undefined;
  const { markers, origin, direction } = profile;
  const [x, y] = markers;
  const [xChannel, yChannel] = [channels[x], channels[y]];
  if (xChannel === undefined || yChannel === undefined) return undefined;
  return {
    alignment: entry.name,
    parent: entry.parent,
    dims: [
      { marker: x, channel: xChannel, frame: 'u' },
      { marker: y, channel: yChannel, frame: 'u' },
    ],
    origin,
    direction,
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

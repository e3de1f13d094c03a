import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Events } from '../../gating/index.ts';
import { selectedQuantile } from '../../statistics/index.ts';
import type { Template, TemplateReservoir } from '../../template/index.ts';
import { isWidthEstimated } from './frozenScales.ts';
import { ownCuts } from './placeStudy.ts';
import type { Reservoir, TubeSurvey } from './tubeSurvey.ts';

/** Rows of the sample of all events, and of each stratum: together below 1 MiB for a panel of twenty markers. */
const ROOT_ROWS = 8192;
const STRATUM_ROWS = 4096;
/** Quantile of the negatives that sets the width of a logicle scale (Parks, Roederer & Moore 2006). */
const NEGATIVE_QUANTILE = 0.05;
const TOP_QUANTILE = 0.9999;

const NOT_ASKED = { count: 0, quantile: null } as const;

export interface SurveyInput {
  readonly sampleId: string;
  /** Of the file's bytes: seeds the sample, so that a tube's sample is the same in every study. */
  readonly fileSha256: string;
  /** Marker -> $PnN. */
  readonly channels: Readonly<Record<string, string>>;
  readonly absent: readonly string[];
  /** Marker -> $PnR, null where unusable. */
  readonly ranges: Readonly<Record<string, number | null>>;
}

/**
 * Looks at one tube and says what is there, bounded and without a verdict: seeded samples of all events and of the strata
 * that the template declares, and the quantiles that scales need.
 */
export function surveyTube(events: Events, template: Template, input: SurveyInput): TubeSurvey {
  const markers = Object.keys(input.channels);
  const shuffled = shuffle(events.count, input.fileSha256);
  const root = reservoir({ name: 'root', for: '', above: {}, below: {} }, events, input.channels, shuffled, ROOT_ROWS);
  const negativesIn = (marker: string) => {
    const channel = input.channels[marker]!;
    return isWidthEstimated(template, marker) ? negativesOf(valuesOf(events, channel)) : NOT_ASKED;
  };
  const survey: TubeSurvey = {
    sampleId: input.sampleId,
    eventCount: events.count,
    channels: input.channels,
    absent: input.absent,
    ranges: input.ranges,
    negatives: Object.fromEntries(markers.map((marker) => [marker, negativesIn(marker)])),
    tops: Object.fromEntries(markers.map((marker) => [marker, topOf(valuesOf(events, input.channels[marker]!))])),
    reservoirs: [root],
    flags: [],
  };
  const strata = template.reservoirs.map((stratum) => stratumReservoir(stratum, events, template, survey, shuffled));
  return {
    ...survey,
    reservoirs: [root, ...strata.filter((stratum) => stratum !== undefined)],
    flags: strata.includes(undefined) ? ['no_stratum'] : [],
  };
}

/** All events in an order that depends on the file's content alone (Fisher–Yates). */
function shuffle(eventCount: number, fileSha256: string): Uint32Array {
  const order = Uint32Array.from({ length: eventCount }, (_, i) => i);
  const generator = xoroshiro128plus(Number.parseInt(fileSha256.slice(0, 8), 16) | 0);
  for (let i = eventCount - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    const event = order[i]!;
    order[i] = order[j]!;
    order[j] = event;
  }
  return order;
}

function reservoir(
  stratum: Pick<Reservoir, 'name' | 'for' | 'above' | 'below'>,
  events: Events,
  channels: Readonly<Record<string, string>>,
  shuffled: Uint32Array,
  rows: number,
): Reservoir {
  const chosen = shuffled.subarray(0, rows);
  const columns = Object.fromEntries(
    Object.entries(channels).map(([marker, channel]) => {
      const values = events.values({ name: channel, scale: undefined }, 'all');
      return [marker, Float32Array.from(chosen, (event) => values[event]!)];
    }),
  );
  return { ...stratum, eventCount: shuffled.length, rowCount: chosen.length, columns };
}

/** A stratum lies within margins of the tube's own cuts, so that no later position of the gate can miss its cells. */
function stratumReservoir(
  stratum: TemplateReservoir,
  events: Events,
  template: Template,
  survey: TubeSurvey,
  shuffled: Uint32Array,
): Reservoir | undefined {
  const markers = [...Object.keys(stratum.above), ...Object.keys(stratum.below)];
  const cuts = ownCuts(template, survey, stratum.for, markers);
  if (!cuts) return undefined;
  const bounds = markers.map((marker) => {
    const above = stratum.above[marker];
    const { at, scale } = cuts.get(marker)!;
    const values = events.values({ name: survey.channels[marker]!, scale: undefined }, 'all');
    const edge = scale.inverse(at + (above ?? stratum.below[marker]!));
    return { marker, values, edge, isAbove: above !== undefined };
  });
  const members = shuffled.filter((event) =>
    bounds.every(({ values, edge, isAbove }) => (isAbove ? values[event]! >= edge : values[event]! < edge)),
  );
  const edges = (isAbove: boolean) =>
    Object.fromEntries(bounds.filter((b) => b.isAbove === isAbove).map(({ marker, edge }) => [marker, edge]));
  const { name } = stratum;
  const of = { name, for: stratum.for, above: edges(true), below: edges(false) };
  return reservoir(of, events, survey.channels, members, STRATUM_ROWS);
}

/** Only a scale whose width is estimated asks for negatives. */
function negativesOf(values: Float64Array): { count: number; quantile: number | null } {
  const negatives = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0 && value > Number.NEGATIVE_INFINITY) negatives[count++] = value;
  }
  return { count, quantile: selectedQuantile(negatives.subarray(0, count), NEGATIVE_QUANTILE) ?? null };
}

/** The quantile lies between two of the highest values: only those are kept in order, in one pass over all. */
function topOf(values: Float64Array): number {
  const highest = new Float64Array(Math.floor(values.length * (1 - TOP_QUANTILE)) + SPARE).fill(
    Number.NEGATIVE_INFINITY,
  );
  let least = Number.NEGATIVE_INFINITY;
  let finiteCount = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value < Number.POSITIVE_INFINITY && value > Number.NEGATIVE_INFINITY)) continue;
    finiteCount++;
    if (value <= least) continue;
    let place = 0;
    while (place + 1 < highest.length && highest[place + 1]! < value) highest[place] = highest[++place]!;
    highest[place] = value;
    least = highest[0]!;
  }
  if (finiteCount === 0) return 0;
  const position = TOP_QUANTILE * (finiteCount - 1);
  const below = Math.floor(position);
  const at = (rank: number): number => highest[highest.length - finiteCount + rank]!;
  const [low, high] = [at(below), at(Math.min(below + 1, finiteCount - 1))];
  return low + (position - below) * (high - low);
}

/** The two values beside the quantile, and what rounding of its rank may add. */
const SPARE = 3;

function valuesOf(events: Events, channel: string): Float64Array {
  return events.values({ name: channel, scale: undefined }, 'all');
}

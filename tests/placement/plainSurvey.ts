import type { Events } from '../../src/gating/index.ts';
import {
  isWidthEstimated,
  ownCuts,
  type Reservoir,
  type SurveyInput,
  shuffle,
  type TubeSurvey,
} from '../../src/placement/tools.ts';
import { sortedFinite, sortedQuantile } from '../../src/statistics/index.ts';
import type { Template, TemplateReservoir } from '../../src/template/index.ts';

const ROOT_ROWS = 8192;
const STRATUM_ROWS = 4096;
const NOT_ASKED = { count: 0, quantile: null } as const;

/** A survey by whole columns, each value made and looked at: what the one by blocks must give, number for number. */
export function plainSurvey(events: Events, template: Template, input: SurveyInput): TubeSurvey {
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

function negativesOf(values: Float64Array): { count: number; quantile: number | null } {
  const negatives = sortedFinite(values).filter((value) => value < 0);
  return { count: negatives.length, quantile: sortedQuantile(negatives, 0.05) ?? null };
}

function topOf(values: Float64Array): number {
  return sortedQuantile(sortedFinite(values), 0.9999) ?? 0;
}

function valuesOf(events: Events, channel: string): Float64Array {
  return events.values({ name: channel, scale: undefined }, 'all');
}

import { BLOCK_EVENTS, type EventBlock, type EventPicker, eventPicker } from '../../gating/index.ts';
import type { Scale } from '../../scale/index.ts';
import type { Template, TemplateReservoir } from '../../template/index.ts';
import { isWidthEstimated } from './frozenScales.ts';
import { negativesWatch } from './negativesWatch.ts';
import { ownCuts } from './placeStudy.ts';
import { shuffle } from './shuffle.ts';
import { topWatch } from './topWatch.ts';
import type { Reservoir, TubeSurvey } from './tubeSurvey.ts';

/** Rows of the sample of all events, and of each stratum: together below 1 MiB for a panel of twenty markers. */
const ROOT_ROWS = 8192;
const STRATUM_ROWS = 4096;

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

/** A block that can say quickly where nothing is to be found. */
export interface SurveyBlock extends EventBlock {
  /**
   * Places of events whose value may be above one, and of all that have no finite value; perhaps others too.
   * @param rows its first are filled, ascending
   * @returns how many
   */
  mayExceed(channel: string, least: number, rows: Uint32Array): number;
}

/** Looks at one tube and says what is there, block by block. */
export interface SurveyPass {
  /** Blocks in the order of the tube; nothing of them is kept. */
  add(block: SurveyBlock): void;
  /**
   * What was seen, bounded and without a verdict: seeded samples of all events and of the strata that the template
   * declares, and the quantiles that scales need.
   * @param again gives all blocks a second time: called once, and only where the template declares a stratum
   */
  survey(again: (use: (block: EventBlock) => void) => void): TubeSurvey;
}

export function surveyPass(template: Template, input: SurveyInput, eventCount: number): SurveyPass {
  const channels = Object.values(input.channels);
  const shuffled = shuffle(eventCount, input.fileSha256);
  const root = eventPicker(shuffled.subarray(0, ROOT_ROWS), channels, (length) => new Float32Array(length));
  const watched = Object.entries(input.channels).map(([marker, channel]) => ({
    marker,
    channel,
    top: topWatch(eventCount),
    negatives: isWidthEstimated(template, marker) ? negativesWatch() : undefined,
    // Where a stratum ends is known when all events have gone by.
    values: isOfStratum(template, marker) ? new Float64Array(eventCount) : undefined,
  }));
  const everyRow = Uint32Array.from({ length: BLOCK_EVENTS }, (_, i) => i);
  const rows = new Uint32Array(BLOCK_EVENTS + 1);
  const values = new Float64Array(BLOCK_EVENTS);
  return {
    add(block) {
      const { firstEvent, eventCount: count } = block;
      root.add(block);
      for (const { channel, top, negatives, values: all } of watched) {
        if (negatives !== undefined || all !== undefined) {
          block.fill(channel, everyRow, count, values);
          negatives?.add(values, count);
          all?.set(values.subarray(0, count), firstEvent);
          top.add(values, count, 0);
        } else {
          const asked = block.mayExceed(channel, top.least(), rows);
          block.fill(channel, rows, asked, values);
          top.add(values, asked, count - asked);
        }
      }
    },
    survey(again) {
      const survey: TubeSurvey = {
        sampleId: input.sampleId,
        eventCount,
        channels: input.channels,
        absent: input.absent,
        ranges: input.ranges,
        negatives: Object.fromEntries(
          watched.map(({ marker, negatives }) => [marker, negatives?.found() ?? NOT_ASKED]),
        ),
        tops: Object.fromEntries(watched.map(({ marker, top }) => [marker, top.top()])),
        reservoirs: [reservoirOf(ROOT, input.channels, root, shuffled)],
        flags: [],
      };
      const valuesOf = (marker: string) => watched.find((one) => one.marker === marker)?.values ?? new Float64Array();
      const found = template.reservoirs.map((stratum) => stratumIn(stratum, { template, survey, shuffled, valuesOf }));
      const strata = found.flatMap((stratum) => {
        if (stratum === undefined) return [];
        const picker = eventPicker(stratum.members.subarray(0, STRATUM_ROWS), channels, (n) => new Float32Array(n));
        return [{ ...stratum, picker }];
      });
      if (strata.length > 0) {
        again((block) => {
          for (const { picker } of strata) picker.add(block);
        });
      }
      return {
        ...survey,
        reservoirs: [
          ...survey.reservoirs,
          ...strata.map(({ of, members, picker }) => reservoirOf(of, input.channels, picker, members)),
        ],
        flags: found.includes(undefined) ? ['no_stratum'] : [],
      };
    },
  };
}

type Named = Pick<Reservoir, 'name' | 'for' | 'above' | 'below'>;
const ROOT: Named = { name: 'root', for: '', above: {}, below: {} };

function isOfStratum({ reservoirs }: Template, marker: string): boolean {
  return reservoirs.some(({ above, below }) => above[marker] !== undefined || below[marker] !== undefined);
}

function reservoirOf(
  of: Named,
  channels: SurveyInput['channels'],
  { columns, count }: EventPicker<Float32Array>,
  members: Uint32Array,
): Reservoir {
  const own = Object.entries(channels).map(([marker, channel]) => [marker, columns.get(channel)!] as const);
  return { ...of, eventCount: members.length, rowCount: count, columns: Object.fromEntries(own) };
}

interface Surveyed {
  readonly template: Template;
  readonly survey: TubeSurvey;
  readonly shuffled: Uint32Array;
  valuesOf(marker: string): Float64Array;
}

/** A stratum lies within margins of the tube's own cuts, so that no later position of the gate can miss its cells. */
function stratumIn(
  stratum: TemplateReservoir,
  { template, survey, shuffled, valuesOf }: Surveyed,
): { readonly of: Named; readonly members: Uint32Array } | undefined {
  const markers = [...Object.keys(stratum.above), ...Object.keys(stratum.below)];
  const cuts = ownCuts(template, survey, stratum.for, markers);
  if (!cuts) return undefined;
  const bounds = markers.map((marker) => {
    const { at, scale }: { at: number; scale: Scale } = cuts.get(marker)!;
    const above = stratum.above[marker];
    const edge = scale.inverse(at + (above ?? stratum.below[marker]!));
    return { marker, values: valuesOf(marker), edge, isAbove: above !== undefined };
  });
  let members = shuffled;
  for (const { values, edge, isAbove } of bounds) members = side(members, values, edge, isAbove);
  const edges = (isAbove: boolean) =>
    Object.fromEntries(bounds.filter((b) => b.isAbove === isAbove).map(({ marker, edge }) => [marker, edge]));
  return { of: { name: stratum.name, for: stratum.for, above: edges(true), below: edges(false) }, members };
}

/** Events on one side of an edge, in their order. */
function side(events: Uint32Array, values: Float64Array, edge: number, isAbove: boolean): Uint32Array {
  const kept = new Uint32Array(events.length);
  let count = 0;
  for (let i = 0; i < events.length; i++) {
    const value = values[events[i]!]!;
    if (isAbove ? value >= edge : value < edge) kept[count++] = events[i]!;
  }
  return kept.subarray(0, count);
}

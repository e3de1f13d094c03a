import { median } from 'd3-array';
import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import {
  confoundedWords,
  flagged,
  grouped,
  idsOf,
  mostCommon,
  othersWords,
  sistersByPanel,
  someOf,
} from '../sisters.ts';
import { channelOf } from '../valueRatio.ts';

/** One shape of values must fit by so much better than the other before it says what was stained where. */
const CLEARLY = 0.7;
/** Where quantiles of a channel become linear on the way to the log, as a part of its range: 150 of 262144. */
const LINEAR_PART = 150 / 262144;

/** Which detector each marker is on. */
export const markerChannels: Comparison = {
  name: 'channels of markers',
  summary:
    'the channel of each marker: labels that were exchanged in one tube count another population under the same name',
  compare(tubes): Compared {
    const findings = sistersByPanel(tubes).flatMap(findingsOf);
    return { findings, decisions: new Map(flagged(findings)) };
  },
};

interface Moved {
  readonly marker: string;
  readonly channel: string;
  readonly usual: string;
}

function findingsOf(panel: readonly ComparedTube[]): Finding[] {
  const usual = usualChannels(panel);
  const moved = panel.flatMap((tube) => {
    const own = Object.entries(tube.look.markers).flatMap(([marker, channel]): Moved[] => {
      const other = usual.get(marker) ?? channel;
      return other === channel ? [] : [{ marker, channel, usual: other }];
    });
    return own.length === 0 ? [] : [{ tube, moved: own }];
  });
  return [...grouped(moved, (one) => JSON.stringify(one.moved)).values()].flatMap((alike) => {
    const tubes = alike.map((one) => one.tube);
    const own = alike[0]!.moved;
    const isExchange = own.length > 1 && own.every((one) => own.some((other) => other.channel === one.usual));
    return isExchange ? exchangedMarkers(panel, tubes, own) : elsewhere(panel, tubes, own);
  });
}

function usualChannels(panel: readonly ComparedTube[]): ReadonlyMap<string, string> {
  const markers = new Set(panel.flatMap((tube) => Object.keys(tube.look.markers)));
  return new Map(
    [...markers].flatMap((marker) => {
      const usual = mostCommon(panel.flatMap((tube) => tube.look.markers[marker] ?? []));
      return usual === undefined ? [] : [[marker, usual] as const];
    }),
  );
}

/** Markers on a channel that was another's, or nobody's: a panel that was changed, another instrument, or a wrong name. */
function elsewhere(panel: readonly ComparedTube[], tubes: readonly ComparedTube[], moved: readonly Moved[]): Finding[] {
  const others = panel.filter((tube) => moved.every(({ marker, usual }) => tube.look.markers[marker] === usual));
  const each = moved.map(({ marker, channel, usual }) => `${marker} on ${channel} for ${usual}`);
  const state = `${someOf(each, 6)} in ${othersWords(tubes.length, panel.length)}`;
  return [...grouped(tubes, (tube) => followExchange(tube, others, moved))].map(([verdict, alike]) => {
    const sampleIds = idsOf(alike);
    if (verdict === 'channel') {
      const why = 'the values of these channels are those of the other tubes, so that the names are wrong';
      const found = problem('error', 'study.exchanged-markers', `${state}; ${why}`, {});
      return { sampleIds, words: `${someOf(each, 3)}, by name only`, problem: found, isRefused: true };
    }
    const found = problem('warning', 'study.unlike-channel', `${state}${confoundedWords(tubes, panel)}`, {});
    return { sampleIds, words: someOf(each, 3), problem: found, isRefused: false };
  });
}

/** Names that changed places among the same channels; tubes in which the stains changed places as well are sound. */
function exchangedMarkers(
  panel: readonly ComparedTube[],
  tubes: readonly ComparedTube[],
  moved: readonly Moved[],
): Finding[] {
  const others = panel.filter((tube) => moved.every(({ marker, usual }) => tube.look.markers[marker] === usual));
  const verdicts = grouped(tubes, (tube) => followExchange(tube, others, moved));
  return [...verdicts].map(([verdict, alike]) => {
    const markers = someOf(moved.map((one) => one.marker).sort());
    const each = someOf(
      moved.map(({ marker, channel, usual }) => `${marker} on ${channel} for ${usual}`),
      6,
    );
    const state = `${each} in ${othersWords(tubes.length, panel.length)}`;
    const sampleIds = idsOf(alike);
    const words = `${markers} on exchanged channels`;
    if (verdict === 'marker') {
      const message = `${state}; the values moved with the names, so that the stains themselves are exchanged`;
      return { sampleIds, words, problem: problem('warning', 'study.unlike-channel', message, {}), isRefused: false };
    }
    const why =
      verdict === 'channel'
        ? 'the values stayed with the channels, so that the names are wrong'
        : 'the values do not tell whether names or stains are exchanged';
    const found = problem('error', 'study.exchanged-markers', `${state}; ${why}`, {});
    return {
      sampleIds,
      words: verdict === 'channel' ? `${words}, by name only` : words,
      problem: found,
      isRefused: true,
    };
  });
}

/** Whether what was measured on the channels is as in the other tubes on the same channels, or under the same markers. */
function followExchange(
  tube: ComparedTube,
  others: readonly ComparedTube[],
  moved: readonly Moved[],
): 'channel' | 'marker' | 'unclear' {
  const channels = moved.flatMap(({ channel, usual }) => [channel, usual]);
  // A channel that the others do not have tells nothing of names.
  const isComparable = channels.every((name) => [tube, ...others.slice(0, 1)].every((one) => channelOf(one, name)));
  if (!isComparable || others.length === 0) return 'unclear';
  const sums = moved.map(({ channel, usual }) => {
    const own = shapeOf(tube, channel);
    return {
      asChannel: distance(own, typicalShape(others, channel)),
      asMarker: distance(own, typicalShape(others, usual)),
    };
  });
  const asChannel = sums.reduce((sum, one) => sum + one.asChannel, 0);
  const asMarker = sums.reduce((sum, one) => sum + one.asMarker, 0);
  if (asChannel < CLEARLY * asMarker) return 'channel';
  return asMarker < CLEARLY * asChannel ? 'marker' : 'unclear';
}

/** Quantiles of a channel, on a scale on which a stain's strength is a shift. */
function shapeOf(tube: ComparedTube, name: string): readonly number[] {
  const channel = channelOf(tube, name);
  const linear = LINEAR_PART * (channel?.range ?? 262144);
  return (channel?.quantiles ?? []).map((value) => Math.asinh(value / linear));
}

function typicalShape(tubes: readonly ComparedTube[], name: string): readonly number[] {
  const shapes = tubes.map((tube) => shapeOf(tube, name)).filter((shape) => shape.length > 0);
  return (shapes[0] ?? []).map((_, i) => median(shapes.map((shape) => shape[i] ?? 0)) ?? 0);
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.length !== b.length || a.length === 0 ? 0 : a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0);
}

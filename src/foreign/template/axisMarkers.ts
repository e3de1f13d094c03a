import type { ScaleSpec } from '../../scale/index.ts';
import { axesOfGate } from '../evaluate/foreignBook.ts';
import type { ForeignAxis, ForeignSample } from '../model.ts';

/** A marker of a template that stands for a channel. */
export interface ChannelMarker {
  readonly name: string;
  /** $PnN. */
  readonly channel: string;
  /** The scale on which gates with oblique edges stand; undefined: linear. */
  readonly scale: ScaleSpec | undefined;
}

/** Coordinates of an axis as the template counts them: `at · factor + offset`, in the units of the gate. */
export interface MarkerAxis {
  readonly marker: string;
  readonly factor: number;
  readonly offset: number;
}

/** What the axes of a sample are in a template; faults are words that say why an axis has no place in one. */
export interface AxisMarkers {
  readonly markers: readonly ChannelMarker[];
  /** The marker of a straight side, in raw units. */
  straight(axis: ForeignAxis): string;
  /** The marker of an oblique edge. */
  oblique(axis: ForeignAxis): MarkerAxis | string;
  /** Whether all of these axes are linear, so that a gate on them is written in raw units. */
  areLinear(axes: readonly ForeignAxis[]): boolean;
}

/** T of a linear scale on which a channel stands beside a scaled one: any would do. */
const LINEAR_TOP = 262144;

/**
 * One marker a channel, named by its stain where the sample tells one that is its own, and the scale of its oblique gates.
 * @param channelOf $PnN of an axis
 */
export function axisMarkers(sample: ForeignSample, channelOf: (axis: ForeignAxis) => string): AxisMarkers {
  const axes = sample.populations
    .flatMap(({ gate }) => axesOfGate(gate))
    .filter(({ source }) => source.kind === 'channel');
  const channels = [...new Set(axes.map(channelOf))];
  const names = markerNames(channels, sample.keywords);
  const scales = new Map<string, ScaleSpec>();
  for (const { gate } of sample.populations) {
    if (gate.kind !== 'polygon' && gate.kind !== 'ellipsoid') continue;
    for (const axis of gate.axes) {
      const channel = channelOf(axis);
      if (axis.scale !== null && axis.source.kind === 'channel' && !scales.has(channel))
        scales.set(channel, axis.scale.spec);
    }
  }
  const nameOf = (axis: ForeignAxis): string => names.get(channelOf(axis)) ?? channelOf(axis);
  return {
    markers: channels.map((channel) => ({ name: names.get(channel) ?? channel, channel, scale: scales.get(channel) })),
    straight: nameOf,
    oblique(axis) {
      const own = scales.get(channelOf(axis));
      const marker = nameOf(axis);
      if (axis.scale === null) {
        if (own !== undefined) return `"${marker}" stands on two scales, of which a template has one`;
        return { marker, factor: 1 / axis.gain / LINEAR_TOP, offset: 0 };
      }
      if (axis.scale.boundMin !== null || axis.scale.boundMax !== null)
        return `"${marker}" is held at limits of its scale`;
      if (axis.gain !== 1) return `"${marker}" has a gain`;
      if (JSON.stringify(own) !== JSON.stringify(axis.scale.spec)) {
        return `"${marker}" stands on two scales, of which a template has one`;
      }
      return { marker, factor: 1, offset: 0 };
    },
    areLinear: (some) => some.every(({ scale }) => scale === null),
  };
}

/** Stains of the sample's keywords where each is one channel's own and can be a name; else the channels' own names. */
function markerNames(channels: readonly string[], keywords: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const stains = new Map<string, string>();
  for (let n = 1; keywords.has(`$P${n}N`); n++) {
    stains.set(keywords.get(`$P${n}N`) ?? '', (keywords.get(`$P${n}S`) ?? '').trim());
  }
  const wanted = channels.map((channel) => stains.get(channel) ?? '');
  const isOwn = (stain: string): boolean =>
    /[\p{L}\p{Nd}]/u.test(stain) &&
    [...wanted, ...channels].filter((one) => one.toLowerCase() === stain.toLowerCase()).length === 1;
  return new Map(channels.map((channel, i) => [channel, isOwn(wanted[i]!) ? wanted[i]! : channel]));
}

/** The scale entry of a marker in a template. */
export function scaleEntry({ scale }: ChannelMarker): Readonly<Record<string, unknown>> {
  if (scale === undefined) return { scale: 'linear', T: LINEAR_TOP, A: 0 };
  const { kind, ...parameters } = scale;
  return { scale: kind, ...parameters };
}

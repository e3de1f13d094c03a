import { makeScale } from '../../scale/index.ts';
import type { ForeignAxis, ForeignDisplay, ForeignGrid } from '../model.ts';

/** One axis of FlowJo 10's grid: channels of events and of vertices. */
interface GridAxis {
  /** Values in linear units become channels, in place; held at the ends of the axis. */
  readonly toChannels: (values: Float64Array) => void;
  /** Channel of a vertex; not held at the ends of linear and logarithmic axes. */
  readonly vertex: (value: number) => number;
}

/** Farther below channel 0 than any other vertex. */
const FAR_BELOW = -1e6;
/** Nodes of the biex table less one. */
export const TABLE = 4096;

/** Channels of bit-packed files fall on whole channels: the logarithm of one may come out a last bit below. */
const LAST_BIT = 1e-9;

/**
 * The channels by which FlowJo tells who is inside a polygon.
 * @returns undefined where the rule does not cover the axis: another scale, a gain in FlowJo 10
 */
export function gridAxis(axis: ForeignAxis, grid: ForeignGrid): GridAxis | undefined {
  switch (grid.rule) {
    case 'flowjo 11':
      return cells(axis, grid);
    case 'flowjo 10':
      return wholeChannels(axis, grid);
    default:
      return lowerChannels(axis, grid);
  }
}

/**
 * FlowJo 10, by whole channels, N along an axis. Linear: ⌊(v − min)·N/(max − min) + ½⌋, log:
 * ⌊log10(v/offset)/decades·N + ½⌋, both held at 0 … N − 1 for events; biex: ⌊k·N/4096⌋ with k the last of the 4 097 nodes
 * of the table at or below v. Found by others on FlowJo 10.5 to 10.10 and confirmed on stored counts here.
 */
function wholeChannels({ display, gain }: ForeignAxis, { bins, lowVertex }: ForeignGrid): GridAxis | undefined {
  if (display === undefined || gain !== 1) return undefined;
  if (display.kind === 'biex') {
    const scale = makeScale(display.spec);
    const channel = (value: number): number => Math.floor((Math.floor(scale.forward(value)) * bins) / TABLE);
    return { toChannels: inPlace(channel), vertex: channel };
  }
  const place = placeOn(display, bins);
  const channel = (value: number): number => Math.floor(place(value) + 0.5);
  const hold = (value: number): number => Math.min(bins - 1, Math.max(0, channel(value)));
  if (display.kind === 'linear') return { toChannels: inPlace(hold), vertex: channel };
  const low = lowVertex === 'below' ? FAR_BELOW : 0;
  return {
    toChannels: inPlace((value) => (value > 0 ? hold(value) : 0)),
    vertex: (value) => (value > 0 ? channel(value) : low),
  };
}

/** FlowJo 11, as others describe it: events lie at the lower end of their channel, vertices where they were drawn. */
function cells({ display, gain }: ForeignAxis, { bins }: ForeignGrid): GridAxis | undefined {
  if (display === undefined || gain !== 1) return undefined;
  const vertex = (place: number): number => place;
  const hold = (channel: number): number => Math.min(bins - 1, Math.max(0, channel));
  if (display.kind === 'biex') {
    const { forward } = makeScale(display.spec);
    return { toChannels: inPlace((value) => hold(Math.floor((forward(value) * bins) / TABLE))), vertex };
  }
  const place = placeOn(display, bins);
  if (display.kind === 'linear') return { toChannels: inPlace((value) => hold(Math.floor(place(value)))), vertex };
  return { toChannels: inPlace((value) => (value > 0 ? hold(Math.floor(place(value))) : 0)), vertex };
}

/** FlowJo 7.2: events lie at the lower end of their channel, vertices where they are; confirmed on stored counts here. */
function lowerChannels({ display }: ForeignAxis, { bins }: ForeignGrid): GridAxis | undefined {
  if (display === undefined || display.kind === 'biex') return undefined;
  const place = placeOn(display, bins);
  return {
    toChannels: inPlace((value) => Math.floor(place(value) + LAST_BIT)),
    vertex: (value) => Math.round(place(value) / LAST_BIT) * LAST_BIT,
  };
}

/** Where a value lies along an axis, 0 … bins. */
function placeOn(display: Exclude<ForeignDisplay, { kind: 'biex' }>, bins: number): (value: number) => number {
  if (display.kind === 'linear') {
    const { min, max } = display;
    return (value) => ((value - min) * bins) / (max - min);
  }
  const { offset, decades } = display;
  return (value) => (Math.log10(value / offset) / decades) * bins;
}

/** NaN stays, which is in no gate. */
function inPlace(channel: (value: number) => number): (values: Float64Array) => void {
  return (values) => {
    for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) values[i] = channel(values[i]!);
  };
}

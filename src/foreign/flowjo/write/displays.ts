import type { FcsParameter } from '../../../fcs/index.ts';
import { makeScale, type ScaleSpec } from '../../../scale/index.ts';
import { axesOfGate } from '../../evaluate/foreignBook.ts';
import type { ForeignSample } from '../../model.ts';
import type { XmlPart } from '../../xml/writeXml.ts';
import { BIEX_CHANNELS } from '../display.ts';

/** How FlowJo is told to show a channel: a straight line, or a biexponential axis. */
export type WrittenDisplay =
  | { readonly kind: 'linear'; readonly range: number }
  | { readonly kind: 'biex'; readonly spec: Biex };

type Biex = Extract<ScaleSpec, { kind: 'biex' }>;

const SCATTER = /^(?:FSC|SSC|FS|SS|ForSc|OrthSc|Time|HDR-T|Width|Event)/i;
/**
 * FlowJo's own axis of an 18-bit channel, but wide about zero: a narrow one holds all values below −130 in one channel,
 * where gates on other scales still tell them apart. Wider ranges have as many more decades.
 */
const USUAL = { range: 262144, positive: 4.418539922, widthBasis: -100 };
/** Wide enough for every value that a file of floats holds in practice. */
const OPEN = 1e9;

/** The axes on which gates of a sample stand already, where they are FlowJo's own. */
export function ownDisplays(sample: ForeignSample): ReadonlyMap<string, WrittenDisplay> {
  const axes = sample.populations.flatMap(({ gate }) => axesOfGate(gate));
  return new Map(
    axes.flatMap(({ source, scale }) =>
      source.kind === 'channel' && scale?.spec.kind === 'biex' && scale.spec.channelRange === BIEX_CHANNELS
        ? [[source.name, { kind: 'biex', spec: scale.spec }] as const]
        : [],
    ),
  );
}

/** Scatter and time are shown straight, everything else on a biexponential axis. */
export function displayOf({ name, isTime, range = USUAL.range }: FcsParameter): WrittenDisplay {
  const usable = range > 0 ? range : USUAL.range;
  if (isTime || SCATTER.test(name)) return { kind: 'linear', range: usable };
  const positive = USUAL.positive + Math.log10(usable / USUAL.range);
  const { widthBasis } = USUAL;
  return {
    kind: 'biex',
    spec: { kind: 'biex', channelRange: BIEX_CHANNELS, positive, negative: 0, widthBasis, maxValue: usable },
  };
}

/** The transformation element of a channel under one of its names. */
export function displayPart(display: WrittenDisplay, name: string): XmlPart {
  const parameter: XmlPart = { name: 'data-type:parameter', attributes: { 'data-type:name': name } };
  if (display.kind === 'linear') {
    const attributes = { 'transforms:minRange': 0, 'transforms:maxRange': display.range, gain: 1 };
    return { name: 'transforms:linear', attributes, children: [parameter] };
  }
  const { positive, negative, widthBasis, maxValue } = display.spec;
  const attributes = {
    'transforms:length': 256,
    'transforms:maxRange': maxValue,
    'transforms:neg': negative,
    'transforms:width': widthBasis,
    'transforms:pos': positive,
  };
  return { name: 'transforms:biex', attributes, children: [parameter] };
}

/** Where a raw value lies on the axis as FlowJo shows it, in channels of 4 096. */
export function shownBy(display: WrittenDisplay): (raw: number) => number {
  return display.kind === 'linear' ? (raw) => (raw * BIEX_CHANNELS) / display.range : makeScale(display.spec).forward;
}

/** A bound that FlowJo can hold: an open one is far away. */
export function bound(at: number | null, side: 'min' | 'max'): number {
  if (at === null) return side === 'min' ? -OPEN : OPEN;
  return Math.min(OPEN, Math.max(-OPEN, at));
}

import type { FcsParameter } from '../../../fcs/index.ts';
import { makeScale } from '../../../scale/index.ts';
import type { XmlPart } from '../../xml/writeXml.ts';
import { BIEX_CHANNELS } from '../display.ts';

/** How FlowJo is told to show a channel: a straight line, or its usual biexponential axis. */
export interface WrittenDisplay {
  readonly kind: 'linear' | 'biex';
  readonly range: number;
}

const SCATTER = /^(?:FSC|SSC|FS|SS|ForSc|OrthSc|Time|HDR-T|Width|Event)/i;
/** FlowJo's own axis of an 18-bit channel; wider ranges have as many more decades. */
const USUAL = { range: 262144, positive: 4.418539922, widthBasis: -10 };
/** Wide enough for every value that a file of floats holds in practice. */
const OPEN = 1e9;

/** Scatter and time are shown straight, everything else on the biexponential axis. */
export function displayOf({ name, isTime, range = USUAL.range }: FcsParameter): WrittenDisplay {
  const usable = range > 0 ? range : USUAL.range;
  return { kind: isTime || SCATTER.test(name) ? 'linear' : 'biex', range: usable };
}

/** The transformation element of a channel under one of its names. */
export function displayPart({ kind, range }: WrittenDisplay, name: string): XmlPart {
  const parameter: XmlPart = { name: 'data-type:parameter', attributes: { 'data-type:name': name } };
  if (kind === 'linear') {
    const attributes = { 'transforms:minRange': 0, 'transforms:maxRange': range, gain: 1 };
    return { name: 'transforms:linear', attributes, children: [parameter] };
  }
  const { positive, widthBasis } = biexOf(range);
  const attributes = {
    'transforms:length': 256,
    'transforms:maxRange': range,
    'transforms:neg': 0,
    'transforms:width': widthBasis,
    'transforms:pos': positive,
  };
  return { name: 'transforms:biex', attributes, children: [parameter] };
}

function biexOf(range: number) {
  return { positive: USUAL.positive + Math.log10(range / USUAL.range), widthBasis: USUAL.widthBasis };
}

/** Where a raw value lies on the axis as FlowJo shows it, in channels of 4 096. */
export function shownBy({ kind, range }: WrittenDisplay): (raw: number) => number {
  if (kind === 'linear') return (raw) => (raw * BIEX_CHANNELS) / range;
  const spec = { kind: 'biex', channelRange: BIEX_CHANNELS, negative: 0, maxValue: range, ...biexOf(range) } as const;
  return makeScale(spec).forward;
}

/** A bound that FlowJo can hold: an open one is far away. */
export function bound(at: number | null, side: 'min' | 'max'): number {
  if (at === null) return side === 'min' ? -OPEN : OPEN;
  return Math.min(OPEN, Math.max(-OPEN, at));
}

import { makeScale } from '../../scale/index.ts';
import type { ForeignAxis } from '../model.ts';

/** Channels along an axis as FlowJo shows it. */
export const CHANNELS = 4096;
/** What a workspace writes for an open side. */
const OPEN = 1e8;

/** An edge with what stands for "open" as null. */
export function openEdge(at: number | null): number | null {
  return at === null || Math.abs(at) >= OPEN ? null : at;
}

/** Where a linear value lies on its axis as it is shown, in channels of 4 096; the value itself where that is not known. */
export function shownAt({ display }: ForeignAxis): (value: number) => number {
  if (display === undefined) return (value) => value;
  if (display.kind === 'linear') {
    const { min, max } = display;
    return (value) => ((value - min) * CHANNELS) / (max - min);
  }
  if (display.kind === 'biex') return makeScale(display.spec).forward;
  const { offset, decades } = display;
  return (value) => (value > 0 ? (Math.log10(value / offset) / decades) * CHANNELS : 0);
}

import { ticks } from 'd3-array';
import type { PictureAxis } from '../../gating/index.ts';
import { makeScale, type Scale } from '../../scale/index.ts';

export interface AxisTick {
  /** Place along the axis: 0 at its start, 1 at its end. */
  readonly at: number;
  /** Empty at a minor tick. */
  readonly label: string;
}

// Closer labels would touch at the size of a thumbnail.
const closest = 0.13;

/** Raw values along an axis: round numbers on a linear one, 0 and powers of ten on the others with 2 … 9 times them as minor ticks. */
export function axisTicks(axis: PictureAxis): readonly AxisTick[] {
  const scale = makeScale(axis.scale);
  const isLinear = axis.scale.kind === 'linear';
  const values = isLinear ? linearValues(axis) : decadeValues;
  const kept: AxisTick[] = [];
  for (const value of values) {
    const at = placeOf(value, axis, scale);
    if (!isWithin(at)) continue;
    const isTight = kept.some((tick) => tick.label !== '' && Math.abs(tick.at - at) < closest);
    kept.push({ at, label: isTight ? '' : isLinear ? linearText(value) : powerText(value) });
  }
  const minors = isLinear ? [] : minorValues.map((value) => placeOf(value, axis, scale)).filter(isWithin);
  return [...kept, ...minors.map((at) => ({ at, label: '' }))].sort((a, b) => a.at - b.at);
}

function placeOf(value: number, axis: PictureAxis, scale: Scale): number {
  return Math.round(((scale.forward(value) - axis.from) / (axis.to - axis.from)) * 1e4) / 1e4;
}

function isWithin(at: number): boolean {
  return at >= 0 && at <= 1;
}

// Zero first, then the decades of interest: where labels would touch, the later one gives way.
const decadeValues: readonly number[] = [0, 1e5, 1e4, 1e3, 1e6, 1e7, 1e2, 1e1, 1, -1e3, -1e4, -1e2];

// Below a hundred the scales are nearly even around zero, and minor ticks would be one black bar.
const minorValues: readonly number[] = [-1e3, -1e2, 1e2, 1e3, 1e4, 1e5, 1e6].flatMap((decade) =>
  [2, 3, 4, 5, 6, 7, 8, 9].map((factor) => factor * decade),
);

function linearValues(axis: PictureAxis): readonly number[] {
  const scale = makeScale(axis.scale);
  return ticks(scale.inverse(axis.from), scale.inverse(axis.to), 4);
}

function linearText(value: number): string {
  if (Math.abs(value) < 1000) return String(value);
  return Math.abs(value) < 1e6 ? `${value / 1000}k` : `${value / 1e6}M`;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷';

function powerText(value: number): string {
  if (value === 0) return '0';
  const exponent = Math.round(Math.log10(Math.abs(value)));
  return `${value < 0 ? '−' : ''}10${superscripts[exponent]}`;
}

import { ticks } from 'd3-array';
import type { PictureAxis } from '../gating/index.ts';
import { makeScale } from '../scale/index.ts';

export interface AxisTick {
  /** Place along the axis: 0 at its start, 1 at its end. */
  readonly at: number;
  readonly label: string;
}

// Closer labels would touch at the size of the small plots.
const closest = 0.13;

/** Labelled raw values along an axis: round numbers on a linear one, 0 and powers of ten on the others. */
export function axisTicks(axis: PictureAxis): readonly AxisTick[] {
  const scale = makeScale(axis.scale);
  const values = axis.scale.kind === 'linear' ? linearValues(axis) : decadeValues;
  const kept: AxisTick[] = [];
  for (const value of values) {
    const at = (scale.forward(value) - axis.from) / (axis.to - axis.from);
    if (!(at >= 0 && at <= 1) || kept.some((tick) => Math.abs(tick.at - at) < closest)) continue;
    kept.push({
      at: Math.round(at * 1e4) / 1e4,
      label: axis.scale.kind === 'linear' ? linearText(value) : powerText(value),
    });
  }
  return kept.sort((a, b) => a.at - b.at);
}

// Zero first, then the decades of interest: where labels would touch, the later one gives way.
const decadeValues: readonly number[] = [0, 1e5, 1e4, 1e3, 1e6, 1e7, 1e2, 1e1, 1, -1e3, -1e4];

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

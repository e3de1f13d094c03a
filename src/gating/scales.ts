import { makeScale, type Scale, type ScaleSpec } from '../scale/index.ts';
import type { Axis } from './axis.ts';
import type { BookScale } from './book.ts';

/** The scale parameters of a book entry without the names around them. */
export function scaleSpecOf(entry: BookScale): ScaleSpec {
  const { marker: _marker, channel: _channel, u_cofactor: _cofactor, ...spec } = entry;
  return spec as ScaleSpec;
}

/** The frame of placement: u = arcsinh(x / cofactor). */
export function uScale(cofactor: number): ScaleSpec {
  return { kind: 'arcsinh', cofactor };
}

/**
 * The scale in which an axis holds its coordinates; undefined for linear units.
 * A marker without an entry in the book is a fault of ours, since the book is made from the same template.
 */
export function scaleOfAxis(axis: Axis, scales: readonly BookScale[]): Scale | undefined {
  if (axis.frame === 'raw') return undefined;
  const entry = scales.find((s) => s.marker === axis.marker);
  if (!entry) throw new Error(`the book holds no scale for marker "${axis.marker}"`);
  return makeScale(axis.frame === 'u' ? uScale(entry.u_cofactor) : scaleSpecOf(entry));
}

import type { Bounds } from '../axis.ts';
import { kindOfBounds } from './bounds.ts';

export interface Interval {
  readonly kind: 'interval';
  readonly dims: readonly [Bounds];
}

/** Bounds on one marker. */
export const interval = kindOfBounds<Interval>((gate, [dim]) => ({ ...gate, dims: [dim ?? gate.dims[0]] }));

import type { Bounds } from '../axis.ts';
import { kindOfBounds } from './bounds.ts';

export interface Rectangle {
  readonly kind: 'rectangle';
  readonly dims: readonly Bounds[];
}

/** Bounds on any number of markers. */
export const rectangle = kindOfBounds<Rectangle>((gate, dims) => ({ ...gate, dims }));

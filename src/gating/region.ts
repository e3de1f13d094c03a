import type { Axis } from './axis.ts';

/** A stretch of a plane; its ends may be infinite. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** What is known of all points of a box at once. */
export type Sure = 'in' | 'out' | 'ask';

/** A gate that is a region of the plane of two axes, in their own coordinates. */
export interface Region {
  readonly dims: readonly [Axis, Axis];
  /** Nothing lies inside but here. */
  readonly extent: Box;
  /** Exactly; false where one is no number. */
  holds(x: number, y: number): boolean;
  /** `in` and `out` only where every point of the box, and what rounding makes of it, is so. */
  sure(box: Box): Sure;
}

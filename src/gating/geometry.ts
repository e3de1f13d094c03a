/**
 * Where a gate lies in one tube, as it stands in placements.json (keys as there).
 * Coordinates: `u` = arcsinh(x / cofactor of the book's scale entry), `scale` = the marker's own scale, `raw` = linear,
 * compensated. Raw edges decide who is inside intervals, rectangles and quadrants; coordinates decide the rest.
 */
export type Frame = 'u' | 'scale' | 'raw';

export interface Axis {
  readonly marker: string;
  /** $PnN of the tube. */
  readonly channel: string;
  readonly frame: Frame;
}

/** min ≤ x < max; null = unbounded. */
export interface Bounds extends Axis {
  readonly min: number | null;
  readonly max: number | null;
  readonly min_raw: number | null;
  readonly max_raw: number | null;
}

export type Point = readonly [number, number];

export interface Interval {
  readonly kind: 'interval';
  readonly dims: readonly [Bounds];
}

export interface Rectangle {
  readonly kind: 'rectangle';
  readonly dims: readonly Bounds[];
}

/** Even–odd rule; a point exactly on an edge is inside. */
export interface Polygon {
  readonly kind: 'polygon';
  readonly dims: readonly [Axis, Axis];
  readonly vertices: readonly Point[];
  readonly vertices_raw: readonly Point[];
}

/** (p − mean)ᵀ covariance⁻¹ (p − mean) ≤ distance_square. */
export interface Ellipse {
  readonly kind: 'ellipse';
  readonly dims: readonly Axis[];
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly distance_square: number;
}

/** One corner of dividers; `above` holds the divider itself. */
export interface Quadrant {
  readonly kind: 'quadrant';
  readonly dims: readonly Axis[];
  readonly dividers: readonly number[];
  readonly dividers_raw: readonly number[];
  readonly side: readonly ('above' | 'below')[];
}

/** t = (p − origin)·direction ≥ from, and |perpendicular| < half_width. */
export interface Strip {
  readonly kind: 'strip';
  readonly dims: readonly [Axis, Axis];
  readonly origin: Point;
  readonly direction: Point;
  readonly from: number;
  readonly half_width: number;
}

/** a ≤ numerator / denominator < b in linear units, where the denominator is positive; others are outside. */
export interface Ratio {
  readonly kind: 'ratio';
  readonly dims: readonly [Axis, Axis];
  readonly min: number;
  readonly max: number;
}

/** Inside one of several stretches of one channel, linear: min ≤ x < max, null = unbounded. */
export interface Ranges {
  readonly kind: 'ranges';
  readonly dims: readonly [Axis];
  readonly ranges: readonly (readonly [min: number | null, max: number | null])[];
}

/** Inside all of them; of none: the whole parent. */
export interface All {
  readonly kind: 'all';
  readonly of: readonly Geometry[];
}

/** A combination of other populations, inside the parent. */
export interface BooleanGeometry {
  readonly kind: 'boolean';
  readonly op: 'and' | 'or';
  readonly of: readonly Operand[];
}

export interface Operand {
  readonly population: string;
  readonly complement: boolean;
  /** Where its gate is taken to lie instead of where the book has it; in no book, only where counts are asked for. */
  readonly place?: OperandPlace;
}

export interface OperandPlace {
  readonly parent: string;
  readonly geometry: Geometry;
}

/** The gate could not be placed; the flags say why. */
export interface Nowhere {
  readonly kind: 'none';
}

export type Geometry =
  | Interval
  | Rectangle
  | Polygon
  | Ellipse
  | Quadrant
  | Strip
  | Ratio
  | Ranges
  | All
  | BooleanGeometry
  | Nowhere;

import type { Axis, BookScale, Geometry, Picture, Point } from '../gating/index.ts';
import { type GatePlane, gatePlane, type Side } from './gatePlane.ts';

type Ellipse = Extract<Geometry, { kind: 'ellipse' }>;
type Quadrant = Extract<Geometry, { kind: 'quadrant' }>;
type Ratio = Extract<Geometry, { kind: 'ratio' }>;
type Strip = Extract<Geometry, { kind: 'strip' }>;

/** One line of a gate's drawing. */
export interface Outline {
  /** edge: a border of the gate; divider: a cut that the gate shares with its neighbours. */
  readonly kind: 'edge' | 'divider';
  /** SVG path data in bins: x to the right, y downwards from the top of the picture, 0 … bins. */
  readonly path: string;
}

// Bins beyond the picture, so that an edge that is not there falls outside and is clipped away.
const margin = 6;
// Pieces of an edge that is straight in the gate's coordinates and may be curved in the picture's.
const pieces = 24;
// In u: longer than any axis, which ends near u = 8 (arcsinh of 262144 / 150).
const faraway = 40;

/**
 * The lines of a gate in the plane of its picture. A dimension that the picture does not show is left out: what is drawn
 * of a gate of three markers is its shadow. Membership was decided elsewhere; this only draws.
 * @returns no lines for boolean gates and for gates without a place
 */
export function gateOutline(geometry: Geometry, picture: Picture, scales: readonly BookScale[]): readonly Outline[] {
  const plane = gatePlane(picture, scales);
  switch (geometry.kind) {
    case 'interval':
    case 'rectangle': {
      const spans = geometry.dims.map((dim) => spanOf(plane, rawAxis(dim), dim.min_raw, dim.max_raw));
      return box(plane, spans);
    }
    case 'polygon':
      return [edge(traced(plane, geometry.dims, [...geometry.vertices, ...geometry.vertices.slice(0, 1)]))];
    case 'ellipse':
      return ellipse(plane, geometry);
    case 'quadrant':
      return quadrant(plane, geometry);
    case 'strip':
      return [edge(traced(plane, geometry.dims, stripCorners(geometry)))];
    case 'ratio':
      return ratio(plane, geometry);
    case 'ranges': {
      const [axis] = geometry.dims;
      return geometry.ranges.flatMap(([min, max]) => box(plane, [spanOf(plane, rawAxis(axis), min, max)]));
    }
    case 'all':
      return geometry.of.flatMap((part) => gateOutline(part, picture, scales));
    case 'boolean':
    case 'none':
      return [];
    default:
      return geometry satisfies never;
  }
}

/** The stretch of one side that a gate covers, in bins, low value first; undefined where the picture lacks the marker. */
interface Span {
  readonly side: Side;
  readonly low: number;
  readonly high: number;
}

function rawAxis(axis: Axis): Axis {
  return { marker: axis.marker, channel: axis.channel, frame: 'raw' };
}

function spanOf(plane: GatePlane, axis: Axis, min: number | null, max: number | null): Span | undefined {
  const side = plane.sideOf(axis);
  if (side === undefined) return undefined;
  const ends = side === 'x' ? [-margin, plane.bins + margin] : [plane.bins + margin, -margin];
  const at = (value: number | null, end: number): number => (value === null ? end : plane.place(axis, side, value));
  return { side, low: at(min, ends[0]!), high: at(max, ends[1]!) };
}

function box(plane: GatePlane, spans: readonly (Span | undefined)[]): Outline[] {
  const x = spans.find((span) => span?.side === 'x');
  const y = spans.find((span) => span?.side === 'y');
  if (!x && !y) return [];
  const [left, right] = [x?.low ?? -margin, x?.high ?? plane.bins + margin];
  const [bottom, top] = [y?.low ?? plane.bins + margin, y?.high ?? -margin];
  return [edge(`M${pair(left, bottom)}H${number(right)}V${number(top)}H${number(left)}Z`)];
}

/** A chain of points in the gate's own coordinates; every step is cut into pieces, as its frame may not be the picture's. */
function traced(plane: GatePlane, dims: readonly [Axis, Axis], points: readonly Point[]): string {
  const sides = [plane.sideOf(dims[0]), plane.sideOf(dims[1])] as const;
  if (sides[0] === undefined || sides[1] === undefined || sides[0] === sides[1]) return '';
  const placed = (point: Point): string => {
    const first = plane.place(dims[0], sides[0]!, point[0]);
    const second = plane.place(dims[1], sides[1]!, point[1]);
    return sides[0] === 'x' ? pair(first, second) : pair(second, first);
  };
  const steps = points.slice(1).map((to, i) => stepBetween(plane, dims, points[i]!, to).map(placed).join('L'));
  const [start] = points;
  return start ? `M${placed(start)}${steps.map((step) => `L${step}`).join('')}` : '';
}

function stepBetween(plane: GatePlane, dims: readonly [Axis, Axis], from: Point, to: Point): Point[] {
  const cut = isStraight(plane, dims, from, to) ? 1 : pieces;
  return Array.from({ length: cut }, (_, i) => {
    const share = (i + 1) / cut;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  });
}

/** Whether the middle of a step lies in the middle of the picture's line too: then frame and picture are the same scale. */
function isStraight(plane: GatePlane, dims: readonly [Axis, Axis], from: Point, to: Point): boolean {
  return ([0, 1] as const).every((i) => {
    const side = plane.sideOf(dims[i]) ?? 'x';
    const [a, middle, b] = [from[i], (from[i] + to[i]) / 2, to[i]].map((value) => plane.place(dims[i], side, value));
    return Math.abs((a! + b!) / 2 - middle!) < 0.05;
  });
}

/** Corners of the strip, open end far away: up one side and back along the other. */
function stripCorners({ origin, direction, from, half_width }: Strip): Point[] {
  const length = Math.hypot(direction[0], direction[1]);
  const [dx, dy] = [direction[0] / length, direction[1] / length];
  const at = (t: number, across: number): Point => [origin[0] + t * dx - across * dy, origin[1] + t * dy + across * dx];
  return [at(from + faraway, half_width), at(from, half_width), at(from, -half_width), at(from + faraway, -half_width)];
}

/** The ellipse itself where both its axes are shown, else its extent along the one that is. */
function ellipse(plane: GatePlane, { dims, mean, covariance, distance_square }: Ellipse): Outline[] {
  const shown = dims.map((axis, i) => ({ axis, i, side: plane.sideOf(axis) })).filter((dim) => dim.side !== undefined);
  const [a, b] = shown;
  if (!a) return [];
  const variance = (i: number, j: number): number => covariance[i]![j]!;
  const radius = Math.sqrt(distance_square);
  if (!b) {
    const reach = radius * Math.sqrt(variance(a.i, a.i));
    return box(plane, [spanOf(plane, a.axis, mean[a.i]! - reach, mean[a.i]! + reach)]);
  }
  // Cholesky factor of the 2 × 2 part: the shadow of an ellipsoid is the ellipse of that part at the same distance.
  const l11 = Math.sqrt(variance(a.i, a.i));
  const l21 = variance(b.i, a.i) / l11;
  const l22 = Math.sqrt(Math.max(0, variance(b.i, b.i) - l21 * l21));
  const points = Array.from({ length: 73 }, (_, step): Point => {
    const angle = (2 * Math.PI * step) / 72;
    const [c, s] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return [mean[a.i]! + l11 * c, mean[b.i]! + l21 * c + l22 * s];
  });
  return [edge(traced(plane, [a.axis, b.axis], points))];
}

function quadrant(plane: GatePlane, { dims, dividers_raw, side }: Quadrant): Outline[] {
  const spans = dims.map((dim, i) => {
    const cut = dividers_raw[i]!;
    return side[i] === 'above' ? spanOf(plane, rawAxis(dim), cut, null) : spanOf(plane, rawAxis(dim), null, cut);
  });
  const lines = dims.flatMap((dim, i): Outline[] => {
    const along = plane.sideOf(dim);
    if (along === undefined) return [];
    const at = number(plane.place(rawAxis(dim), along, dividers_raw[i]!));
    return [{ kind: 'divider', path: along === 'x' ? `M${at} 0V${plane.bins}` : `M0 ${at}H${plane.bins}` }];
  });
  return [...lines, ...box(plane, spans)];
}

/** The two lines numerator = bound × denominator, traced along the side that shows the denominator. */
function ratio(plane: GatePlane, { dims, min, max }: Ratio): Outline[] {
  const [upper, lower] = [rawAxis(dims[0]), rawAxis(dims[1])];
  const [upperSide, lowerSide] = [plane.sideOf(upper), plane.sideOf(lower)];
  if (upperSide === undefined || lowerSide === undefined || upperSide === lowerSide) return [];
  return [min, max].map((bound) => {
    const points = Array.from({ length: pieces + 1 }, (_, i) => {
      const along = (plane.bins * i) / pieces;
      const across = plane.place(upper, upperSide, bound * plane.rawAt(lowerSide, along));
      return lowerSide === 'x' ? pair(along, across) : pair(across, along);
    });
    return edge(`M${points.join('L')}`);
  });
}

function edge(path: string): Outline {
  return { kind: 'edge', path };
}

function pair(x: number, y: number): string {
  return `${number(x)} ${number(y)}`;
}

// A hundredth of a bin is less than a screen can show, and far more than engines differ by in a last bit.
function number(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

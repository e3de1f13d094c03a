import type { Axis, Point } from './axis.ts';

/** Which side of a picture an axis of a gate lies along. */
export type PictureSide = 'x' | 'y';

/** The plane of a picture, as far as drawing a gate needs it. */
export interface GatePlane {
  readonly bins: number;
  /** The side along which the axis is drawn; undefined where the picture does not show its marker. */
  sideOf(axis: Axis): PictureSide | undefined;
  /** Where a value of a gate's axis lies, in bins from the left or from the top; always finite. */
  place(axis: Axis, side: PictureSide, value: number): number;
  /** The raw value that lies at a place along a side, the inverse of `place` for raw values. */
  rawAt(side: PictureSide, place: number): number;
}

/** One line of a gate's drawing. */
export interface Outline {
  /** edge: a border of the gate; divider: a cut that the gate shares with its neighbours. */
  readonly kind: 'edge' | 'divider';
  /** SVG path data in bins: x to the right, y downwards from the top of the picture, 0 … bins. */
  readonly path: string;
}

// Bins beyond the picture, so that an edge that is not there falls outside and is clipped away.
const margin = 6;
/** Pieces of an edge that is straight in the gate's coordinates and may be curved in the picture's. */
export const pieces = 24;

/** The stretch of one side that a gate covers, in bins, low value first; undefined where the picture lacks the marker. */
export interface Span {
  readonly side: PictureSide;
  readonly low: number;
  readonly high: number;
}

/** The axis in linear units. */
export function rawAxis(axis: Axis): Axis {
  return { marker: axis.marker, channel: axis.channel, frame: 'raw' };
}

/** @param min null: open */
export function spanOf(plane: GatePlane, axis: Axis, min: number | null, max: number | null): Span | undefined {
  const side = plane.sideOf(axis);
  if (side === undefined) return undefined;
  const ends = side === 'x' ? [-margin, plane.bins + margin] : [plane.bins + margin, -margin];
  const at = (value: number | null, end: number): number => (value === null ? end : plane.place(axis, side, value));
  return { side, low: at(min, ends[0]!), high: at(max, ends[1]!) };
}

/** The rectangle of what is shown; open sides lie outside the picture. */
export function box(plane: GatePlane, spans: readonly (Span | undefined)[]): Outline[] {
  const x = spans.find((span) => span?.side === 'x');
  const y = spans.find((span) => span?.side === 'y');
  if (!x && !y) return [];
  const [left, right] = [x?.low ?? -margin, x?.high ?? plane.bins + margin];
  const [bottom, top] = [y?.low ?? plane.bins + margin, y?.high ?? -margin];
  return [edge(`M${pair(left, bottom)}H${number(right)}V${number(top)}H${number(left)}Z`)];
}

/** A chain of points in the gate's own coordinates; every step is cut into pieces, as its frame may not be the picture's. */
export function traced(plane: GatePlane, dims: readonly [Axis, Axis], points: readonly Point[]): string {
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

/** A border of the gate as a line. */
export function edge(path: string): Outline {
  return { kind: 'edge', path };
}

/** A point of a path. */
export function pair(x: number, y: number): string {
  return `${number(x)} ${number(y)}`;
}

/**
 * A coordinate of a path, to a hundredth of a bin: less than a screen can show, and far more than engines differ by in a
 * last bit.
 */
export function number(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

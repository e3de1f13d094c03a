import { type Axis, type Bounds, type Geometry, namedOperands, type Operand } from '../../gating/index.ts';
import type { ForeignAxis, ForeignBounds, ForeignGate } from '../model.ts';

/** How axes of a book are axes of the common model. */
export interface BookAxes {
  /** In linear units. */
  linear(axis: Axis): ForeignAxis;
  /** In the frame of its coordinates, with what one unit of the frame is there. */
  framed(axis: Axis): { readonly axis: ForeignAxis; readonly factor: number };
}

/** A geometry as gates: all of them must hold, or one of several. */
export type Parts =
  | { readonly kind: 'gate'; readonly gate: Exclude<ForeignGate, { kind: 'boolean' }> }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Parts[] }
  /** Other populations of the book, by path. */
  | { readonly kind: 'combination'; readonly op: 'and' | 'or'; readonly of: readonly Operand<Geometry>[] };

/** In u: beyond every axis, which ends near u = 8; raw values there are still finite. */
const FARAWAY = 20;
/** The least positive number: a ratio is of events whose denominator lies above 0. */
const ABOVE_ZERO = Number.MIN_VALUE;

/** A geometry with a place of its own in the common model, exactly; the reason in words where it has none. */
export function geometryParts(geometry: Geometry, axes: BookAxes): Parts | string {
  switch (geometry.kind) {
    case 'interval':
    case 'rectangle':
      return boxOf(geometry.dims.map((dim) => sideOf(dim, axes)));
    case 'quadrant':
      return boxOf(
        geometry.dims.map((dim, i): ForeignBounds => {
          const at = geometry.dividers_raw[i]!;
          return {
            axis: axes.linear(dim),
            ...(geometry.side[i] === 'above' ? { min: at, max: null } : { min: null, max: at }),
          };
        }),
      );
    case 'ranges': {
      const axis = axes.linear(geometry.dims[0]);
      return { kind: 'any', of: geometry.ranges.map(([min, max]) => boxOf([{ axis, min, max }])) };
    }
    case 'polygon':
      return polygonOf(geometry.dims, geometry.vertices, axes);
    case 'strip':
      return polygonOf(geometry.dims, stripCorners(geometry), axes);
    case 'ellipse': {
      const framed = geometry.dims.map(axes.framed);
      const covariance = geometry.covariance.map((row, i) =>
        row.map((value, j) => value * framed[i]!.factor * framed[j]!.factor),
      );
      const mean = geometry.mean.map((at, i) => at * framed[i]!.factor);
      const gate = { kind: 'ellipsoid', axes: framed.map(({ axis }) => axis), mean, covariance } as const;
      return { kind: 'gate', gate: { ...gate, distanceSquare: geometry.distance_square } };
    }
    case 'ratio':
      return ratioOf(geometry, axes);
    case 'all': {
      const parts = geometry.of.map((part) => geometryParts(part, axes));
      const fault = parts.find((part) => typeof part === 'string');
      return fault ?? { kind: 'all', of: parts.filter((part) => typeof part !== 'string') };
    }
    case 'boolean': {
      const { op, of } = geometry;
      // A place that stands in no book has no name by which it could be combined.
      if (namedOperands(of).some(({ place }) => place !== undefined))
        return 'a combination of gates without a name has no counterpart';
      return { kind: 'combination', op, of };
    }
    default:
      return 'the gate has no place in this tube';
  }
}

function boxOf(dims: readonly ForeignBounds[]): Parts {
  return { kind: 'gate', gate: { kind: 'rectangle', dims } };
}

function sideOf(dim: Bounds, axes: BookAxes): ForeignBounds {
  return { axis: axes.linear(dim), min: dim.min_raw, max: dim.max_raw };
}

function polygonOf(dims: readonly [Axis, Axis], points: readonly (readonly [number, number])[], axes: BookAxes): Parts {
  const [x, y] = dims.map(axes.framed);
  const vertices = points.map(([a, b]) => [a * x!.factor, b * y!.factor] as const);
  return { kind: 'gate', gate: { kind: 'polygon', axes: [x!.axis, y!.axis], vertices, grid: null } };
}

function stripCorners({ origin, direction, from, half_width }: Extract<Geometry, { kind: 'strip' }>) {
  const length = Math.hypot(direction[0], direction[1]);
  const [dx, dy] = [direction[0] / length, direction[1] / length];
  const at = (t: number, across: number) =>
    [origin[0] + t * dx - across * dy, origin[1] + t * dy + across * dx] as const;
  const far = from + FARAWAY;
  return [at(from, -half_width), at(far, -half_width), at(far, half_width), at(from, half_width)];
}

/** min ≤ first ÷ second < max where the second is above 0. */
function ratioOf({ dims: [first, second], min, max }: Extract<Geometry, { kind: 'ratio' }>, axes: BookAxes): Parts {
  const [top, bottom] = [axes.linear(first), axes.linear(second)];
  const of = [first.channel, second.channel] as const;
  const source = { kind: 'ratio', of, A: 1, B: 0, C: 0, boundMin: null, boundMax: null } as const;
  const finite = (at: number): number | null => (Number.isFinite(at) ? at : null);
  return boxOf([
    { axis: { ...top, source }, min: finite(min), max: finite(max) },
    { axis: bottom, min: ABOVE_ZERO, max: null },
  ]);
}

import type { Axis, Geometry, Point } from '../../gating/index.ts';

/** A gate as it was drawn, in the frame of its written coordinates. */
export type DrawnShape =
  | { readonly kind: 'polygon'; readonly vertices: readonly Point[] }
  | { readonly kind: 'ellipse'; readonly mean: Point; readonly covariance: Matrix2; readonly distanceSquare: number }
  | { readonly kind: 'rectangle'; readonly sides: readonly Side[] };

type Matrix2 = readonly [Point, Point];
type Side = { readonly min: number | null; readonly max: number | null };

/** An axis of the gate in one tube. */
export interface CarriedAxis {
  readonly axis: Axis;
  /** A coordinate of the drawing where it lies in this tube, in the same frame. */
  readonly move: (at: number) => number;
  readonly toRaw: (at: number) => number;
}

/** Corners of an ellipse that is moved: a piece between two of them leaves it by less than a ten-thousandth of its axes. */
const AROUND = 180;

/** The drawn gate in one tube: corners and edges are moved, edges stay straight in the frame in which they were drawn. */
export function carriedGeometry(shape: DrawnShape, axes: readonly CarriedAxis[]): Geometry {
  if (shape.kind === 'rectangle') {
    return {
      kind: 'rectangle',
      dims: axes.map(({ axis, move, toRaw }, d) => {
        const { min, max } = shape.sides[d]!;
        const [low, high] = [min === null ? null : move(min), max === null ? null : move(max)];
        const raw = (at: number | null) => (at === null ? null : toRaw(at));
        return { ...axis, min: low, max: high, min_raw: raw(low), max_raw: raw(high) };
      }),
    };
  }
  const [x, y] = axes as readonly [CarriedAxis, CarriedAxis];
  const corners = shape.kind === 'polygon' ? shape.vertices : around(shape);
  const vertices = corners.map(([a, b]): Point => [x.move(a), y.move(b)]);
  return {
    kind: 'polygon',
    dims: [x.axis, y.axis],
    vertices,
    vertices_raw: vertices.map(([a, b]): Point => [x.toRaw(a), y.toRaw(b)]),
  };
}

/** The gate as it was drawn, for the tubes on which it was. */
export function drawnGeometry(shape: DrawnShape, axes: readonly CarriedAxis[]): Geometry {
  if (shape.kind !== 'ellipse')
    return carriedGeometry(
      shape,
      axes.map((one) => ({ ...one, move: (at) => at })),
    );
  const { mean, covariance, distanceSquare } = shape;
  return { kind: 'ellipse', dims: axes.map(({ axis }) => axis), mean, covariance, distance_square: distanceSquare };
}

/** Points of an ellipse, a hair outside so that the pieces between them enclose its area. */
function around({ mean, covariance, distanceSquare }: Extract<DrawnShape, { kind: 'ellipse' }>): readonly Point[] {
  const step = (2 * Math.PI) / AROUND;
  const radius = Math.sqrt((distanceSquare * step) / Math.sin(step));
  const l11 = Math.sqrt(covariance[0][0]);
  const l21 = covariance[1][0] / l11;
  const l22 = Math.sqrt(Math.max(0, covariance[1][1] - l21 * l21));
  return Array.from({ length: AROUND }, (_, i): Point => {
    const [c, s] = [radius * Math.cos(i * step), radius * Math.sin(i * step)];
    return [mean[0] + l11 * c, mean[1] + l21 * c + l22 * s];
  });
}

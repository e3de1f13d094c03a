import { inverse, Matrix } from 'ml-matrix';
import { type Axis, axesOnChannels, type Point } from '../axis.ts';
import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { GeometryKind, Mover } from '../geometryKind.ts';
import { box, edge, type GatePlane, type Outline, spanOf, traced } from '../outline.ts';
import type { Box, Region, Sure } from '../region.ts';

/** (p − mean)ᵀ covariance⁻¹ (p − mean) ≤ distance_square. */
export interface Ellipse {
  readonly kind: 'ellipse';
  readonly dims: readonly Axis[];
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly distance_square: number;
}

export const ellipse: GeometryKind<Ellipse> = {
  members: ellipseMembers,
  axes: ({ dims }) => dims,
  needsOwnFrame: ({ dims }, marker) => dims.some((dim) => dim.marker === marker),
  onChannels(gate, channelOf) {
    const dims = axesOnChannels(gate.dims, channelOf);
    return dims && { ...gate, dims };
  },
  sides: () => undefined,
  region: ellipseRegion,
  moved: (gate, { on }) => ({ ...gate, mean: gate.mean.map((at, d) => on(gate.dims[d]!, at)) }),
  // It has one border, which is moved only as a whole.
  edges: () => [],
  handles: (gate) =>
    gate.dims.map(({ marker }, d) => ({
      name: marker,
      isOnMarker: true,
      moved: ({ on }: Mover) => ({ ...gate, mean: gate.mean.with(d, on(gate.dims[d]!, gate.mean[d]!)) }),
    })),
  outline: ellipseOutline,
};

/** Squared Mahalanobis distance ≤ distance_square, in any number of dimensions (Gating-ML 2.0, EllipsoidGate). */
function ellipseMembers(gate: Ellipse, context: GateContext, parent: EventIndex): EventIndex {
  const size = gate.dims.length;
  const weights = inverse(new Matrix(gate.covariance.map((row) => [...row]))).to1DArray();
  const columns = gate.dims.map((axis) =>
    context.events.values({ name: axis.channel, scale: context.scaleOf(axis) }, parent),
  );
  const count = columns[0]!.length;
  const keep = new Uint8Array(count);
  const from = new Float64Array(size);
  let keptCount = 0;
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < size; a++) from[a] = columns[a]![i]! - gate.mean[a]!;
    let distanceSquare = 0;
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) distanceSquare += from[a]! * weights[a * size + b]! * from[b]!;
    }
    if (distanceSquare <= gate.distance_square) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}

function ellipseRegion({ dims, mean, covariance, distance_square }: Ellipse): Region | undefined {
  const [x, y] = dims;
  if (x === undefined || y === undefined || dims.length !== 2) return undefined;
  const [meanX, meanY] = [mean[0]!, mean[1]!];
  const weights = inverse(new Matrix(covariance.map((row) => [...row]))).to1DArray();
  const [w00, w01, w10, w11] = [weights[0]!, weights[1]!, weights[2]!, weights[3]!];
  // The sums in the order of `ellipseMembers`.
  const square = (dx: number, dy: number): number => 0 + dx * w00 * dx + dx * w01 * dy + dy * w10 * dx + dy * w11 * dy;
  const reach = [0, 1].map((d) => Math.sqrt(distance_square * covariance[d]![d]!) * (1 + NEAR));
  const extent: Box = {
    left: meanX - reach[0]!,
    right: meanX + reach[0]!,
    bottom: meanY - reach[1]!,
    top: meanY + reach[1]!,
  };
  const radius = Math.sqrt(distance_square);
  return {
    dims: [x, y],
    extent,
    holds: (atX, atY) => square(atX - meanX, atY - meanY) <= distance_square,
    sure(asked): Sure {
      if (isApart(asked, extent)) return 'out';
      const [halfX, halfY] = [(asked.right - asked.left) / 2, (asked.top - asked.bottom) / 2];
      if (!(halfX + halfY < Number.POSITIVE_INFINITY)) return 'ask';
      const middle = Math.sqrt(square(asked.left + halfX - meanX, asked.bottom + halfY - meanY));
      // No point of the box is farther from its middle than a corner, in the ellipse's own distance.
      const corner = Math.sqrt(Math.max(square(halfX, halfY), square(halfX, -halfY)));
      if (middle + corner < radius * (1 - NEAR)) return 'in';
      return middle - corner > radius * (1 + NEAR) ? 'out' : 'ask';
    },
  };
}

/** Share of an ellipse's radius in which rounding may decide: nobody there is sorted without being asked. */
const NEAR = 1e-6;

function isApart(a: Box, b: Box): boolean {
  return a.right < b.left || a.left > b.right || a.top < b.bottom || a.bottom > b.top;
}

/** The ellipse itself where both its axes are shown, else its extent along the one that is. */
function ellipseOutline({ dims, mean, covariance, distance_square }: Ellipse, plane: GatePlane): readonly Outline[] {
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

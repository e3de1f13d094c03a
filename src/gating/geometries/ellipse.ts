import { inverse, Matrix } from 'ml-matrix';
import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { Ellipse } from '../geometry.ts';

/** Squared Mahalanobis distance ≤ distance_square, in any number of dimensions (Gating-ML 2.0, EllipsoidGate). */
export function ellipseMembers(gate: Ellipse, context: GateContext, parent: EventIndex): EventIndex {
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

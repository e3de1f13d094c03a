import { type Axis, axesOnChannels, type Point } from '../axis.ts';
import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { GeometryKind } from '../geometryKind.ts';
import { edge, traced } from '../outline.ts';

/** t = (p − origin)·direction ≥ from, and |perpendicular| < half_width. */
export interface Strip {
  readonly kind: 'strip';
  readonly dims: readonly [Axis, Axis];
  readonly origin: Point;
  readonly direction: Point;
  readonly from: number;
  readonly half_width: number;
}

export const strip: GeometryKind<Strip> = {
  members: stripMembers,
  axes: ({ dims }) => dims,
  needsOwnFrame: ({ dims }, marker) => dims.some((dim) => dim.marker === marker),
  onChannels(gate, channelOf) {
    const [x, y] = axesOnChannels(gate.dims, channelOf) ?? [];
    return x && y && { ...gate, dims: [x, y] };
  },
  sides: () => undefined,
  // It lies where its alignment lies, which is moved instead.
  moved: (gate) => gate,
  edges: (gate) => [{ edge: 'border', moved: (by) => ({ ...gate, from: gate.from + by }) }],
  // Along the ridge only: across it, the alignment says where it lies.
  handles: (gate) => [
    { name: 'border', isOnMarker: false, moved: (_mover, by) => ({ ...gate, from: gate.from + by }) },
  ],
  outline: (gate, plane) => [edge(traced(plane, gate.dims, stripCorners(gate)))],
};

// In u: longer than any axis, which ends near u = 8 (arcsinh of 262144 / 150).
const faraway = 40;

/** A half-open band along a direction: t = (p − origin)·direction ≥ from and |perpendicular| < half_width. */
function stripMembers(gate: Strip, context: GateContext, parent: EventIndex): EventIndex {
  const [xAxis, yAxis] = gate.dims;
  const x = context.events.values({ name: xAxis.channel, scale: context.scaleOf(xAxis) }, parent);
  const y = context.events.values({ name: yAxis.channel, scale: context.scaleOf(yAxis) }, parent);
  const [originX, originY] = gate.origin;
  const [alongX, alongY] = gate.direction;
  const keep = new Uint8Array(x.length);
  let keptCount = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - originX;
    const dy = y[i]! - originY;
    if (dx * alongX + dy * alongY >= gate.from && Math.abs(dy * alongX - dx * alongY) < gate.half_width) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}

/** Corners of the strip, open end far away: up one side and back along the other. */
function stripCorners({ origin, direction, from, half_width }: Strip): Point[] {
  const length = Math.hypot(direction[0], direction[1]);
  const [dx, dy] = [direction[0] / length, direction[1] / length];
  const at = (t: number, across: number): Point => [origin[0] + t * dx - across * dy, origin[1] + t * dy + across * dx];
  return [at(from + faraway, half_width), at(from, half_width), at(from, -half_width), at(from + faraway, -half_width)];
}

import { type Axis, axesOnChannels, type Point } from '../axis.ts';
import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { GeometryKind, Mover } from '../geometryKind.ts';
import { edge, traced } from '../outline.ts';
import type { Box, Region } from '../region.ts';
import { sureOfOutline } from '../sureOfOutline.ts';

/** Even–odd rule; a point exactly on an edge is inside. */
export interface Polygon {
  readonly kind: 'polygon';
  readonly dims: readonly [Axis, Axis];
  readonly vertices: readonly Point[];
  readonly vertices_raw: readonly Point[];
}

export const polygon: GeometryKind<Polygon> = {
  members: polygonMembers,
  axes: ({ dims }) => dims,
  needsOwnFrame: ({ dims }, marker) => dims.some((dim) => dim.marker === marker),
  onChannels(gate, channelOf) {
    const [x, y] = axesOnChannels(gate.dims, channelOf) ?? [];
    return x && y && { ...gate, dims: [x, y] };
  },
  sides: () => undefined,
  region: polygonRegion,
  moved(gate, { on, raw }) {
    const [x, y] = gate.dims;
    return {
      ...gate,
      vertices: gate.vertices.map(([atX, atY]) => [on(x, atX), on(y, atY)]),
      vertices_raw: gate.vertices_raw.map(([atX, atY]) => [raw(x, atX), raw(y, atY)]),
    };
  },
  // An outline has no edge that could be moved without its neighbours.
  edges: () => [],
  handles: (gate) =>
    gate.dims.map((axis, d) => ({
      name: axis.marker,
      isOnMarker: true,
      moved: ({ on, raw }: Mover) => ({
        ...gate,
        vertices: gate.vertices.map((point) => movedPoint(point, d, (at) => on(axis, at))),
        vertices_raw: gate.vertices_raw.map((point) => movedPoint(point, d, (at) => raw(axis, at))),
      }),
    })),
  outline: ({ dims, vertices }, plane) => [edge(traced(plane, dims, [...vertices, ...vertices.slice(0, 1)]))],
};

function movedPoint([x, y]: Point, d: number, move: (at: number) => number): Point {
  return d === 0 ? [move(x), y] : [x, move(y)];
}

/** Even–odd rule in the polygon's own coordinates; a point exactly on an edge is inside (Gating-ML 2.0 reference results). */
function polygonMembers(gate: Polygon, context: GateContext, parent: EventIndex): EventIndex {
  const [xAxis, yAxis] = gate.dims;
  const x = context.events.values({ name: xAxis.channel, scale: context.scaleOf(xAxis) }, parent);
  const y = context.events.values({ name: yAxis.channel, scale: context.scaleOf(yAxis) }, parent);
  const box = boundingBox(gate.vertices);
  const keep = new Uint8Array(x.length);
  let keptCount = 0;
  for (let i = 0; i < x.length; i++) {
    const px = x[i]!;
    const py = y[i]!;
    if (isInBox(box, px, py) && isInside(gate.vertices, px, py)) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}

function polygonRegion({ dims, vertices }: Polygon): Region {
  const box = boundingBox(vertices);
  const holds = (x: number, y: number): boolean => isInBox(box, x, y) && isInside(vertices, x, y);
  return { dims, extent: box, holds, sure: (asked) => sureOfOutline(vertices, { box, holds }, asked) };
}

/** Written so that a value that is no number fails. */
function isInBox({ left, right, bottom, top }: Box, x: number, y: number): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

function boundingBox(vertices: readonly Point[]): Box {
  const xs = vertices.map((v) => v[0]);
  const ys = vertices.map((v) => v[1]);
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
}

function isInside(vertices: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  let from = vertices[vertices.length - 1] as Point;
  for (const to of vertices) {
    if (isOnEdge(from, to, x, y)) return true;
    if (to[1] > y !== from[1] > y && x < ((from[0] - to[0]) * (y - to[1])) / (from[1] - to[1]) + to[0])
      inside = !inside;
    from = to;
  }
  return inside;
}

function isOnEdge(from: Point, to: Point, x: number, y: number): boolean {
  if (x < Math.min(from[0], to[0]) || x > Math.max(from[0], to[0])) return false;
  if (y < Math.min(from[1], to[1]) || y > Math.max(from[1], to[1])) return false;
  return (to[0] - from[0]) * (y - from[1]) === (to[1] - from[1]) * (x - from[0]);
}

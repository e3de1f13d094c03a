import type { Geometry, Point } from '../../gating/index.ts';
import { type PoolFrame, poolFrame } from '../cuts/poolFrame.ts';
import { groupOf, isInGroup, poolWeight, rowsOfTube } from '../cuts/poolGroups.ts';
import { type GatePlacement, type GateRequest, type GateTube, notPlaced } from '../method.ts';
import type { WeightedPoints } from './mixtureFit.ts';

/** A shape found in a plane, in u of the pool. */
export interface PlaneFound<Shape> {
  /** undefined: no shape could be found; the flags say why. */
  readonly shape: Shape | undefined;
  /** Modes or means seen, as points. */
  readonly modes: readonly Point[];
  readonly flags: readonly string[];
}

/**
 * Places a shape in the plane of two markers: found once in each pool, where every tube counts alike and lies on the
 * pool's landmark, and carried back to each tube point by point. A shape has no own vote: a tube of few events would
 * bend it.
 * @param find looks for the shape in pooled points, finite, in u
 * @param draw the geometry of a shape in a tube, its points moved by `toTube`
 */
export function placePlane<Shape>(
  markers: readonly [string, string],
  request: GateRequest,
  find: (points: WeightedPoints) => PlaneFound<Shape>,
  draw: (shape: Shape, toTube: (point: Point) => Point, tube: GateTube) => Geometry,
): readonly GatePlacement[] {
  const frames = [poolFrame(request, markers[0]), poolFrame(request, markers[1])] as const;
  const found = new Map<string, PlaneFound<Shape>>();
  for (const key of new Set(request.tubes.map((tube) => groupOf(tube, request.pool)))) {
    const members = request.tubes.filter((tube) => isInGroup(tube, key, request.pool));
    const rows = rowsOfTube(request.pool, members.length);
    found.set(key, find(joinParts(members.map((tube) => planeOf(tube, markers, frames, rows)))));
  }
  return request.tubes.map((tube) => {
    if (!markers.every((marker) => tube.has(marker))) return notPlaced(['marker_absent']);
    const { shape, modes, flags } = found.get(groupOf(tube, request.pool)) as PlaneFound<Shape>;
    if (shape === undefined) return notPlaced(flags);
    return {
      geometry: draw(shape, ([x, y]) => [frames[0].toTube(tube, x), frames[1].toTube(tube, y)], tube),
      landmarks: frames.flatMap((frame) => frame.landmark(tube) ?? []),
      modes: markers.map((marker, axis) => ({ marker, at: modes.map((mode) => mode[axis as 0 | 1]) })),
      rule: request.pool === 'tube' ? 'own' : 'pooled',
      fallback: null,
      flags,
    };
  });
}

/** First rows of a tube that are numbers on both markers, in the pool's frame. */
function planeOf(
  tube: GateTube,
  [xMarker, yMarker]: readonly [string, string],
  [xFrame, yFrame]: readonly [PoolFrame, PoolFrame],
  most: number,
) {
  if (!tube.has(xMarker) || !tube.has(yMarker)) return { x: [], y: [] };
  const [allX, allY] = [tube.u(xMarker), tube.u(yMarker)];
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < allX.length && x.length < most; i++) {
    if (!Number.isFinite(allX[i]!) || !Number.isFinite(allY[i]!)) continue;
    x.push(xFrame.toPool(tube, allX[i]!));
    y.push(yFrame.toPool(tube, allY[i]!));
  }
  return { x, y };
}

function joinParts(parts: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[]): WeightedPoints {
  return {
    x: Float64Array.from(parts.flatMap(({ x }) => x)),
    y: Float64Array.from(parts.flatMap(({ y }) => y)),
    weights: Float64Array.from(parts.flatMap(({ x }) => x.map(() => poolWeight(x.length)))),
  };
}

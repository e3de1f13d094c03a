import type { Geometry, Point } from '../gating/index.ts';
import { type GatePlacement, type GateRequest, type GateTube, notPlaced } from './method.ts';
import type { WeightedPoints } from './mixtureFit.ts';
import { groupOf, isInGroup, poolWeight, rowsOfTube } from './poolGroups.ts';

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
 * alignment's landmark, and carried back to each tube by its offset. A shape has no own vote: a tube of few events would
 * bend it.
 * @param find looks for the shape in pooled points, finite, in u
 * @param draw the geometry of a shape moved by an offset
 */
export function placePlane<Shape>(
  markers: readonly [string, string],
  request: GateRequest,
  find: (points: WeightedPoints) => PlaneFound<Shape>,
  draw: (shape: Shape, offset: Point, tube: GateTube) => Geometry,
): readonly GatePlacement[] {
  const offsetOf = (tube: GateTube): Point => [
    request.alignment?.offset(tube.sampleId, markers[0]) ?? 0,
    request.alignment?.offset(tube.sampleId, markers[1]) ?? 0,
  ];
  const found = new Map<string, PlaneFound<Shape>>();
  for (const key of new Set(request.tubes.map((tube) => groupOf(tube, request.pool)))) {
    const members = request.tubes.filter((tube) => isInGroup(tube, key, request.pool));
    const rows = rowsOfTube(request.pool);
    found.set(key, find(joined(members.map((tube) => planeOf(tube, markers, offsetOf(tube), rows)))));
  }
  return request.tubes.map((tube) => {
    if (!markers.every((marker) => tube.has(marker))) return notPlaced(['marker_absent']);
    const { shape, modes, flags } = found.get(groupOf(tube, request.pool)) as PlaneFound<Shape>;
    if (shape === undefined) return notPlaced(flags);
    return {
      geometry: draw(shape, offsetOf(tube), tube),
      landmarks: [],
      modes: markers.map((marker, axis) => ({ marker, at: modes.map((mode) => mode[axis as 0 | 1]) })),
      rule: request.pool === 'tube' ? 'own' : 'pooled',
      fallback: null,
      flags,
    };
  });
}

/** First rows of a tube that are numbers on both markers, on the study's landmark. */
function planeOf(tube: GateTube, [xMarker, yMarker]: readonly [string, string], offset: Point, most: number) {
  if (!tube.has(xMarker) || !tube.has(yMarker)) return { x: [], y: [] };
  const [allX, allY] = [tube.u(xMarker), tube.u(yMarker)];
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < allX.length && x.length < most; i++) {
    if (!Number.isFinite(allX[i]!) || !Number.isFinite(allY[i]!)) continue;
    x.push(allX[i]! - offset[0]);
    y.push(allY[i]! - offset[1]);
  }
  return { x, y };
}

function joined(parts: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[]): WeightedPoints {
  return {
    x: Float64Array.from(parts.flatMap(({ x }) => x)),
    y: Float64Array.from(parts.flatMap(({ y }) => y)),
    weights: Float64Array.from(parts.flatMap(({ x }) => x.map(() => poolWeight(x.length)))),
  };
}

import type { ForeignPoint } from '../model.ts';

/** Far beyond the coordinates that values have on a scale, and still finite in linear units. */
const FAR = 20;

/** Where coordinates of an axis are held; null = nowhere. */
export interface HeldAt {
  readonly boundMin: number | null;
  readonly boundMax: number | null;
}

/**
 * The polygon that holds, of coordinates as they are, whom another holds of coordinates that are held at limits: what lies
 * beyond a limit is where the polygon is at the limit.
 */
export function heldPolygon(
  vertices: readonly ForeignPoint[],
  held: readonly [HeldAt, HeldAt],
): readonly ForeignPoint[] {
  return ([0, 1] as const).reduce<readonly ForeignPoint[]>((points, axis) => {
    const { boundMin, boundMax } = held[axis];
    const above = boundMin === null ? points : drawnOut(points, { axis, bound: boundMin, side: -1 });
    return boundMax === null ? above : drawnOut(above, { axis, bound: boundMax, side: 1 });
  }, vertices);
}

interface Limit {
  readonly axis: 0 | 1;
  readonly bound: number;
  /** Which way lies beyond. */
  readonly side: -1 | 1;
}

/** Cut off at a limit (Sutherland & Hodgman 1974), and what lies on the limit drawn out beyond it. */
function drawnOut(points: readonly ForeignPoint[], { axis, bound, side }: Limit): readonly ForeignPoint[] {
  const isBeyond = (point: ForeignPoint): boolean => side * (point[axis] - bound) > 0;
  const at = (point: ForeignPoint, place: number): ForeignPoint => (axis === 0 ? [place, point[1]] : [point[0], place]);
  const crossing = (a: ForeignPoint, b: ForeignPoint): ForeignPoint => {
    const share = (bound - a[axis]) / (b[axis] - a[axis]);
    const other = axis === 0 ? 1 : 0;
    const across = a[other] + share * (b[other] - a[other]);
    return axis === 0 ? [bound, across] : [across, bound];
  };
  return points.flatMap((point, i) => {
    const next = points[(i + 1) % points.length]!;
    const [isHere, isNext] = [isBeyond(point), isBeyond(next)];
    const own = isHere ? [] : [point];
    if (isHere === isNext) return own;
    const edge = crossing(point, next);
    const far = at(edge, side * FAR);
    return isHere ? [...own, far, edge] : [...own, edge, far];
  });
}

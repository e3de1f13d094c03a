import type { Geometry, Point, TubeBook } from '../../src/gating/index.ts';

/** Linear value of a channel in one event. */
type ValueIn = (channel: string) => number;

/**
 * The same question asked the slow way, one event at a time, from the definitions of Gating-ML 2.0 and no line of the
 * program: is this event in the population? undefined where the population has no place. Linear coordinates only.
 */
export function isMember(book: TubeBook, path: string, valueIn: ValueIn): boolean | undefined {
  if (path === 'root') return true;
  const gate = book.gates.find(({ population }) => population === path);
  if (!gate) throw new Error(`no gate "${path}"`);
  const inParent = isMember(book, gate.parent, valueIn);
  const inGate = isInside(gate.geometry, valueIn, (other) => isMember(book, other, valueIn));
  return inParent === undefined || inGate === undefined ? undefined : inParent && inGate;
}

function isInside(
  geometry: Geometry,
  valueIn: ValueIn,
  memberOf: (path: string) => boolean | undefined,
): boolean | undefined {
  switch (geometry.kind) {
    case 'none':
      return undefined;
    case 'interval':
    case 'rectangle':
      return geometry.dims.every(({ channel, min_raw, max_raw }) => {
        const x = valueIn(channel);
        if (Number.isNaN(x)) return false;
        return (min_raw === null || x >= min_raw) && (max_raw === null || x < max_raw);
      });
    case 'quadrant':
      return geometry.dims.every(({ channel }, i) => {
        const x = valueIn(channel);
        if (Number.isNaN(x)) return false;
        const isAbove = x >= (geometry.dividers_raw[i] ?? Number.NaN);
        return geometry.side[i] === 'above' ? isAbove : !isAbove;
      });
    case 'ratio': {
      const [top, bottom] = geometry.dims.map(({ channel }) => valueIn(channel)) as [number, number];
      return bottom > 0 && top / bottom >= geometry.min && top / bottom < geometry.max;
    }
    case 'polygon':
    case 'ellipse':
    case 'strip': {
      const [x = Number.NaN, y = Number.NaN] = geometry.dims.map(({ channel }) => valueIn(channel));
      if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
      if (geometry.kind === 'polygon') return isInPolygon(geometry.vertices, [x, y]);
      if (geometry.kind === 'ellipse')
        return isInEllipse(geometry.mean, geometry.covariance, [x, y], geometry.distance_square);
      const [dx, dy] = [x - geometry.origin[0], y - geometry.origin[1]];
      const [ux, uy] = geometry.direction;
      return dx * ux + dy * uy >= geometry.from && Math.abs(ux * dy - uy * dx) < geometry.half_width;
    }
    case 'all': {
      const parts = geometry.of.map((part) => isInside(part, valueIn, memberOf));
      return parts.includes(undefined) ? undefined : parts.every(Boolean);
    }
    case 'boolean': {
      const parts = geometry.of.map((operand) => {
        const inside =
          'population' in operand
            ? memberOf(operand.population)
            : isInside({ kind: 'boolean', ...operand }, valueIn, memberOf);
        return inside === undefined ? undefined : inside !== operand.complement;
      });
      if (parts.includes(undefined)) return undefined;
      return geometry.op === 'and' ? parts.every(Boolean) : parts.some(Boolean);
    }
  }
}

/** On an edge, or an odd number of edges crossed by the ray upwards; by signs of areas, without a division. */
function isInPolygon(vertices: readonly Point[], [x, y]: Point): boolean {
  let crossings = 0;
  for (const [i, [ax, ay]] of vertices.entries()) {
    const [bx, by] = vertices[(i + 1) % vertices.length] as Point;
    const area = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const isBetween = (x - ax) * (x - bx) <= 0 && (y - ay) * (y - by) <= 0;
    if (area === 0 && isBetween) return true;
    const leftmost = Math.min(ax, bx);
    const rightmost = Math.max(ax, bx);
    if (x < leftmost || x >= rightmost) continue;
    // The edge lies above the point where the area has the sign of the way from left to right, negated.
    if ((bx > ax ? -area : area) > 0) crossings++;
  }
  return crossings % 2 === 1;
}

function isInEllipse(
  mean: readonly number[],
  covariance: readonly (readonly number[])[],
  [x, y]: Point,
  limit: number,
): boolean {
  const [[a = 0, b = 0] = [], [, d = 0] = []] = covariance;
  const [dx, dy] = [x - (mean[0] ?? 0), y - (mean[1] ?? 0)];
  // Both sides times the determinant, which is positive: exact in whole numbers.
  return d * dx * dx - 2 * b * dx * dy + a * dy * dy <= limit * (a * d - b * b);
}

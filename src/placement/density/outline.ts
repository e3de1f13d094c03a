import type { Point } from '../../gating/index.ts';
import type { PlaneDensity } from './planeDensity.ts';

/** Largest distance of a left-out corner from the line that replaces it, in bins. */
const STRAIGHT_WITHIN = 0.5;
const MOST_VERTICES = 40;

/**
 * The outer border of a set of bins as a polygon: marching squares (Lorensen & Cline 1987, in the plane) with the border
 * between an inside and an outside bin where the density crosses the level, then thinned (Douglas & Peucker 1973) to
 * half a bin and at most 40 corners. Holes are filled.
 * @param inside 1 for bins of one joined set
 */
export function outlineOf(density: PlaneDensity, inside: Uint8Array, level: number): readonly Point[] {
  const ring = longest(rings(segments(density, inside, level)));
  let tolerance = STRAIGHT_WITHIN;
  let thin = thinRing(ring, tolerance);
  while (thin.length > MOST_VERTICES) {
    tolerance *= 1.5;
    thin = thinRing(ring, tolerance);
  }
  const { origin, step } = density;
  return thin.map(([x, y]): Point => [origin[0] + (x + 0.5) * step[0], origin[1] + (y + 0.5) * step[1]]);
}

type Segment = readonly [from: string, to: string];
interface Segments {
  readonly list: readonly Segment[];
  readonly places: ReadonlyMap<string, Point>;
}

/** Edges of a cell of four bin centres, by its corners: 1 lower left, 2 lower right, 4 upper right, 8 upper left. */
const CASES: readonly (readonly [number, number][])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  // Two corners opposite each other: bins count as joined over corners, so the middle is inside.
  [
    [1, 0],
    [3, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

function segments(density: PlaneDensity, inside: Uint8Array, level: number): Segments {
  const { bins, values } = density;
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= bins || row >= bins ? -1 : row * bins + column;
  const isIn = (bin: number) => bin >= 0 && inside[bin] === 1;
  const places = new Map<string, Point>();
  const list: Segment[] = [];
  const crossing = (one: readonly [number, number], other: readonly [number, number]): string => {
    const [a, b] = isIn(at(...one)) ? [one, other] : [other, one];
    const [high, low] = [values[at(...a)]!, at(...b) < 0 ? 0 : values[at(...b)]!];
    // Where a basin ends, the bin outside may be denser than the level: the border then lies midway.
    const share = low < level && high > low ? Math.min(1, (high - level) / (high - low)) : 0.5;
    const key = `${one[0]},${one[1]},${other[0]},${other[1]}`;
    places.set(key, [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]);
    return key;
  };
  for (let row = -1; row < bins; row++) {
    for (let column = -1; column < bins; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      const kind = corners.reduce((sum, corner, i) => sum + (isIn(at(...corner)) ? 1 << i : 0), 0);
      const edges = [
        [corners[0], corners[1]],
        [corners[1], corners[2]],
        [corners[3], corners[2]],
        [corners[0], corners[3]],
      ] as const;
      for (const [from, to] of CASES[kind]!) list.push([crossing(...edges[from]!), crossing(...edges[to]!)]);
    }
  }
  return { list, places };
}

/** Segments joined end to end; every end belongs to two of them, since the grid is closed by bins outside it. */
function rings({ list, places }: Segments): Point[][] {
  const touching = new Map<string, string[]>();
  for (const [from, to] of list) {
    touching.set(from, [...(touching.get(from) ?? []), to]);
    touching.set(to, [...(touching.get(to) ?? []), from]);
  }
  const seen = new Set<string>();
  const found: Point[][] = [];
  for (const start of touching.keys()) {
    const ring: Point[] = [];
    let at: string | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      ring.push(places.get(at)!);
      at = touching.get(at)!.find((next) => !seen.has(next));
    }
    if (ring.length > 0) found.push(ring);
  }
  return found;
}

/** The ring around the others: the one that encloses most. */
function longest(found: readonly Point[][]): Point[] {
  const area = (ring: readonly Point[]) =>
    Math.abs(
      ring.reduce((sum, [x, y], i) => {
        const [nextX, nextY] = ring[(i + 1) % ring.length]!;
        return sum + x * nextY - nextX * y;
      }, 0),
    );
  return found.reduce<Point[]>((best, ring) => (area(ring) > area(best) ? ring : best), []);
}

/** The ring without corners that lie within the tolerance of the line between kept ones. */
function thinRing(ring: readonly Point[], tolerance: number): Point[] {
  if (ring.length <= 4) return [...ring];
  const start = ring[0]!;
  const far = ring.reduce((best, point, i) => (distance(point, start) > distance(ring[best]!, start) ? i : best), 0);
  const there = ring.slice(0, far + 1);
  const back = [...ring.slice(far), start];
  return [...simplifyLine(there, tolerance).slice(0, -1), ...simplifyLine(back, tolerance).slice(0, -1)];
}

function simplifyLine(line: readonly Point[], tolerance: number): Point[] {
  const [first, last] = [line[0]!, line.at(-1)!];
  let worst = 0;
  let index = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const off = distanceFromLine(line[i]!, first, last);
    if (off > worst) [worst, index] = [off, i];
  }
  if (worst <= tolerance) return [first, last];
  return [
    ...simplifyLine(line.slice(0, index + 1), tolerance).slice(0, -1),
    ...simplifyLine(line.slice(index), tolerance),
  ];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function distanceFromLine(point: Point, from: Point, to: Point): number {
  const length = distance(from, to);
  if (length === 0) return distance(point, from);
  return Math.abs((to[0] - from[0]) * (from[1] - point[1]) - (from[0] - point[0]) * (to[1] - from[1])) / length;
}

import type { Bounds, Geometry } from '../gating/index.ts';

/** How much a population hangs on one edge of its gate. */
export interface EdgeSensitivity {
  /** Marker and side, or `border` for a border across a ridge. */
  readonly edge: string;
  /** Change of the count, in percent, as the edge moves by .1 u: half of the log ratio of outwards and inwards. */
  readonly percent: number;
}

/** In u, either way. */
const STEP = 0.1;
/** Fewer sampled members than this over the study show no slope. */
const LEAST_MEMBERS = 100;
/** In percent a tenth of u: beyond it the border is a dial, not a gate. */
export const DIAL = 8;

/**
 * What becomes of a gate's count when each of its edges moves by .1 u either way, in all tubes alike: the slope that
 * back-gating shows. A gate in a valley hardly minds; a border on a continuum does.
 * @param geometries one a tube of the pool
 * @param countIn sampled members of the parent in tube t inside a geometry
 * @param rawOf a coordinate of u in linear units
 */
export function edgeSensitivity(
  geometries: readonly Geometry[],
  countIn: (t: number, geometry: Geometry) => number,
  rawOf: (marker: string, u: number) => number,
): readonly EdgeSensitivity[] {
  const sums = new Map<string, [inwards: number, outwards: number]>();
  let total = 0;
  geometries.forEach((geometry, t) => {
    const edges = edgesOf(geometry, rawOf);
    if (edges.length > 0) total += countIn(t, geometry);
    for (const { edge, moved } of edges) {
      const sum = sums.get(edge) ?? [0, 0];
      sum[0] += countIn(t, moved(-STEP));
      sum[1] += countIn(t, moved(STEP));
      sums.set(edge, sum);
    }
  });
  if (total < LEAST_MEMBERS) return [];
  return [...sums].flatMap(([edge, [low, high]]) =>
    low > 0 && high > 0 ? [{ edge, percent: 50 * Math.abs(Math.log(high / low)) }] : [],
  );
}

interface Edge {
  readonly edge: string;
  /** The geometry with this edge moved along its axis. */
  readonly moved: (by: number) => Geometry;
}

/** Edges that lie in u: those that a method placed. */
function edgesOf(geometry: Geometry, rawOf: (marker: string, u: number) => number): Edge[] {
  switch (geometry.kind) {
    case 'interval':
      return edgesOfBounds(geometry.dims, rawOf, ([dim]) => ({ kind: 'interval', dims: [dim as Bounds] }));
    case 'rectangle':
      return edgesOfBounds(geometry.dims, rawOf, (dims) => ({ kind: 'rectangle', dims }));
    case 'quadrant':
      return geometry.dims.flatMap(({ marker, frame }, d) => {
        if (frame !== 'u') return [];
        const moved = (by: number): Geometry => {
          const dividers = geometry.dividers.with(d, geometry.dividers[d]! + by);
          return { ...geometry, dividers, dividers_raw: geometry.dividers_raw.with(d, rawOf(marker, dividers[d]!)) };
        };
        return [{ edge: marker, moved }];
      });
    case 'strip':
      return [{ edge: 'border', moved: (by) => ({ ...geometry, from: geometry.from + by }) }];
    case 'all':
      return geometry.of.flatMap((part, p) =>
        edgesOf(part, rawOf).map(({ edge, moved }) => ({
          edge,
          moved: (by: number): Geometry => ({ ...geometry, of: geometry.of.with(p, moved(by)) }),
        })),
      );
    default:
      return [];
  }
}

function edgesOfBounds(
  dims: readonly Bounds[],
  rawOf: (marker: string, u: number) => number,
  build: (dims: readonly Bounds[]) => Geometry,
): Edge[] {
  return dims.flatMap((dim, d) =>
    (['min', 'max'] as const).flatMap((side) => {
      const at = dim[side];
      if (at === null || dim.frame !== 'u') return [];
      const moved = (by: number) =>
        build(dims.with(d, { ...dim, [side]: at + by, [`${side}_raw`]: rawOf(dim.marker, at + by) }));
      return [{ edge: `${dim.marker} ${side}`, moved }];
    }),
  );
}

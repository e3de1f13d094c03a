import { type Geometry, kindOf } from '../../gating/index.ts';

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
    const edges = kindOf(geometry).edges(geometry, rawOf);
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

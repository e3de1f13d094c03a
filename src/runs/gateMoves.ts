import type { BookScale, BookTubeGate, Geometry, PlacementBook } from '../gating/index.ts';
import { pageGate } from '../review/index.ts';
import { canonicalJson } from '../tables/index.ts';

/** One edge of a gate that lies elsewhere in one tube. */
export interface EdgeMove {
  readonly sampleId: string;
  /** Handle of the edge: `CD56 min`, `border`; `outline` of a polygon or an ellipse; `shape` where it is another one. */
  readonly edge: string;
  /** In u, positive is brighter; null where another shape has no distance. */
  readonly by: number | null;
  /** Whether a person moved it in the second run. */
  readonly isByHand: boolean;
}

/** Gates of one population that lie elsewhere. */
export interface PopulationMoves {
  readonly population: string;
  readonly moves: readonly EdgeMove[];
  readonly tubeCount: number;
  /** The largest of them in u; null where none has a distance. */
  readonly largest: number | null;
}

/** In u: less is what another engine computes in a last bit. */
const SAME = 1e-9;

/** How far the gates of tubes that both books have were moved, in u of the first. */
export function gateMoves(from: PlacementBook, to: PlacementBook): readonly PopulationMoves[] {
  return to.gates.flatMap((gate) => {
    const earlier = from.gates.find(({ population }) => population === gate.population);
    if (earlier === undefined) return [];
    const before = new Map(earlier.tubes.map((entry) => [entry.sample_id, entry]));
    const moves = gate.tubes.flatMap((entry) => entryMoves(before.get(entry.sample_id), entry, from.scales));
    if (moves.length === 0) return [];
    const distances = moves.flatMap(({ by }) => (by === null ? [] : [Math.abs(by)]));
    return [
      {
        population: gate.population,
        moves,
        tubeCount: new Set(moves.map(({ sampleId }) => sampleId)).size,
        largest: distances.length === 0 ? null : Math.max(...distances),
      },
    ];
  });
}

function entryMoves(from: BookTubeGate | undefined, to: BookTubeGate, scales: readonly BookScale[]): EdgeMove[] {
  if (from === undefined || canonicalJson(from.geometry) === canonicalJson(to.geometry)) return [];
  const isByHand = to.override !== null;
  return distancesOf(from.geometry, to.geometry, scales).map(({ edge, by }) => ({
    sampleId: to.sample_id,
    edge,
    by,
    isByHand,
  }));
}

function distancesOf(
  from: Geometry,
  to: Geometry,
  scales: readonly BookScale[],
): { edge: string; by: number | null }[] {
  const [before, after] = [pageGate(from, scales), pageGate(to, scales)];
  const names = (gate: typeof before) => gate.edges.map(({ handle, side }) => `${handle} ${side}`).join('\n');
  const isAlike =
    from.kind === to.kind &&
    names(before) === names(after) &&
    before.outlines.length === after.outlines.length &&
    before.outlines.every(({ points }, i) => points.length === after.outlines[i]!.points.length);
  if (!isAlike) return [{ edge: 'shape', by: null }];
  const edges = after.edges.map(({ handle, at }, i) => ({ edge: handle, by: at - before.edges[i]!.at }));
  const outlines = after.outlines.map(({ points }, i) => ({
    edge: 'outline',
    by: farthest(before.outlines[i]!.points, points),
  }));
  const moved = [...edges, ...outlines].filter(({ by }) => Math.abs(by) > SAME);
  // Only what has no edge in u differs: a ratio, stretches of time, the ends of a band.
  return moved.length > 0 || !differsBeside(before, after) ? moved : [{ edge: 'shape', by: null }];
}

function differsBeside(before: ReturnType<typeof pageGate>, after: ReturnType<typeof pageGate>): boolean {
  const beside = ({ fixed, shaped, edges }: typeof before) =>
    canonicalJson([fixed, shaped, edges.map(({ line }) => line ?? null)]);
  return beside(before) !== beside(after);
}

function farthest(from: readonly (readonly [number, number])[], to: readonly (readonly [number, number])[]): number {
  return Math.max(...to.map(([x, y], i) => Math.hypot(x - from[i]![0], y - from[i]![1])));
}

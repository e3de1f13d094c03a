import { type Geometry, handlesOf, members, shiftedGeometry, type TubeBook } from '../../gating/index.ts';
import type { TubeSight } from './tubeReview.ts';

/** In u, either way. */
const MOVE = 0.1;
/** Added to both counts, so that a share of none has a log. */
const HALF = 0.5;
/** A population that no planned comparison names still counts for something: somebody reads its row. */
const UNPLANNED = 0.25;

/**
 * No gate weighs less than one whose planned share moves by so much: a cut that lies far out, where there are no events,
 * has no slope at all, and is the one to be found. Two per cent a tenth of u is a clean valley's.
 */
const LEAST_SLOPE = 0.02;

/** How far a gate's place is in doubt, and how much hangs on it. */
export interface GateDoubt {
  readonly uncertainty: number;
  readonly leverage: number;
  /** The handle on which most hangs; null where nothing can be moved. */
  readonly lever: string | null;
}

/**
 * The two factors of a gate's rank. Uncertainty: the root mean square of the log share over plausible places, measured
 * from the place that it has, so that a gate that lies apart from those of all other tubes is doubted most. Leverage: by
 * how much a planned share of this tube moves when an edge of this gate moves by 0.1 u. It is not asked whether the tube's
 * visit is compared: the rank would betray it.
 * @param events of the parent
 */
export function gateDoubt(gate: TubeBook['gates'][number], events: Uint32Array, sight: TubeSight): GateDoubt {
  return { uncertainty: uncertaintyOf(gate, events, sight), ...leverageOf(gate, events, sight) };
}

function uncertaintyOf(
  { population, geometry }: TubeBook['gates'][number],
  events: Uint32Array,
  sight: TubeSight,
): number {
  const places = sight.request.places[population] ?? [];
  const countIn = (place: Geometry) => members(place, sight.context, events)?.length;
  const own = countIn(geometry);
  if (own === undefined) return 0;
  const squares = places.flatMap((place) => {
    const count = countIn(place);
    return count === undefined ? [] : [Math.log((count + HALF) / (own + HALF)) ** 2];
  });
  return squares.length === 0 ? 0 : Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
}

function leverageOf(
  gate: TubeBook['gates'][number],
  events: Uint32Array,
  sight: TubeSight,
): Pick<GateDoubt, 'leverage' | 'lever'> {
  const { geometry } = gate;
  const { scales } = sight.book;
  // Sides and borders, each alone; a marker as a whole says no more than they do.
  const handles = handlesOf(geometry);
  const single = handles.filter((name) => !handles.some((other) => other.startsWith(`${name} `)));
  let [leverage, lever]: [number, string | null] = [0, single[0] ?? null];
  for (const axis of single) {
    const out = shiftedGeometry(geometry, { axis, by: MOVE, frame: 'u' }, scales);
    const back = shiftedGeometry(geometry, { axis, by: -MOVE, frame: 'u' }, scales);
    if (out === undefined || back === undefined) continue;
    const [after, before] = [out, back].map((place) => countsBelow(gate, place, events, sight));
    for (const { population, denominator, weight } of targetsOf(gate.population, sight)) {
      const share = (counts: ReadonlyMap<string, number>) =>
        Math.log((counts.get(population) ?? 0) + HALF) -
        Math.log((denominator === null ? undefined : counts.get(denominator)) ?? 1);
      const moved = (weight * Math.abs(share(after!) - share(before!))) / 2;
      if (moved > leverage) [leverage, lever] = [moved, axis];
    }
  }
  const heaviest = Math.max(...targetsOf(gate.population, sight).map(({ weight }) => weight));
  return { leverage: Math.max(leverage, LEAST_SLOPE * heaviest), lever };
}

/** What is planned at or below a gate, and its own population. */
function targetsOf(population: string, { request }: TubeSight): TubeSight['request']['targets'] {
  const own = request.targets.filter(
    (target) => target.population === population || target.population.startsWith(`${population}/`),
  );
  return [...own, { population, denominator: null, weight: UNPLANNED }];
}

/** Counts of a population and of those below it on the way to what is planned, its gate lying elsewhere. */
function countsBelow(
  gate: TubeBook['gates'][number],
  place: Geometry,
  events: Uint32Array,
  sight: TubeSight,
): ReadonlyMap<string, number> {
  const wanted = targetsOf(gate.population, sight).flatMap(({ population, denominator }) => [
    population,
    denominator ?? population,
  ]);
  const counts = new Map<string, number>();
  const descend = (population: string, inside: Uint32Array) => {
    counts.set(population, inside.length);
    for (const child of sight.book.gates) {
      const isOnWay = wanted.some((path) => path === child.population || path.startsWith(`${child.population}/`));
      if (child.parent !== population || !isOnWay || child.geometry.kind === 'boolean') continue;
      const kept = members(child.geometry, sight.context, inside);
      if (kept !== null && kept !== 'all') descend(child.population, kept);
    }
  };
  const inside = members(place, sight.context, events);
  if (inside !== null && inside !== 'all') descend(gate.population, inside);
  return counts;
}

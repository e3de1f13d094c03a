import type { EventIndex } from './events.ts';
import type { GateContext } from './gateContext.ts';
import { type Geometry, kindOf } from './geometries/registry.ts';
import type { Side } from './geometryKind.ts';

/** Many places of one gate, made ready to be counted on any events. */
export type BoundsCounter = (context: GateContext, parent: EventIndex) => number[];

/**
 * Counts of many places of one gate of straight edges. An event that lies inside all of them, or outside of one dimension
 * of all of them, is looked at once; the few between are looked at in each.
 * @returns gives one count a geometry, as `members` would; undefined where one of them has other than straight edges, or
 *   other channels than the first
 */
export function boundsCounter(geometries: readonly Geometry[]): BoundsCounter | undefined {
  const places = geometries.map((geometry) => kindOf(geometry).sides(geometry));
  const [first] = places;
  if (first === undefined || first.length === 0) return undefined;
  const isAlike = (sides: readonly Side[] | undefined): sides is readonly Side[] =>
    sides?.length === first.length && sides.every(({ channel }, d) => channel === first[d]!.channel);
  if (!places.every(isAlike)) return undefined;
  const ends = endsOf(places);
  return (context, parent) => {
    const columns = first.map(({ channel }) => context.events.values({ name: channel, scale: undefined }, parent));
    const { inside, between } = sortColumns(columns, ends);
    return places.map((sides) => inside + countWithin(between, columns, sides));
  };
}

interface Ends {
  readonly loosest: Side;
  readonly tightest: Side;
}

/** Of each dimension the ends that hold every place, and those that every place holds. */
function endsOf(places: readonly (readonly Side[])[]): readonly Ends[] {
  const [first] = places;
  return (first ?? []).map((side, d) => {
    const all = { loosest: { ...side }, tightest: { ...side } };
    for (const sides of places) {
      const { min, max } = sides[d]!;
      all.loosest.min = Math.min(all.loosest.min, min);
      all.loosest.max = Math.max(all.loosest.max, max);
      all.tightest.min = Math.max(all.tightest.min, min);
      all.tightest.max = Math.min(all.tightest.max, max);
    }
    return all;
  });
}

/** How many events lie in every place, and which lie in some of them. */
function sortColumns(columns: readonly Float64Array[], ends: readonly Ends[]) {
  const count = columns[0]?.length ?? 0;
  const between: number[] = [];
  let inside = 0;
  for (let i = 0; i < count; i++) {
    let isPossible = true;
    let isCertain = true;
    for (let d = 0; d < columns.length && isPossible; d++) {
      const x = columns[d]![i]!;
      const { loosest, tightest } = ends[d]!;
      isPossible = holds(loosest, x);
      isCertain = isCertain && holds(tightest, x);
    }
    if (!isPossible) continue;
    if (isCertain) inside++;
    else between.push(i);
  }
  return { inside, between: Uint32Array.from(between) };
}

function countWithin(events: Uint32Array, columns: readonly Float64Array[], sides: readonly Side[]): number {
  let count = 0;
  for (const i of events) {
    let isInside = true;
    for (let d = 0; d < columns.length && isInside; d++) isInside = holds(sides[d]!, columns[d]![i]!);
    if (isInside) count++;
  }
  return count;
}

/** A value that is no number is in no place. */
function holds({ min, max }: Side, x: number): boolean {
  return x >= min && (x < max || (max === Number.POSITIVE_INFINITY && x === max));
}

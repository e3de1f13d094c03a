import { eventCountOf, select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { BooleanGeometry, Geometry, Operand } from '../geometry.ts';

type MembersOf = (geometry: Geometry, parent: EventIndex) => EventIndex | null;

/** A combination of other populations' members inside the parent; null where one of them could not be placed. */
export function booleanMembers(
  gate: BooleanGeometry,
  context: GateContext,
  parent: EventIndex,
  membersOf: MembersOf,
): EventIndex | null {
  const count = eventCountOf(parent, context.events.count);
  const isAnd = gate.op === 'and';
  const keep = new Uint8Array(count).fill(isAnd ? 1 : 0);
  for (const operand of gate.of) {
    const inside = membersAt(operand.population, gate.of, context, membersOf);
    if (inside === null) return null;
    const mark = marks(inside, context.events.count);
    for (let i = 0; i < count; i++) {
      const isMember = (mark[parent === 'all' ? i : parent[i]!] === 1) !== operand.complement;
      if (isMember !== isAnd) keep[i] = isAnd ? 0 : 1;
    }
  }
  let keptCount = 0;
  for (let i = 0; i < count; i++) keptCount += keep[i]!;
  return select(parent, keep, keptCount);
}

/** Members of a population: where it is an operand with a place, those of that place, its parent's found alike. */
function membersAt(
  population: string,
  operands: readonly Operand[],
  context: GateContext,
  membersOf: MembersOf,
): EventIndex | null {
  const place = operands.find((operand) => operand.population === population)?.place;
  if (place === undefined) return context.population(population);
  const within = membersAt(place.parent, operands, context, membersOf);
  return within === null ? null : membersOf(place.geometry, within);
}

function marks(index: EventIndex, eventCount: number): Uint8Array {
  const mark = new Uint8Array(eventCount);
  if (index === 'all') return mark.fill(1);
  for (const event of index) mark[event] = 1;
  return mark;
}

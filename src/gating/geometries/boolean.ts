import { eventCountOf, select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { AnyGeometry, GeometryKind, KindOf } from '../geometryKind.ts';

/** A combination of other populations, inside the parent. */
export interface BooleanGeometry<G extends AnyGeometry = AnyGeometry> {
  readonly kind: 'boolean';
  readonly op: 'and' | 'or';
  readonly of: readonly Operand<G>[];
}

export interface Operand<G extends AnyGeometry = AnyGeometry> {
  readonly population: string;
  readonly complement: boolean;
  /** Where its gate is taken to lie instead of where the book has it; in no book, only where counts are asked for. */
  readonly place?: OperandPlace<G>;
}

export interface OperandPlace<G extends AnyGeometry = AnyGeometry> {
  readonly parent: string;
  readonly geometry: G;
}

/** Its place is that of the populations it names: it has no axes, sides, edges or lines of its own. */
export function booleanKind(kindOf: KindOf): GeometryKind<BooleanGeometry> {
  return {
    members: (gate, context, parent) =>
      booleanMembers(gate, context, parent, (part, within) => kindOf(part).members(part, context, within)),
    axes: () => [],
    needsOwnFrame: () => false,
    onChannels: () => undefined,
    sides: () => undefined,
    moved: (gate) => gate,
    edges: () => [],
    handles: () => [],
    outline: () => [],
  };
}

type MembersOf = (geometry: AnyGeometry, parent: EventIndex) => EventIndex | null;

/** A combination of other populations' members inside the parent; null where one of them could not be placed. */
function booleanMembers(
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

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

/** A population, or a combination of some in brackets. */
export type Operand<G extends AnyGeometry = AnyGeometry> = NamedOperand<G> | BracketedOperand<G>;

export interface BracketedOperand<G extends AnyGeometry = AnyGeometry> {
  readonly op: 'and' | 'or';
  readonly of: readonly Operand<G>[];
  readonly complement: boolean;
}

export interface NamedOperand<G extends AnyGeometry = AnyGeometry> {
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

/** Populations that operands name, those in brackets among them, as often as they stand there. */
export function namedOperands<G extends AnyGeometry>(operands: readonly Operand<G>[]): readonly NamedOperand<G>[] {
  return operands.flatMap((operand) => ('population' in operand ? [operand] : namedOperands(operand.of)));
}

type MembersOf = (geometry: AnyGeometry, parent: EventIndex) => EventIndex | null;

/** A combination of other populations' members inside the parent; null where one of them could not be placed. */
function booleanMembers(
  gate: BooleanGeometry,
  context: GateContext,
  parent: EventIndex,
  membersOf: MembersOf,
): EventIndex | null {
  const eventCount = context.events.count;
  const marks = new Map<string, Uint8Array>();
  const named = namedOperands(gate.of);
  for (const { population } of named) {
    if (marks.has(population)) continue;
    const inside = membersAt(population, named, context, membersOf);
    if (inside === null) return null;
    marks.set(population, marksOf(inside, eventCount));
  }
  const keep = combined(gate, parent, eventCountOf(parent, eventCount), marks);
  let keptCount = 0;
  for (let i = 0; i < keep.length; i++) keptCount += keep[i]!;
  return select(parent, keep, keptCount);
}

/** 1 for each of the parent's events that is inside. */
function combined(
  { op, of }: Pick<BooleanGeometry, 'op' | 'of'>,
  parent: EventIndex,
  count: number,
  marks: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const isAnd = op === 'and';
  const keep = new Uint8Array(count).fill(isAnd ? 1 : 0);
  for (const operand of of) {
    // What is in brackets is marked by place among the parent's events, a population by place in the file.
    const isByPlace = parent === 'all' || 'of' in operand;
    const mark = 'of' in operand ? combined(operand, parent, count, marks) : marks.get(operand.population)!;
    for (let i = 0; i < count; i++) {
      const isMember = (mark[isByPlace ? i : parent[i]!] === 1) !== operand.complement;
      if (isMember !== isAnd) keep[i] = isAnd ? 0 : 1;
    }
  }
  return keep;
}

/** Members of a population: where it is an operand with a place, those of that place, its parent's found alike. */
function membersAt(
  population: string,
  operands: readonly NamedOperand[],
  context: GateContext,
  membersOf: MembersOf,
): EventIndex | null {
  const place = operands.find((operand) => operand.population === population)?.place;
  if (place === undefined) return context.population(population);
  const within = membersAt(place.parent, operands, context, membersOf);
  return within === null ? null : membersOf(place.geometry, within);
}

function marksOf(index: EventIndex, eventCount: number): Uint8Array {
  const mark = new Uint8Array(eventCount);
  if (index === 'all') return mark.fill(1);
  for (const event of index) mark[event] = 1;
  return mark;
}

import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { Ranges } from '../geometry.ts';

/** Inside one of several stretches of a channel in linear units, each min ≤ x < max, null = unbounded. */
export function rangesMembers(gate: Ranges, context: GateContext, parent: EventIndex): EventIndex {
  const values = context.events.values({ name: gate.dims[0].channel, scale: undefined }, parent);
  const stretches = gate.ranges.map(([min, max]) => ({
    min: min ?? Number.NEGATIVE_INFINITY,
    max: max ?? Number.POSITIVE_INFINITY,
    isOpen: max === null,
  }));
  const keep = new Uint8Array(values.length);
  let keptCount = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (stretches.some(({ min, max, isOpen }) => value >= min && (value < max || (isOpen && value === max)))) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}

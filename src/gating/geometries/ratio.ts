import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { Ratio } from '../geometry.ts';

/** min ≤ first ÷ second < max in linear units; an event whose second value is not positive has no ratio and is outside. */
export function ratioMembers(gate: Ratio, context: GateContext, parent: EventIndex): EventIndex {
  const top = context.events.values({ name: gate.dims[0].channel, scale: undefined }, parent);
  const bottom = context.events.values({ name: gate.dims[1].channel, scale: undefined }, parent);
  const keep = new Uint8Array(top.length);
  let keptCount = 0;
  for (let i = 0; i < top.length; i++) {
    if (!(bottom[i]! > 0)) continue;
    const ratio = top[i]! / bottom[i]!;
    if (ratio >= gate.min && ratio < gate.max) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}

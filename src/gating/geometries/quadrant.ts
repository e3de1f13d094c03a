import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { Quadrant } from '../geometry.ts';
import { between } from './bounds.ts';

/** One corner of dividers: `above` is x ≥ divider, `below` is x < divider, in linear units. */
export function quadrantMembers(gate: Quadrant, context: GateContext, parent: EventIndex): EventIndex {
  let kept = parent;
  gate.dims.forEach((axis, i) => {
    const divider = gate.dividers_raw[i]!;
    const values = context.events.values({ name: axis.channel, scale: undefined }, kept);
    kept =
      gate.side[i] === 'above'
        ? between(values, kept, divider, Number.POSITIVE_INFINITY)
        : between(values, kept, Number.NEGATIVE_INFINITY, divider);
  });
  return kept;
}

import type { EventIndex } from './events.ts';
import type { GateContext } from './gateContext.ts';
import { type Geometry, kindOf } from './geometries/registry.ts';

/**
 * The events of the parent that are inside a geometry, ascending; null where the gate could not be placed.
 * Values that are not numbers are in no geometry on that axis.
 */
export function members(geometry: Geometry, context: GateContext, parent: EventIndex): EventIndex | null {
  return kindOf(geometry).members(geometry, context, parent);
}

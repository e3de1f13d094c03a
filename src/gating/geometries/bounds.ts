import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { Bounds } from '../geometry.ts';

/**
 * min ≤ x < max on every dimension, decided at the raw edges in linear units, so that no scale can move an event.
 * A dimension is asked only for the events that the ones before it kept.
 */
export function boundsMembers(dims: readonly Bounds[], context: GateContext, parent: EventIndex): EventIndex {
  let kept = parent;
  for (const dim of dims) {
    const values = context.events.values({ name: dim.channel, scale: undefined }, kept);
    kept = between(values, kept, dim.min_raw ?? Number.NEGATIVE_INFINITY, dim.max_raw ?? Number.POSITIVE_INFINITY);
  }
  return kept;
}

/** min ≤ value < max; an infinite maximum also holds infinite values, a value that is no number is never inside. */
export function between(values: Float64Array, parent: EventIndex, min: number, max: number): Uint32Array {
  const keep = new Uint8Array(values.length);
  const unbounded = max === Number.POSITIVE_INFINITY;
  let keptCount = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (x >= min && (x < max || (unbounded && x === max))) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}

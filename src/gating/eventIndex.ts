import type { EventIndex } from './events.ts';

export function eventCountOf(index: EventIndex, eventCount: number): number {
  return index === 'all' ? eventCount : index.length;
}

/**
 * The events of `parent` whose position in it is marked.
 * @param keep one 0/1 for each event of the parent, in its order
 * @param keptCount how many are marked
 */
export function select(parent: EventIndex, keep: Uint8Array, keptCount: number): Uint32Array {
  const kept = new Uint32Array(keptCount);
  let next = 0;
  for (let i = 0; i < keep.length; i++) {
    if (keep[i] === 1) kept[next++] = parent === 'all' ? i : parent[i]!;
  }
  return kept;
}

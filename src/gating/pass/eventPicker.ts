import { BLOCK_EVENTS, type EventBlock } from './eventBlock.ts';

/** Takes the values of some events out of the blocks that go by. */
export interface EventPicker<T> {
  /** Blocks in the order of the tube. */
  add(block: EventBlock): void;
  /** Of asked events. */
  readonly count: number;
  /** Channel -> one value for each of the asked events, in the order in which they were asked for. */
  readonly columns: ReadonlyMap<string, T>;
}

/**
 * @param events places in the tube, in any order, each once
 * @param make an array of so many values
 */
export function eventPicker<T extends Float32Array | Float64Array>(
  events: Uint32Array,
  channels: readonly string[],
  make: (length: number) => T,
): EventPicker<T> {
  const columns = new Map(channels.map((channel) => [channel, make(events.length)]));
  const slots = slotsByEvent(events);
  const rows = new Uint32Array(BLOCK_EVENTS);
  const values = new Float64Array(BLOCK_EVENTS);
  let next = 0;
  return {
    count: events.length,
    columns,
    add(block) {
      const first = next;
      const end = block.firstEvent + block.eventCount;
      for (; next < slots.length && events[slots[next]!]! < end; next++) {
        rows[next - first] = events[slots[next]!]! - block.firstEvent;
      }
      const count = next - first;
      if (count === 0) return;
      for (const [channel, column] of columns) {
        block.fill(channel, rows, count, values);
        for (let i = 0; i < count; i++) column[slots[first + i]!] = values[i]!;
      }
    },
  };
}

/** Places in a list of events, by ascending event. */
function slotsByEvent(events: Uint32Array): Uint32Array {
  const count = events.length;
  // Numbers are sorted without a function: both fit into a double together.
  const packed = new Float64Array(count);
  for (let i = 0; i < count; i++) packed[i] = events[i]! * count + i;
  packed.sort();
  return Uint32Array.from(packed, (one) => one % count);
}

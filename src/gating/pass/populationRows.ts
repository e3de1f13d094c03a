import { BLOCK_EVENTS, type EventBlock } from './eventBlock.ts';

/** Values of one channel for a population's events of the block, in their order. */
export interface BlockColumn {
  readonly values: Float64Array;
  /** The same as 32-bit floats, seen as 16-bit words; keys of `valueKeys` stand at odd or even places. */
  readonly words: Uint16Array;
}

/** Members of one population among the events of a block. */
export interface PopulationRows {
  /** Ascending places in the block; the first `count` hold. */
  readonly rows: Uint32Array;
  /** Places of the same events in the parent's rows. */
  readonly places: Uint32Array;
  count: number;
  /** Values of these events; gathered once a block. */
  column(channel: string): BlockColumn;
  /** The same with the words filled. */
  keyed(channel: string): BlockColumn;
  /** Forgets the columns of the block before. */
  renew(block: EventBlock): void;
  /** The column, if it was gathered in this block. */
  known(channel: string): BlockColumn | undefined;
}

interface KeptColumn extends BlockColumn {
  readonly floats: Float32Array;
  isFilled: boolean;
  isKeyed: boolean;
}

/** @param parent whose columns are asked first; undefined for all events */
export function populationRows(parent: PopulationRows | undefined): PopulationRows {
  const columns = new Map<string, KeptColumn>();
  let block: EventBlock | undefined;
  const rows = new Uint32Array(BLOCK_EVENTS + 1);
  if (parent === undefined) for (let i = 0; i < rows.length; i++) rows[i] = i;
  const own: PopulationRows = {
    rows,
    places: new Uint32Array(BLOCK_EVENTS + 1),
    count: 0,
    renew(next) {
      block = next;
      for (const column of columns.values()) column.isFilled = false;
    },
    known(channel) {
      const column = columns.get(channel);
      return column?.isFilled === true ? column : undefined;
    },
    column(channel) {
      const column = columns.get(channel) ?? emptyColumn();
      columns.set(channel, column);
      if (column.isFilled) return column;
      column.isFilled = true;
      column.isKeyed = false;
      const above = parent?.known(channel);
      if (above === undefined) block?.fill(channel, rows, own.count, column.values);
      else gather(above.values, own.places, own.count, column.values);
      return column;
    },
    keyed(channel) {
      own.column(channel);
      const column = columns.get(channel)!;
      if (column.isKeyed) return column;
      column.isKeyed = true;
      toFloats(column.values, own.count, column.floats);
      return column;
    },
  };
  return own;
}

function emptyColumn(): KeptColumn {
  const floats = new Float32Array(BLOCK_EVENTS);
  const words = new Uint16Array(floats.buffer);
  return { values: new Float64Array(BLOCK_EVENTS), floats, words, isFilled: false, isKeyed: false };
}

function gather(from: Float64Array, places: Uint32Array, count: number, out: Float64Array): void {
  for (let e = 0; e < count; e++) out[e] = from[places[e]!]!;
}

function toFloats(values: Float64Array, count: number, out: Float32Array): void {
  for (let e = 0; e < count; e++) out[e] = values[e]!;
}

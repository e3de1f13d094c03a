import type { Scale } from '../../scale/index.ts';
import type { Axis } from '../axis.ts';
import type { BookScale } from '../book.ts';
import type { Channel, EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import { scaleOfAxis } from '../scales.ts';
import type { EventBlock } from './eventBlock.ts';
import type { PopulationRows } from './populationRows.ts';

/** Members of a population in the block; undefined where it has no place. */
export type RowsOf = (path: string) => PopulationRows | undefined;

/** The events of one block through the seam that every geometry knows. */
export interface BlockContext {
  /** Anew for each block: what is remembered of one block is worth nothing in the next. */
  on(block: EventBlock): GateContext;
  scaleOf(axis: Axis): Scale | undefined;
}

export function blockContext(scales: readonly BookScale[], rowsOf: RowsOf): BlockContext {
  const made = new Map<string, Scale | undefined>();
  const scaleOf = (axis: Axis): Scale | undefined => {
    const key = `${axis.frame}\n${axis.marker}`;
    if (!made.has(key)) made.set(key, scaleOfAxis(axis, scales));
    return made.get(key);
  };
  return { scaleOf, on: (block) => contextOn(block, scaleOf, rowsOf) };
}

function contextOn(block: EventBlock, scaleOf: BlockContext['scaleOf'], rowsOf: RowsOf): GateContext {
  const populations = new Map<string, EventIndex>();
  const rowsFor = new Map<EventIndex, PopulationRows>();
  const values = ({ name, scale }: Channel, index: EventIndex): Float64Array => {
    const known = rowsFor.get(index) ?? (index === 'all' ? rowsOf('root') : undefined);
    const count = index === 'all' ? block.eventCount : index.length;
    const out = new Float64Array(count);
    if (known !== undefined) out.set(known.column(name).values.subarray(0, count));
    else if (index !== 'all') block.fill(name, index, count, out);
    scale?.forwardColumn(out, out);
    return out;
  };
  return {
    events: { count: block.eventCount, values },
    scaleOf,
    population(path) {
      const rows = rowsOf(path);
      if (rows === undefined) return null;
      if (path === 'root') return 'all';
      const index = populations.get(path) ?? rows.rows.subarray(0, rows.count);
      populations.set(path, index);
      rowsFor.set(index, rows);
      return index;
    },
  };
}

import type { EventIndex } from '../events.ts';
import type { PopulationRows } from './populationRows.ts';

/**
 * Sorts the parent's events of a block: fills rows, places and count of `out`.
 * @returns false where the gate has no place, in every block the same
 */
export type Sieve = (parent: PopulationRows, out: PopulationRows) => boolean;

/** A gate without a faster way: its own `members`, asked for the block's events. */
export function plainSieve(membersIn: (parent: PopulationRows) => EventIndex | null): Sieve {
  return (parent, out) => {
    const inside = membersIn(parent);
    if (inside === null) return false;
    out.count = inside === 'all' ? parent.count : inside.length;
    let place = 0;
    for (let e = 0; e < out.count; e++) {
      const row = inside === 'all' ? parent.rows[e]! : inside[e]!;
      while (parent.rows[place] !== row) place++;
      out.rows[e] = row;
      out.places[e] = place;
    }
    return true;
  };
}

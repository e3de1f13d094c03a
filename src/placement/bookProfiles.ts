import type { BookAlignment, BookGate } from '../gating/index.ts';
import type { Profile } from './alignments/alignmentMethod.ts';
import { alignmentMethods } from './alignments/registry.ts';
import { placementMethods } from './registry.ts';

/** The line along which a tube's events are binned, as its alignment tells it; undefined where it has none. */
export function profileIn(entry: BookAlignment, sampleId: string): Profile | undefined {
  return alignmentMethods.get(entry.method)?.profile(entry, sampleId);
}

/** Of a gate's entry in a book, perhaps a book of another version. */
type GateEntry = Pick<BookGate, 'method' | 'parameters'>;

/**
 * Where a gate cuts the profile of its alignment, in u from the profile's origin.
 * @returns undefined where it does not
 */
export function borderOnProfile(gate: GateEntry, fit: Readonly<Record<string, unknown>>): number | undefined {
  return placementMethods.get(gate.method)?.borderOnProfile(gate.parameters, fit);
}

import { z } from 'zod';
import { type Denominator, isWithin } from '../analysis/index.ts';
import { PopulationReference } from './populationName.ts';

/** A denominator as written: a population, or one without another that lies in it. */
export const DenominatorEntry = z.union([
  PopulationReference,
  z.strictObject({
    of: PopulationReference,
    without: PopulationReference.describe('a population below `of`, whose events are taken out'),
  }),
]);
export type DenominatorEntry = z.infer<typeof DenominatorEntry>;

/**
 * A denominator with its names looked up.
 * @param find the full path that a reference at some keys means; undefined, with a problem of its own, where it means none
 * @returns a message where the second population does not lie in the first
 */
export function readDenominator(
  entry: DenominatorEntry,
  find: (reference: string, keys: readonly string[]) => string | undefined,
): { readonly denominator?: Denominator; readonly message?: string } {
  const isPlain = typeof entry === 'string';
  const of = isPlain ? find(entry, []) : find(entry.of, ['of']);
  const without = isPlain ? null : find(entry.without, ['without']);
  if (of === undefined || without === undefined) return {};
  if (without !== null && (without === of || without === 'root' || !isWithin(without, of)))
    return { message: `"${without}" does not lie below "${of}", so that it cannot be taken out of it` };
  return { denominator: without === null ? of : { of, without } };
}

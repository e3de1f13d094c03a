import { type Denominator, denominatorParts } from '../analysis/index.ts';
import type { TubeCounts } from '../gating/index.ts';

/**
 * Finds the events of a denominator in one tube.
 * @returns of a population that is part of it by the tree: null where a gate of the denominator has no place, and where the
 *   population holds events that the denominator is without, of which it could have no share
 */
export function denominatorCounts({ populations, answers }: TubeCounts) {
  const countOf = new Map(populations.map((one) => [one.population, one.count]));
  const shared = new Map(answers.overlaps.map((one) => [`${one.population}\n${one.without}`, one.count]));
  return (population: string, denominator: Denominator): number | null => {
    const { of, without } = denominatorParts(denominator);
    const whole = countOf.get(of) ?? null;
    if (whole === null || without === null) return whole;
    const taken = countOf.get(without) ?? null;
    return taken === null || shared.get(`${population}\n${without}`) !== 0 ? null : whole - taken;
  };
}

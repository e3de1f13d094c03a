import { denominatorParts, type PlanFacts, plannedEndpoints, type ResolvedPlan } from '../analysis/index.ts';
import type { TubeCounts } from '../gating/index.ts';
import { andMore, type Problem, problem } from '../problems/index.ts';

/** Named tubes in one message; the rest are counted. */
const NAMED = 5;

/** Planned endpoints that have no share of their denominator in some tubes, since they hold events that it is without. */
export function overlapProblems(
  counted: readonly TubeCounts[],
  plan: ResolvedPlan,
  denominators: PlanFacts['denominators'],
): readonly Problem[] {
  const asked = plannedEndpoints(plan).map(({ population, denominator }) => ({ population, denominator }));
  const each = new Map(asked.map((one) => [`${one.population}\n${one.denominator}`, one]));
  return [...each.values()].flatMap(({ population, denominator }) => {
    const { without } = denominatorParts(denominators[denominator] ?? '');
    if (without === null) return [];
    const names = counted.flatMap(({ sampleId, answers }) => {
      const found = answers.overlaps.find((one) => one.population === population && one.without === without);
      return (found?.count ?? 0) > 0 ? [`"${sampleId}"`] : [];
    });
    if (names.length === 0) return [];
    const message = `"${population}" holds events of "${without}", which "${denominator}" is without: no share of it in ${andMore(names, NAMED)}`;
    return [problem('warning', 'gate.overlaps-left-out', message, { gate: population })];
  });
}

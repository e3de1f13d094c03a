import { type Denominator, denominatorParts, isPartOf } from '../analysis/index.ts';
import type { OverlapQuestion } from '../gating/index.ts';
import type { Template } from '../template/index.ts';

/** Populations that may have a share of a denominator which is without another one: whether they hold events of that. */
export function overlapQuestions(
  { populations }: Template,
  denominators: Readonly<Record<string, Denominator>>,
): readonly OverlapQuestion[] {
  const asked = Object.values(denominators).flatMap((denominator) => {
    const { without } = denominatorParts(denominator);
    const parts = without === null ? [] : populations.filter(({ path }) => isPartOf(path, denominator));
    return parts.map(({ path }) => ({ population: path, without: without ?? '' }));
  });
  return [...new Map(asked.map((one) => [`${one.population}\n${one.without}`, one])).values()];
}

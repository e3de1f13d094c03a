import { holm } from '../../statistics/index.ts';
import type { Family } from '../analysisInput.ts';

/** What of an answer is put together over the visits of return. */
interface Answer {
  readonly p: number | null;
  readonly smallestP: number;
}

/**
 * One answer of several visits of return, named beforehand. All must hold: the one with the largest p, by
 * intersection–union (Berger 1982). The first that holds: p of each visit by Holm over the visits, the first of them at
 * most α, else the smallest. A visit that cannot be judged counts as p = 1.
 * @param answers in the order of the visits, at least one
 * @returns the deciding answer with the p that answers the question
 */
export function overVisits<A extends Answer>(
  answers: readonly A[],
  family: Pick<Family, 'returnTo'>,
  alpha: number,
): A {
  const [first] = answers;
  if (first === undefined) throw new Error('a question has at least one answer');
  if (answers.length === 1) return first;
  if (family.returnTo?.several?.holds !== 'first') {
    const worst = answers.reduce((most, one) => ((one.p ?? 1.1) > (most.p ?? 1.1) ? one : most));
    return { ...worst, smallestP: Math.max(...answers.map((one) => one.smallestP)) };
  }
  const adjusted = holm.adjust(answers.map((one) => one.p));
  const held = adjusted.findIndex((p) => p !== null && p <= alpha);
  const least = adjusted.reduce<number>((best, p, i) => ((p ?? 2) < (adjusted[best] ?? 2) ? i : best), 0);
  const chosen = held >= 0 ? held : least;
  const answer = answers[chosen] ?? first;
  const smallestP = Math.min(1, answers.length * Math.min(...answers.map((one) => one.smallestP)));
  return { ...answer, p: adjusted[chosen] ?? null, smallestP };
}

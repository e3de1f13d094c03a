import type { Differences, NotEstimable, ScaledMargins, TestFacts, TestOutcome } from './pairedTest.ts';
import { signedRankTest } from './signedRank.ts';
import { tostT } from './tost.ts';

/** How the return is asked: a fall from the first visit to the later one, or equivalence of the later one with baseline. */
export type ReturnQuestion =
  | { readonly by: 'fall'; readonly differences: Differences }
  | { readonly by: 'equivalence'; readonly differences: Differences; readonly margins: ScaledMargins };

export interface TransientOutcome extends TestOutcome {
  readonly pRise: number;
  readonly pReturn: number;
}

/**
 * Rise and return by intersection–union (Berger 1982): both parts must hold, p is the larger of the two, and no
 * adjustment is needed between them. The rise is the one-sided exact signed-rank test.
 * @param rise first visit − baseline, of the patients who have all three visits
 * @param back fall: later − first visit; equivalence: later − baseline
 */
export function transientTest(rise: Differences, back: ReturnQuestion): TransientOutcome | NotEstimable {
  const up = signedRankTest({ ...rise, alternative: 'greater' });
  if (up.status === 'not_estimable') return up;
  const down = returnPart(back);
  if (down.status === 'not_estimable') return down;
  const larger = up.p >= down.p ? up : down;
  return {
    status: 'ok',
    statistic: larger.statistic,
    p: larger.p,
    count: larger.count,
    total: larger.total,
    smallestP: Math.max(up.smallestP, down.smallestP),
    method: back.by === 'fall' ? 'exact-dp' : 'exact-dp+t',
    pRise: up.p,
    pReturn: down.p,
  };
}

function returnPart(back: ReturnQuestion) {
  if (back.by === 'equivalence') return tostT(back.differences, back.margins);
  return signedRankTest({ ...back.differences, alternative: 'less' });
}

/** Of rise and return; the plan names the test of the rise, the rows name this. */
export const transient = {
  name: 'iut',
  called: 'intersection–union of exact signed-rank tests',
  summary: 'rise and return, both required: the larger of two p (intersection–union)',
  source: 'Berger 1982',
  dropsZeros: true,
  ranksZeros: true,
  words: 'intersection–union',
  companion: 'hodges_lehmann',
  /** The planned tests that an outcome of this method is made of. */
  partsOf: (method: string | null) =>
    method === 'exact-dp+t' ? (['signed_rank', 'tost_t'] as const) : (['signed_rank'] as const),
} as const satisfies TestFacts & Record<string, unknown>;

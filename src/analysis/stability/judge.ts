import { hodgesLehmann, mean } from '../../statistics/index.ts';
import type { Judged } from '../comparison/adjustFamily.ts';
import { decide, testOf } from '../comparison/decide.ts';
import { exactP } from '../comparison/evaluate.ts';
import { type CompletePair, scalePairs } from '../comparison/pairing.ts';
import type { Setup } from '../comparison/setup.ts';

/** An analysis without what only its own row would print. */
export interface Judgement extends Judged {
  /** On the scale; null where there is none. */
  readonly estimate: number | null;
}

/** p and estimate of one analysis, for one of many. */
export function judge(pairs: readonly CompletePair[], setup: Setup): Judgement {
  const decision = decide(pairs, setup);
  const scaled = scalePairs(pairs, setup.rule);
  const isEmpty = pairs.length === 0 || !scaled.isOnScale;
  const isMean = testOf(setup).companion === 'mean';
  const shift = isMean ? mean(scaled.differences) : (hodgesLehmann(scaled.differences, setup.level)?.estimate ?? null);
  return {
    setup,
    p: decision.status === 'not_estimable' ? null : exactP(decision),
    smallestP: decision.status === 'not_estimable' ? 1 : decision.smallestP,
    differences: isEmpty ? [] : pairs.map(({ subject }, i) => ({ subject, value: scaled.differences[i]! })),
    tolerance: scaled.tolerance,
    estimate: isEmpty ? null : shift,
  };
}

/** Whether an analysis says the same as the chosen one would where it is shown: p ≤ α, and the effect on its side. */
export function holds(
  one: { readonly estimate: number | null; readonly p: number | null },
  chosen: { readonly estimate: number | null; readonly question: string },
  alpha: number,
): boolean {
  if (one.p === null || one.p > alpha) return false;
  if (chosen.question === 'equivalence') return true;
  return Math.sign(one.estimate ?? 0) === Math.sign(chosen.estimate ?? 0);
}

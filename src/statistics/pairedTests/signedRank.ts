import { signPatternCounts } from '../distributions/rankNull.ts';
import { powerOfT } from '../power/pairedTPower.ts';
import { powerOfSignedRank } from '../power/signedRankPower.ts';
import { signedRanks } from '../tieRule.ts';
import type {
  Alternative,
  Differences,
  NotEstimable,
  PairedTest,
  ReachableLevels,
  TestOutcome,
  TestUse,
} from './pairedTest.ts';

export interface SignedRankOutcome extends TestOutcome {
  /** Patterns with a sum at least, and at most, the observed one; probabilities beyond 50 used pairs. */
  readonly countAtLeast: number;
  readonly countAtMost: number;
}

/**
 * Wilcoxon's signed-rank test, always exact: all sign patterns of the midranks, counted by dynamic programming over
 * doubled ranks, so ties and zeros need no normal approximation (Wilcoxon 1945; Streitberg & Röhmel 1986).
 * All differences zero: not estimable. One used pair: p = 1 two-sided.
 */
export function signedRankTest(differences: Differences): SignedRankOutcome | NotEstimable {
  const { values, tolerance, alternative, zeroHandling } = differences;
  if (values.length === 0) return { status: 'not_estimable', reason: 'no_pairs' };
  const { signed } = signedRanks(values, tolerance, zeroHandling);
  const used = signed.filter((rank) => rank !== 0).map((rank) => Math.round(2 * rank));
  if (used.length === 0) return { status: 'not_estimable', reason: 'all_zero' };
  const observed = used.reduce((sum, rank) => (rank > 0 ? sum + rank : sum), 0);
  // In order, so that no order of patients reaches the last place of p, and one distribution serves all that leave one out.
  const { counts, total } = signPatternCounts(used.map(Math.abs).sort((a, b) => a - b));
  let countAtLeast = 0;
  let countAtMost = 0;
  for (let s = 0; s <= observed; s++) countAtMost += counts[s]!;
  for (let s = counts.length - 1; s >= observed; s--) countAtLeast += counts[s]!;
  const count = tailCount({ countAtLeast, countAtMost, total }, alternative);
  const isCounted = total > 1;
  return {
    status: 'ok',
    statistic: observed / 2,
    p: count / total,
    count: isCounted ? count : null,
    total: isCounted ? total : null,
    countAtLeast,
    countAtMost,
    smallestP: smallestSignedP(used.length, alternative),
    method: 'exact-dp',
  };
}

/** The smaller tail doubled, at most everything; or the tail that was asked for. */
export function tailCount(
  counts: { countAtLeast: number; countAtMost: number; total: number },
  alternative: Alternative,
): number {
  if (alternative === 'greater') return counts.countAtLeast;
  if (alternative === 'less') return counts.countAtMost;
  return Math.min(counts.total, 2 * Math.min(counts.countAtLeast, counts.countAtMost));
}

/** The smallest p of n non-zero pairs by signed rank, sign or sign flip alike; ties do not change it. n ≥ 0. */
export function smallestSignedP(usedCount: number, alternative: Alternative): number {
  return Math.min(1, (alternative === 'two-sided' ? 2 : 1) / 2 ** usedCount);
}

/** The largest p of the untied signed-rank test with n used pairs that does not pass alpha: the level really kept. */
export function attainedLevel(usedCount: number, alpha: number, alternative: Alternative): number {
  const { counts, total } = signPatternCounts(Array.from({ length: usedCount }, (_, i) => i + 1));
  const sides = alternative === 'two-sided' ? 2 : 1;
  let level = 0;
  let sum = 0;
  for (const count of counts) {
    sum += count;
    if ((sides * sum) / total > alpha) break;
    level = (sides * sum) / total;
  }
  return level;
}

/** The fewest used pairs with which one member of a Holm family of m can be rejected at alpha. */
export function pairsNeeded(familySize: number, alpha: number, alternative: Alternative): number {
  let n = 1;
  while (smallestSignedP(n, alternative) > alpha / familySize) n++;
  return n;
}

/** Of the tests whose null counts sign patterns. */
export const signLevels: ReachableLevels = { smallestP: smallestSignedP, attained: attainedLevel, pairsNeeded };

export const signedRank: PairedTest = {
  question: 'change',
  called: 'exact signed-rank',
  summary: 'exact Wilcoxon signed-rank test of paired differences, ties and zeros included',
  source: 'Wilcoxon 1945; zeros: Pratt 1959; null distribution: Streitberg & Röhmel 1986',
  dropsZeros: true,
  ranksZeros: true,
  words: 'exact signed-rank',
  methods: methodsText,
  companion: 'hodges_lehmann',
  levels: signLevels,
  flippedAs: 'signed_rank',
  power: powerOfSignedRank,
  powerBeside: powerOfT,
  run: signedRankTest,
};

function methodsText({ zeroHandlings }: TestUse): string {
  const zeros = zeroHandlings.has('pratt') ? 'zeros ranked and then dropped (Pratt 1959)' : 'zeros dropped (Wilcoxon)';
  const mixed =
    zeroHandlings.size > 1 ? 'zeros dropped (Wilcoxon) or ranked and then dropped (Pratt 1959), as given' : zeros;
  return `Exact signed-rank tests counted all sign patterns of the midranks, ${mixed}; no normal approximation was used.`;
}

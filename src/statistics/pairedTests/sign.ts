import { powerOfSign } from '../power/signPower.ts';
import type { Differences, NotEstimable, PairedTest, TestOutcome } from './pairedTest.ts';
import { signLevels, smallestSignedP, tailCount } from './signedRank.ts';

/** Sign test: exact binomial on up against down, zeros dropped (Dixon & Mood 1946). */
export function signTest(differences: Differences): TestOutcome | NotEstimable {
  const { values, tolerance, alternative } = differences;
  if (values.length === 0) return { status: 'not_estimable', reason: 'no_pairs' };
  const up = values.filter((d) => d > tolerance).length;
  const down = values.filter((d) => d < -tolerance).length;
  const n = up + down;
  if (n === 0) return { status: 'not_estimable', reason: 'all_zero' };
  const total = 2 ** n;
  let countAtLeast = 0;
  let countAtMost = 0;
  let ways = 1;
  for (let k = 0; k <= n; k++) {
    if (k <= up) countAtMost += ways;
    if (k >= up) countAtLeast += ways;
    ways = (ways * (n - k)) / (k + 1);
  }
  const count = tailCount({ countAtLeast, countAtMost, total }, alternative);
  const isCounted = n <= 50;
  return {
    status: 'ok',
    statistic: up,
    p: count / total,
    count: isCounted ? count : null,
    total: isCounted ? total : null,
    smallestP: smallestSignedP(n, alternative),
    method: 'exact-binomial',
  };
}

export const sign: PairedTest = {
  question: 'change',
  called: 'exact sign',
  summary: 'exact sign test: how many patients went up and how many down',
  source: 'Dixon & Mood 1946',
  dropsZeros: true,
  ranksZeros: false,
  words: 'exact sign test',
  methods: () => 'Exact sign tests (Dixon & Mood 1946) were used.',
  companion: 'hodges_lehmann',
  levels: signLevels,
  power: powerOfSign,
  run: signTest,
};

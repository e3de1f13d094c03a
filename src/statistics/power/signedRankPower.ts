import { signPatternCounts } from '../distributions/rankNull.ts';
import type { Alternative, ChangePower } from '../pairedTests/pairedTest.ts';
import { normalDraws } from './normalDraws.ts';

/** Simulated trials a cell: the standard error of a power is then at most 0.0025. */
const SIMULATED_TRIALS = 40_000;
const SEED = 20_201;

/** How often a test is passed, over simulated trials. */
export interface SimulatedPower {
  readonly power: number;
  /** Monte-Carlo standard error. */
  readonly error: number;
}

/**
 * Power of the exact signed-rank test for normal differences of standardised mean dz, by seeded simulation: the same
 * draws for every dz, so that power grows with it. Where the level cannot be reached it is exactly 0.
 * @param n used pairs, ≥ 1
 * @param alpha one level, of the test itself: α/m for the first step of a Holm family of m
 */
function signedRankPower(
  n: number,
  effects: readonly number[],
  { alpha, alternative }: { readonly alpha: number; readonly alternative: Alternative },
): readonly SimulatedPower[] {
  const lowest = criticalSum(n, alpha, alternative);
  if (lowest < 0) return effects.map(() => ({ power: 0, error: 0 }));
  const whole = (n * (n + 1)) / 2;
  const isPassed = (sum: number) =>
    (alternative !== 'less' && sum >= whole - lowest) || (alternative !== 'greater' && sum <= lowest);
  return simulate(n, effects.length, (draws, e) => {
    const shift = alternative === 'less' ? -(effects[e] ?? 0) : (effects[e] ?? 0);
    return isPassed(rankSum(draws, shift));
  });
}

/** @param isPassed whether a trial of n standard normal draws passes under the e-th assumption */
export function simulate(
  n: number,
  assumptionCount: number,
  isPassed: (draws: Float64Array, assumptionIndex: number) => boolean,
): readonly SimulatedPower[] {
  const next = normalDraws(SEED);
  const passed = new Array<number>(assumptionCount).fill(0);
  const draws = new Float64Array(n);
  for (let trial = 0; trial < SIMULATED_TRIALS; trial++) {
    for (let i = 0; i < n; i++) draws[i] = next();
    for (let e = 0; e < assumptionCount; e++) if (isPassed(draws, e)) passed[e]! += 1;
  }
  return passed.map((count) => {
    const power = count / SIMULATED_TRIALS;
    return { power, error: Math.sqrt((power * (1 - power)) / SIMULATED_TRIALS) };
  });
}

/** Sum of the ranks of |d + shift| that belong to positive values; no ties, as in continuous data. */
export function rankSum(differences: Float64Array, shift: number): number {
  let sum = 0;
  for (let i = 0; i < differences.length; i++) {
    const value = differences[i]! + shift;
    if (value <= 0) continue;
    let rank = 1;
    for (let j = 0; j < differences.length; j++) if (Math.abs(differences[j]! + shift) < value) rank++;
    sum += rank;
  }
  return sum;
}

/** The largest sum whose tail keeps the level; −1 where even the extreme sum does not. */
export function criticalSum(n: number, alpha: number, alternative: Alternative): number {
  const { counts, total } = signPatternCounts(Array.from({ length: n }, (_, i) => i + 1));
  const sides = alternative === 'two-sided' ? 2 : 1;
  let below = 0;
  for (let sum = 0; sum < counts.length; sum++) {
    below += counts[sum]!;
    if ((sides * below) / total > alpha) return sum - 1;
  }
  return counts.length - 1;
}

export const powerOfSignedRank: ChangePower = {
  how: 'simulated',
  at: (n, effects, level) => signedRankPower(n, effects, level).map(({ power }) => power),
};

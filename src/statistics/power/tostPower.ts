import { normalLower } from '../distributions/normal.ts';
import { logGamma } from '../distributions/stirling.ts';
import { studentQuantile } from '../distributions/studentT.ts';
import type { EquivalencePower, ScaledMargins } from '../pairedTests/pairedTest.ts';
import { criticalSum, rankSum, type SimulatedPower, simulate } from './signedRankPower.ts';

// Simpson's rule over the standard deviation; doubling it moves no power by 1e-9.
const STEPS = 400;

/**
 * Power of two one-sided t tests for normal differences of mean `centre` and deviation `sd`, all on the margins' scale:
 * the estimate's probability between the margins less the reach of its interval, over the χ distribution of s (Phillips
 * 1990). n ≥ 2.
 */
export function tostTPower(
  n: number,
  { sd, centre }: { readonly sd: number; readonly centre: number },
  margins: ScaledMargins,
  alpha: number,
): number {
  const [df, root] = [n - 1, Math.sqrt(n)];
  const t = studentQuantile(1 - alpha, df);
  // χ beyond which the interval is wider than the margins; s = sd·χ/√df.
  const widest = (((margins.high - margins.low) / 2) * root * Math.sqrt(df)) / (t * sd);
  const from = Math.max(0, Math.sqrt(df) - 9.5);
  const to = Math.min(widest, Math.sqrt(df) + 9.5);
  if (to <= from) return 0;
  const logFront = (1 - df / 2) * Math.LN2 - logGamma(df / 2);
  const inside = (chi: number) => {
    if (chi <= 0) return 0;
    const reach = (t * chi) / Math.sqrt(df);
    const high = normalLower(((margins.high - centre) * root) / sd - reach);
    const low = normalLower(((margins.low - centre) * root) / sd + reach);
    return Math.max(0, high - low) * Math.exp(logFront + (df - 1) * Math.log(chi) - (chi * chi) / 2);
  };
  const step = (to - from) / STEPS;
  let sum = inside(from) + inside(to);
  for (let i = 1; i < STEPS; i++) sum += (i % 2 === 1 ? 4 : 2) * inside(from + i * step);
  return (sum * step) / 3;
}

/** The deviation above which the t interval is wider than the margins, so that nothing can be shown: n ≥ 2. */
export function largestSd(n: number, margins: ScaledMargins, alpha: number): number {
  return (((margins.high - margins.low) / 2) * Math.sqrt(n)) / studentQuantile(1 - alpha, n - 1);
}

/** The same question by exact signed-rank tests of the shifted differences, simulated for each deviation. */
function tostSignedRankPower(
  n: number,
  sds: readonly number[],
  margins: ScaledMargins,
  alpha: number,
): readonly SimulatedPower[] {
  const critical = criticalSum(n, alpha, 'greater');
  if (critical < 0) return sds.map(() => ({ power: 0, error: 0 }));
  const whole = (n * (n + 1)) / 2;
  return simulate(n, sds.length, (draws, s) => {
    const sd = sds[s] ?? 1;
    // Ranks do not change when all is divided by sd.
    return rankSum(draws, -margins.low / sd) >= whole - critical && rankSum(draws, -margins.high / sd) <= critical;
  });
}

export const powerOfTostT: EquivalencePower = {
  how: 'computed',
  at: (n, deviations, { margins, alpha }) => deviations.map((sd) => tostTPower(n, { sd, centre: 0 }, margins, alpha)),
};

export const powerOfTostSignedRank: EquivalencePower = {
  how: 'simulated',
  at: (n, deviations, { margins, alpha }) =>
    tostSignedRankPower(n, deviations, margins, alpha).map(({ power }) => power),
};

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { binomialSampler, quantile } from '../../statistics/index.ts';
import type { CompletePair } from '../comparison/pairing.ts';
import type { Setup } from '../comparison/setup.ts';
import type { Tube } from '../comparison/tubes.ts';
import { holds, judge } from './judge.ts';

const ROUNDS = 2_000;

/** What counting the same cells again would make of an analysis. */
export interface CountingBootstrap {
  readonly rounds: number;
  /** Of the rounds: the same sign and p ≤ α, not adjusted. */
  readonly share: number;
  /** 2.5 % and 97.5 % of the estimates, on the scale. */
  readonly low: number;
  readonly high: number;
}

/**
 * Parametric bootstrap of counting: k* ~ Binomial(N, (k+½)/(N+1)) in every tube, and the analysis again, 2,000 seeded
 * times. It adds counting noise a second time: a figure of stability, not an interval.
 * @returns undefined where a tube has no counts, or nothing was estimated
 */
export function countingBootstrap(
  pairs: readonly CompletePair[],
  setup: Setup,
  seed: number,
): CountingBootstrap | undefined {
  const chosen = judge(pairs, setup);
  if (chosen.estimate === null || setup.rule.isAbsolute) return undefined;
  const random = xoroshiro128plus(seed);
  // 2^32 steps of the unit interval.
  const uniform = () => (random.next() >>> 0) / 2 ** 32;
  const samplers = new Map<Tube, () => Tube>();
  for (const tube of pairs.flatMap(({ from, to, later }) => [from, to, ...(later === undefined ? [] : [later])])) {
    const { count, parentCount } = tube;
    if (count === null || parentCount === null || parentCount === 0) return undefined;
    const sample = binomialSampler(parentCount, (count + 0.5) / (parentCount + 1));
    samplers.set(tube, () => {
      const again = sample(uniform());
      return { ...tube, count: again, percent: (100 * again) / parentCount };
    });
  }
  const again = (tube: Tube) => samplers.get(tube)!();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const counted = pairs.map(({ subject, from, to, later }) => ({
      subject,
      from: again(from),
      to: again(to),
      later: later && again(later),
    }));
    return judge(counted, setup);
  });
  const estimates = rounds.flatMap((one) => one.estimate ?? []);
  const against = { estimate: chosen.estimate, question: setup.question };
  const held = rounds.filter((one) => holds(one, against, setup.alpha)).length;
  const [low, high] = [quantile(estimates, 0.025), quantile(estimates, 0.975)];
  if (low === undefined || high === undefined) return undefined;
  return { rounds: ROUNDS, share: held / ROUNDS, low, high };
}

import { signTest } from './sign.ts';

/**
 * McNemar's exact test: binomial on the b + c patients whose status changed (McNemar 1947), not its chi-square.
 * @returns two-sided p; undefined where nobody changed
 */
export function mcnemarExact(b: number, c: number): number | undefined {
  const values = [...new Array<number>(b).fill(-1), ...new Array<number>(c).fill(1)];
  const outcome = signTest({ values, tolerance: 0, alternative: 'two-sided', zeroHandling: 'wilcoxon' });
  return outcome.status === 'not_estimable' ? undefined : outcome.p;
}

import { noncentralLower, noncentralUpper } from '../distributions/noncentralT.ts';
import { studentQuantile } from '../distributions/studentT.ts';
import type { Alternative, ChangePower } from '../pairedTests/pairedTest.ts';

/** Power of the paired t test for normal differences of standardised mean dz, by the noncentral t; n ≥ 2. */
function pairedTPower(n: number, dz: number, alpha: number, alternative: Alternative): number {
  const [df, noncentrality] = [n - 1, dz * Math.sqrt(n)];
  if (alternative !== 'two-sided') return noncentralUpper(studentQuantile(1 - alpha, df), df, noncentrality);
  const critical = studentQuantile(1 - alpha / 2, df);
  return noncentralUpper(critical, df, noncentrality) + noncentralLower(-critical, df, noncentrality);
}

export const powerOfT: ChangePower = {
  of: 'paired_t',
  how: 'computed',
  at: (n, effects, { alpha, alternative }) => effects.map((dz) => pairedTPower(n, dz, alpha, alternative)),
};

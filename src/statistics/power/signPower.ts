import { binomialLower } from '../distributions/central.ts';
import { normalLower } from '../distributions/normal.ts';
import type { Alternative, ChangePower } from '../pairedTests/pairedTest.ts';

/** Power of the exact sign test for normal differences of standardised mean dz: each rises with probability Φ(dz). n ≥ 1. */
function signPower(n: number, dz: number, alpha: number, alternative: Alternative): number {
  const sides = alternative === 'two-sided' ? 2 : 1;
  // The most that may fall while the test still passes upward; by symmetry the same downward.
  let most = -1;
  while (most + 1 <= n && sides * binomialLower(most + 1, n, 0.5) <= alpha) most++;
  if (most < 0) return 0;
  const share = normalLower(alternative === 'less' ? -dz : dz);
  const upward = binomialLower(most, n, 1 - share);
  return alternative === 'two-sided' ? upward + binomialLower(most, n, share) : upward;
}

export const powerOfSign: ChangePower = {
  how: 'computed',
  at: (n, effects, { alpha, alternative }) => effects.map((dz) => signPower(n, dz, alpha, alternative)),
};

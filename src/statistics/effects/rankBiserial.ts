import type { ZeroHandling } from '../pairedTests/pairedTest.ts';
import { signedRanks } from '../tieRule.ts';

/**
 * Matched-pairs rank-biserial correlation (R₊ − R₋)/(R₊ + R₋), −1…1, zeros dropped (Kerby 2014).
 * @returns undefined where every difference is zero
 */
export function rankBiserial(
  differences: readonly number[],
  tolerance: number,
  zeros: ZeroHandling,
): { r: number; favourable: number; unfavourable: number } | undefined {
  const { signed } = signedRanks(differences, tolerance, zeros);
  const favourable = signed.reduce((sum, rank) => (rank > 0 ? sum + rank : sum), 0);
  const unfavourable = signed.reduce((sum, rank) => (rank < 0 ? sum - rank : sum), 0);
  const total = favourable + unfavourable;
  return total === 0 ? undefined : { r: (favourable - unfavourable) / total, favourable, unfavourable };
}

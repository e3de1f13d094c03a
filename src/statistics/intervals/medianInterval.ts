import { binomialProbability } from '../distributions/central.ts';
import { median } from '../moments.ts';
import type { OrderInterval } from './hodgesLehmann.ts';

/**
 * Median with the exact interval of order statistics that belongs to the sign test, and its achieved level.
 * @returns undefined for no values
 */
export function medianInterval(values: readonly number[], level: number): OrderInterval | undefined {
  const estimate = median(values);
  if (estimate === undefined) return undefined;
  const n = values.length;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (k: number) => binomialProbability(k, n, 0.5);
  let k = 0;
  let below = 0;
  while (below + at(k) < (1 - level) / 2) below += at(k++);
  if (k === 0) [k, below] = [1, at(0)];
  const achieved = 1 - 2 * below;
  return { estimate, low: sorted[k - 1]!, high: sorted[n - k]!, k, level: achieved, reachesNominal: achieved >= level };
}

import { selectedQuantile } from '../statistics/index.ts';
import type { Intensity } from './answers.ts';

/** Quartiles of R's type 7; null for no values. @param values finite ones, in any order */
export function quartilesOf(values: Float64Array): Pick<Intensity, 'n' | 'median' | 'p25' | 'p75'> {
  const at = (p: number): number | null => selectedQuantile(values, p) ?? null;
  return { n: values.length, median: at(0.5), p25: at(0.25), p75: at(0.75) };
}

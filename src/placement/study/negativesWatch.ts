import { selectedQuantile } from '../../statistics/index.ts';

/** Quantile of the negatives that sets the width of a logicle scale (Parks, Roederer & Moore 2006). */
const NEGATIVE_QUANTILE = 0.05;

/** Gathers the negative values that go by. */
export interface NegativesWatch {
  add(values: Float64Array, count: number): void;
  found(): { readonly count: number; readonly quantile: number | null };
}

export function negativesWatch(): NegativesWatch {
  let kept = new Float64Array(1 << 12);
  let count = 0;
  return {
    add(values, added) {
      if (kept.length < count + added) {
        const wider = new Float64Array(2 * (count + added));
        wider.set(kept.subarray(0, count));
        kept = wider;
      }
      for (let i = 0; i < added; i++) {
        const value = values[i]!;
        if (value < 0 && value > Number.NEGATIVE_INFINITY) kept[count++] = value;
      }
    },
    found: () => ({ count, quantile: selectedQuantile(kept.subarray(0, count), NEGATIVE_QUANTILE) ?? null }),
  };
}

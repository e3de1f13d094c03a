import { benjaminiHochberg } from './benjaminiHochberg.ts';
import { benjaminiYekutieli } from './benjaminiYekutieli.ts';
import { hochberg } from './hochberg.ts';
import { holm } from './holm.ts';
import { maxTWords } from './maxT.ts';
import type { Adjustment } from './steps.ts';

/** Adjustments of p-values alone, by the name a plan gives them. */
export const adjustments = {
  holm,
  hochberg,
  bh: benjaminiHochberg,
  by: benjaminiYekutieli,
} as const satisfies Record<string, Adjustment>;

/** What each adjustment is called and where it comes from; maxT needs the differences themselves. */
export const adjustmentWords = { ...adjustments, max_t: maxTWords } as const;

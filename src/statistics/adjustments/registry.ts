import { benjaminiHochberg } from './benjaminiHochberg.ts';
import { benjaminiYekutieli } from './benjaminiYekutieli.ts';
import { hochberg } from './hochberg.ts';
import { holm } from './holm.ts';
import type { Adjustment } from './steps.ts';

/** Adjustments within a family, by the name a plan gives them. */
export const adjustments = {
  holm,
  hochberg,
  bh: benjaminiHochberg,
  by: benjaminiYekutieli,
} as const satisfies Record<string, Adjustment>;

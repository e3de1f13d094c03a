import { type Adjustment, stepDown } from './steps.ts';

/** Holm's step-down (Holm 1979): controls the family-wise error under any dependence. */
export const holm: Adjustment = {
  needs: 'p',
  summary: 'family-wise error, any dependence; the default',
  source: 'Holm 1979',
  words: 'Holm-adjusted',
  adjust: (p) => stepDown(p, (rank, m) => m - rank + 1),
};

import { type Adjustment, stepUp } from './steps.ts';

/** Hochberg's step-up (Hochberg 1988): a little sharper than Holm, under positive dependence. */
export const hochberg: Adjustment = {
  needs: 'p',
  summary: 'family-wise error under positive dependence',
  source: 'Hochberg 1988',
  words: 'Hochberg-adjusted',
  adjust: (p) => stepUp(p, (rank, m) => m - rank + 1),
};

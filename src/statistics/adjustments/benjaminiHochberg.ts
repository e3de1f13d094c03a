import { type Adjustment, stepUp } from './steps.ts';

/** Benjamini & Hochberg (1995): false discovery rate. */
export const benjaminiHochberg: Adjustment = {
  needs: 'p',
  summary: 'false discovery rate under independence or positive dependence',
  source: 'Benjamini & Hochberg 1995',
  words: 'Benjamini–Hochberg-adjusted',
  adjust: (p) => stepUp(p, (rank, m) => m / rank),
};

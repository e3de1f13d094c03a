import { type Adjustment, stepUp } from './steps.ts';

/** Benjamini & Yekutieli (2001): false discovery rate under any dependence. */
export const benjaminiYekutieli: Adjustment = {
  needs: 'p',
  summary: 'false discovery rate under any dependence',
  source: 'Benjamini & Yekutieli 2001',
  words: 'Benjamini–Yekutieli-adjusted',
  adjust: (p) => stepUp(p, (rank, m) => (harmonic(m) * m) / rank),
};

function harmonic(m: number): number {
  let sum = 0;
  for (let i = 1; i <= m; i++) sum += 1 / i;
  return sum;
}

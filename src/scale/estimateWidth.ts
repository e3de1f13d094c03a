// Below a hundred values the 5 % quantile rests on fewer than five of them.
const fewestNegatives = 100;
const widthWithoutNegatives = 0.5;
// W = M/2 would leave the positive half no more room than the negative one, and no decade for A.
const roomBelowHalf = 0.01;

/** How the width came about: from the quantile, held at a limit, or a convention for want of negatives. */
export type WidthRule = 'from-negatives' | 'too-few-negatives' | 'held-at-zero' | 'held-at-most';

/**
 * W of a logicle scale from the negative values of a channel, pooled over the study:
 * W = (M − log10(T/|r|))/2, r = their 5 % quantile (Parks, Roederer & Moore 2006; flowCore's estimateLogicle).
 * @param negatives how many values below 0 there were, and their 5 % quantile (raw, < 0; undefined if there are none)
 * @param axis T in raw units and M in decades of the scale to come
 * @returns W in [0, M/2 − 0.01] and how it was found; fewer than 100 negatives give 0.5 (or the upper limit, if lower)
 */
export function estimateWidth(
  negatives: { readonly count: number; readonly quantile5: number | undefined },
  axis: { readonly T: number; readonly M: number },
): { readonly W: number; readonly rule: WidthRule } {
  const most = Math.max(0, axis.M / 2 - roomBelowHalf);
  const { count, quantile5 } = negatives;
  if (count < fewestNegatives || quantile5 === undefined || !(quantile5 < 0)) {
    return { W: Math.min(widthWithoutNegatives, most), rule: 'too-few-negatives' };
  }
  const W = (axis.M - Math.log10(axis.T / -quantile5)) / 2;
  // A quantile next to zero (values barely below it) would ask for a negative width.
  if (W < 0) return { W: 0, rule: 'held-at-zero' };
  // An outlier far below zero would ask for more than the axis has.
  if (W > most) return { W: most, rule: 'held-at-most' };
  return { W, rule: 'from-negatives' };
}

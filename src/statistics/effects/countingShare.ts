import { standardDeviation } from '../moments.ts';
import type { ScaleName, Share } from '../shareScale.ts';

/**
 * How much of the variance of the differences counting alone explains (delta method): mean over pairs of both tubes'
 * counting variance, over s². May pass 1; above 0.5 more events would help more than more patients.
 * @param pairs both tubes of every pair, in the order of the differences
 * @returns undefined without counts, below two pairs, or without spread
 */
export function countingShare(
  pairs: readonly { readonly from: Share; readonly to: Share }[],
  differences: readonly number[],
  scale: ScaleName,
  tolerance: number,
): number | undefined {
  if (differences.length < 2) return undefined;
  const sd = standardDeviation(differences);
  if (sd <= tolerance) return undefined;
  let sum = 0;
  for (const { from, to } of pairs) {
    const [before, after] = [countingVariance(from, scale), countingVariance(to, scale)];
    if (before === undefined || after === undefined) return undefined;
    sum += before + after;
  }
  return sum / pairs.length / (sd * sd);
}

function countingVariance({ count, parentCount }: Share, scale: ScaleName): number | undefined {
  if (count === null || parentCount === null || parentCount <= 0) return undefined;
  if (scale === 'log-ratio') return 1 / (count + 0.5) - 1 / (parentCount + 1);
  if (scale === 'logit') return 1 / (count + 0.5) + 1 / (parentCount - count + 0.5);
  const share = count / parentCount;
  return (1e4 * share * (1 - share)) / parentCount;
}

import { binomialProbability } from '../distributions/central.ts';

/**
 * Fisher's exact test of two counted shares, two-sided by probability: tables no more likely than the observed one
 * (Fisher 1934; probabilities by Loader's saddle-point form, so that a million events are no harder than ten).
 * It says "beyond counting error", nothing of biology or of the gate.
 * @returns p in (0, 1]; 1 where a parent is empty
 */
export function fisherExact(count1: number, parent1: number, count2: number, parent2: number): number {
  const marked = count1 + count2;
  const lowest = Math.max(0, marked - parent2);
  const highest = Math.min(parent1, marked);
  if (lowest === highest) return 1;
  const probability = hypergeometric(parent1, parent2, marked);
  const observed = probability(count1);
  const mode = Math.min(
    highest,
    Math.max(lowest, Math.floor(((parent1 + 1) * (marked + 1)) / (parent1 + parent2 + 2))),
  );
  // A table counts as equally likely within 1e-7, as R has it: rounding must not split equal tables.
  const bound = observed * (1 + 1e-7);
  if (probability(mode) <= bound) return 1;
  const left = lastAtMost(probability, lowest, mode, bound);
  const right = lastAtMost(probability, highest, mode, bound);
  const p = sumOutward(probability, left, lowest, -1) + sumOutward(probability, right, highest, 1);
  return Math.min(1, Math.max(p, Number.MIN_VALUE));
}

function hypergeometric(parent1: number, parent2: number, marked: number): (k: number) => number {
  const share = marked / (parent1 + parent2);
  const all = binomialProbability(marked, parent1 + parent2, share);
  return (k) => (binomialProbability(k, parent1, share) * binomialProbability(marked - k, parent2, share)) / all;
}

/** The value nearest to the mode, on the side of `end`, whose probability is at most `bound`; undefined if none is. */
function lastAtMost(probability: (k: number) => number, end: number, mode: number, bound: number): number | undefined {
  if (end === mode || probability(end) > bound) return undefined;
  let [outside, inside] = [end, mode];
  while (Math.abs(inside - outside) > 1) {
    const middle = Math.floor((outside + inside) / 2);
    if (probability(middle) <= bound) outside = middle;
    else inside = middle;
  }
  return outside;
}

function sumOutward(probability: (k: number) => number, from: number | undefined, end: number, step: 1 | -1): number {
  if (from === undefined) return 0;
  let sum = 0;
  for (let k = from; step > 0 ? k <= end : k >= end; k += step) {
    const term = probability(k);
    sum += term;
    if (term <= sum * 1e-17) break;
  }
  return sum;
}

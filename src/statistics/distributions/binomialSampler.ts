import { binomialProbability } from './central.ts';

// Beyond ten standard deviations a tail holds less than 1e-15: no uniform of 32 bits reaches it.
const REACH = 10;

/**
 * Draws of a binomial count by inverting its distribution function.
 * @param n ≥ 0; @param share 0…1
 * @returns a function of a uniform in [0, 1)
 */
export function binomialSampler(n: number, share: number): (uniform: number) => number {
  const spread = REACH * Math.sqrt(n * share * (1 - share)) + REACH;
  const from = Math.max(0, Math.floor(n * share - spread));
  const to = Math.min(n, Math.ceil(n * share + spread));
  const below = new Float64Array(to - from + 1);
  let sum = 0;
  for (let k = from; k <= to; k++) {
    sum += binomialProbability(k, n, share);
    below[k - from] = sum;
  }
  return (uniform) => {
    let [low, high] = [0, below.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (below[middle]! > uniform * sum) high = middle;
      else low = middle + 1;
    }
    return from + low;
  };
}

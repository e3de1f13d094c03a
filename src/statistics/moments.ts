/** Arithmetic mean; the sum runs in the order given. n ≥ 1. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation with n − 1; two passes, so that a large mean costs nothing. n ≥ 2. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** Quantile of R's type 7: linear between order statistics at (n − 1)p. Undefined for no values. */
export function quantile(values: readonly number[], p: number): number | undefined {
  return sortedQuantile(
    [...values].sort((a, b) => a - b),
    p,
  );
}

/** The same of ascending values. That of d3, to the last bit, takes no typed arrays by its types. */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}

/** Mean of the two middle values; undefined for no values. */
export function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5);
}

/** Median absolute deviation of a normal distribution × this is its standard deviation. */
const MAD_TO_SD = 1.4826;

/** Standard deviation by the median of the distances to a centre, which a few strays do not move; undefined for no values. */
export function robustSd(values: readonly number[], centre = 0): number | undefined {
  const distance = median(values.map((value) => Math.abs(value - centre)));
  return distance === undefined ? undefined : MAD_TO_SD * distance;
}

import { sortedQuantile } from './moments.ts';
import { selectRank } from './selectRank.ts';

/**
 * Both quartiles by R's type 7, to the last bit those of the values in order, which are not brought into it: only the four
 * order statistics that the quartiles lie between are.
 * @param values finite, at least one, in any order; stay as they are
 */
export function quartiles(values: Float64Array): readonly [low: number, high: number] {
  const own = values.slice();
  const low = quantileIn(own, 0.25, 0);
  // What lies below the first quartile stands before it.
  return [low, quantileIn(own, 0.75, Math.floor(0.25 * (own.length - 1)))];
}

/** @param from values before it are no greater than any behind it */
function quantileIn(values: Float64Array, p: number, from: number): number {
  const position = p * (values.length - 1);
  const below = Math.floor(position);
  selectRank(values, below, from);
  const low = values[below]!;
  let next = below + 1 < values.length ? Number.POSITIVE_INFINITY : low;
  for (let i = below + 1; i < values.length; i++) if (values[i]! < next) next = values[i]!;
  return sortedQuantile([low, next], position - below)!;
}

import { sortedQuantile } from './moments.ts';

/**
 * Both quartiles by R's type 7, to the last bit those of the values in order, which are not brought into it: only the four
 * order statistics that the quartiles lie between are (Hoare 1961).
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
  select(values, below, from);
  const low = values[below]!;
  let next = below + 1 < values.length ? Number.POSITIVE_INFINITY : low;
  for (let i = below + 1; i < values.length; i++) if (values[i]! < next) next = values[i]!;
  return sortedQuantile([low, next], position - below)!;
}

/** Brings the value of a rank to its place, no greater ones before it and no smaller ones behind it. */
function select(values: Float64Array, rank: number, from: number): void {
  let [left, right] = [from, values.length - 1];
  while (left < right) {
    const pivot = middleOf(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let [i, j] = [left, right];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const value = values[i]!;
      values[i++] = values[j]!;
      values[j--] = value;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else return;
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

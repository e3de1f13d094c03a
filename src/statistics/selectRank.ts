/**
 * Brings the value of a rank to its place, no greater ones before it and no smaller ones behind it (Hoare 1961).
 * @param values no NaN among them; brought into another order
 * @param rank from 0
 * @param from values before it are no greater than any behind it, and stay where they are
 */
export function selectRank(values: Float64Array, rank: number, from = 0): void {
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

/** How many ways there are to choose k of n; exact up to 2^53. */
export function allocationCount(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) count = Math.round((count * (n - i + 1)) / i);
  return count;
}

/**
 * Calls `visit` with every way to put k of n patients into the second group, in lexicographic order of those chosen.
 * @param visit gets 0 or 1 for each patient; the array is used again for the next way
 */
export function eachAllocation(n: number, k: number, visit: (groups: readonly (0 | 1)[]) => void): void {
  const chosen = Array.from({ length: k }, (_, i) => i);
  const groups = new Array<0 | 1>(n).fill(0);
  for (;;) {
    groups.fill(0);
    for (const at of chosen) groups[at] = 1;
    visit(groups);
    let last = k - 1;
    while (last >= 0 && chosen[last] === n - k + last) last--;
    if (last < 0) return;
    chosen[last]!++;
    for (let i = last + 1; i < k; i++) chosen[i] = chosen[i - 1]! + 1;
  }
}

/**
 * 10 significant digits, for p-values that are no counted fraction: a library that differs in the last bit then changes
 * no byte of a table. A positive value stays positive.
 */
export function tenDigits(value: number): number {
  return Number(value.toPrecision(10));
}

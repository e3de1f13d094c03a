/**
 * The double nearest to x with the given number of significant digits, so that a last bit changes no printed byte.
 * @param x finite, and not so near to the largest double that rounding up passes it
 * @param digits 1…21
 * @returns 0 for −0
 */
export function roundSignificant(x: number, digits = 10): number {
  const rounded = Number(x.toPrecision(digits));
  if (!Number.isFinite(rounded)) throw new RangeError(`cannot round ${x}`);
  return rounded === 0 ? 0 : rounded;
}

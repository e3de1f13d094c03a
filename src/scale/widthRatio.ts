/**
 * r = d/b of a biexponential: the root of 2·ln r + wb·(1 + r) = 0, 0 < r ≤ 1 (Moore & Parks 2012, equation 12).
 * @param wb w·b = W·ln10, ≥ 0; 0 gives 1 (a plain sinh)
 */
export function widthRatio(wb: number): number {
  // In q = ln r the function 2q + wb(1 + e^q) is convex and rising: Newton from the right of the root falls onto it.
  let q = 0;
  for (let step = 0; step < 100; step++) {
    const share = wb * Math.exp(q);
    const change = (2 * q + wb + share) / (2 + share);
    q -= change;
    if (Math.abs(change) <= Number.EPSILON * Math.abs(q)) break;
  }
  return Math.exp(q);
}

/** Below this u a level is light of the cell itself rather than stain, and tells nothing of a gain. */
const DIMMEST = 0.8;

/**
 * Where a level lies in a tube whose stain carries a landmark from one place to another. A stain or a detector multiplies
 * brightness: F = c·sinh u becomes g·F, so a bright level moves by ln g in u, a dim one by less, a negative one hardly. On a
 * landmark that is too dim to tell the gain the distance itself is taken.
 * @param u level in the first frame; @param from the landmark there; @param to the landmark in the second frame
 */
export function carried(u: number, from: number, to: number): number {
  if (from < DIMMEST || to < DIMMEST) return u + to - from;
  return Math.asinh((Math.sinh(u) * Math.sinh(to)) / Math.sinh(from));
}

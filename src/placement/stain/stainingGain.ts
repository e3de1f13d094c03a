/**
 * Where a level lies in a tube of another staining gain. A stain or a detector multiplies brightness: F = c·sinh u becomes
 * g·F, so that a bright level moves by ln g in u, a dim one by less, a negative one hardly.
 * @param logGain ln g
 */
export function atGain(u: number, logGain: number): number {
  return Math.asinh(Math.sinh(u) * Math.exp(logGain));
}

/** The same of many levels. @param at where in `out` the first is written */
export function atGains(u: Float64Array, logGain: number, out: Float64Array, at: number): void {
  const gain = Math.exp(logGain);
  for (let i = 0; i < u.length; i++) out[at + i] = Math.asinh(Math.sinh(u[i]!) * gain);
}

/** Below this u a level is light of the cell itself rather than stain, and tells nothing of a gain. */
const DIMMEST = 0.8;

/**
 * Where a level lies in a tube whose stain carries a landmark from one place to another: at the gain that the landmark tells.
 * On one that is too dim to tell it the distance itself is taken.
 * @param u level in the first frame; @param from the landmark there; @param to the landmark in the second frame
 */
export function carried(u: number, from: number, to: number): number {
  if (from < DIMMEST || to < DIMMEST) return u + to - from;
  return atGain(u, Math.log(Math.sinh(to) / Math.sinh(from)));
}

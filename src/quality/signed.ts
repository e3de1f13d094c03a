/** A shift in u for people, its sign always shown. */
export function signed(u: number): string {
  return `${u < 0 ? '−' : '+'}${Math.abs(u).toFixed(2)}`;
}

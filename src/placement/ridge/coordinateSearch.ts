/** One coordinate of a search: where it starts, its first step, and its bounds. */
export interface Coordinate {
  readonly start: number;
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

const MOST_ROUNDS = 80;
/** Steps shrink by this factor where no coordinate gets better. */
const SHRINK = 0.6;
/** An improvement below this is rounding. */
const LEAST_GAIN = 1e-9;

/**
 * Minimum of a function by trying one coordinate after the other, up and down, with shrinking steps: slow and without
 * derivatives, but the same on every machine and never outside its bounds.
 * @param tolerance ends where every step is below it
 */
export function coordinateSearch(
  f: (at: readonly number[]) => number,
  coordinates: readonly Coordinate[],
  tolerance: number,
): { readonly at: readonly number[]; readonly value: number } {
  let at = coordinates.map((c) => c.start);
  let value = f(at);
  let steps = coordinates.map((c) => c.step);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let isBetter = false;
    for (let c = 0; c < coordinates.length; c++) {
      const { min, max } = coordinates[c]!;
      for (const sign of [1, -1]) {
        const moved = Math.min(max, Math.max(min, at[c]! + sign * steps[c]!));
        if (moved === at[c]) continue;
        const next = at.with(c, moved);
        const there = f(next);
        if (there < value - LEAST_GAIN) {
          at = next;
          value = there;
          isBetter = true;
          break;
        }
      }
    }
    if (!isBetter) steps = steps.map((step) => step * SHRINK);
    if (Math.max(...steps) < tolerance) break;
  }
  return { at, value };
}

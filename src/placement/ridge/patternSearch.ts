/** One coordinate of a search: where it starts, its first step, and its bounds. */
export interface Coordinate {
  readonly start: number;
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

/** Where a search stands, and what the function is there. */
export interface Place {
  readonly at: readonly number[];
  readonly value: number;
}

const SHRINK = 0.5;
/** An improvement below this is rounding. */
const LEAST_GAIN = 1e-9;

/**
 * Minimum of a function by pattern search (Hooke & Jeeves 1961): every coordinate is tried up and down, and where that
 * helped the same way is gone again, so that a search follows a narrow valley instead of ending on its wall. Without
 * derivatives, the same on every machine and never outside its bounds.
 * @param precision ends where every step has shrunk below this share of its first
 */
export function patternSearch(
  f: (at: readonly number[]) => number,
  coordinates: readonly Coordinate[],
  precision: number,
): Place {
  const start = coordinates.map((c) => inBounds(c.start, c));
  let best: Place = { at: start, value: f(start) };
  for (let scale = 1; scale >= precision; ) {
    const found = explored(f, coordinates, scale, best);
    if (found === best) scale *= SHRINK;
    else best = followed(f, coordinates, scale, best, found);
  }
  return best;
}

/** Goes on in the direction of the last gain for as long as it pays. */
function followed(
  f: (at: readonly number[]) => number,
  coordinates: readonly Coordinate[],
  scale: number,
  from: Place,
  to: Place,
): Place {
  let [last, best] = [from, to];
  for (;;) {
    const at = best.at.map((value, c) => inBounds(2 * value - last.at[c]!, coordinates[c]!));
    const ahead = explored(f, coordinates, scale, { at, value: f(at) });
    if (!(ahead.value < best.value - LEAST_GAIN)) return best;
    [last, best] = [best, ahead];
  }
}

/** The place after every coordinate was moved by one step where that lowers the function; the same place where none does. */
function explored(
  f: (at: readonly number[]) => number,
  coordinates: readonly Coordinate[],
  scale: number,
  from: Place,
): Place {
  let best = from;
  for (const [c, coordinate] of coordinates.entries()) {
    for (const step of [coordinate.step * scale, -coordinate.step * scale]) {
      const moved = inBounds(best.at[c]! + step, coordinate);
      if (moved === best.at[c]) continue;
      const at = best.at.with(c, moved);
      const value = f(at);
      // A value that is no number is no gain.
      if (!(value < best.value - LEAST_GAIN)) continue;
      best = { at, value };
      break;
    }
  }
  return best;
}

function inBounds(value: number, { min, max }: Coordinate): number {
  return Math.min(max, Math.max(min, value));
}

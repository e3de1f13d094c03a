/**
 * Where an increasing function passes zero, by bisection to the last bit: slow, and right wherever the function is.
 * @param low a point where it is negative
 * @param high a point where it is not
 */
export function bisect(increasing: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let step = 0; step < 2000; step++) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) break;
    if (increasing(middle) < 0) a = middle;
    else b = middle;
  }
  return b;
}

/**
 * A root between two points of opposite sign by the secant step kept in its bracket (Illinois rule; Dowell & Jarratt
 * 1971), for functions too dear to bisect.
 */
export function bracketedRoot(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  if (fa === 0) return a;
  for (let step = 0; step < 200 && fb !== 0; step++) {
    const x = b - (fb * (b - a)) / (fb - fa);
    if (Math.abs(x - b) <= 4e-16 * Math.max(1, Math.abs(x))) return x;
    const fx = f(x);
    if (fx > 0 !== fb > 0) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [x, fx];
  }
  return b;
}

/**
 * Keys of values: the first 16 bits of the nearest 32-bit float (sign, exponent, 7 bits of the fraction). The order of keys
 * is that of values, so that a table by key answers for all values whose key lies between those of two edges.
 */
export const KEYS = 1 << 16;

/** Where the key stands in a float seen as two 16-bit words. */
export const KEY_WORD = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Ranks of the first and one past the last finite key: infinities and values that are no numbers lie beyond. */
export const FIRST_RANK = KEYS - 0xff80;
export const END_RANK = KEYS / 2 + 0x7f80;

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

export function keyOf(value: number): number {
  float[0] = value;
  return word[0]! >>> 16;
}

/** Ascending with the value, 0 to KEYS - 1; its own inverse is `keyAt`. */
export function rankOf(key: number): number {
  return key >= KEYS / 2 ? KEYS - 1 - key : key + KEYS / 2;
}

export function keyAt(rank: number): number {
  return rank < KEYS / 2 ? KEYS - 1 - rank : rank - KEYS / 2;
}

/** A value below all values of a rank, by no more than a float's last place. */
export function below(rank: number): number {
  return rank <= FIRST_RANK ? Number.NEGATIVE_INFINITY : floatBelow(leastOf(rank));
}

/** A value above all values of a rank, by no more than a float's last place. */
export function above(rank: number): number {
  return rank >= END_RANK - 1 ? Number.POSITIVE_INFINITY : leastOf(rank + 1);
}

function leastOf(rank: number): number {
  const key = keyAt(rank);
  word[0] = key >= KEYS / 2 ? ((key << 16) | 0xffff) >>> 0 : key << 16;
  return float[0]!;
}

function floatBelow(value: number): number {
  // Below zero the words of floats descend; zero itself has the least negative number below it.
  if (value === 0) return -(2 ** -149);
  float[0] = value;
  word[0] = word[0]! + (value > 0 ? -1 : 1);
  return float[0]!;
}

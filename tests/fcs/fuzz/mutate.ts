import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { type LayoutValue, layoutValues } from './layoutValues.ts';
import type { Original } from './originals.ts';

/** A damaged copy, and what must hold for it. */
export interface Mutant {
  readonly original: Original;
  readonly bytes: Uint8Array;
  /**
   * evident: one value that counts bytes or events was changed; joint: two or three such; undecidable: one that only
   * gives the bytes a meaning; free: anything else, of which nothing is asked but to be read or refused.
   */
  readonly kind: 'evident' | 'joint' | 'undecidable' | 'free';
  readonly what: string;
}

type Pick = (count: number) => number;

/** Mutants without end, the same for the same generator. */
export function* mutants(pool: readonly Original[], generator: RandomGenerator): Generator<Mutant> {
  const pick: Pick = (count) => uniformInt(generator, 0, count - 1);
  const values = new Map(pool.map((original) => [original, layoutValues(original.bytes)]));
  for (;;) {
    const original = pool[pick(pool.length)] as Original;
    const own = values.get(original) ?? [];
    const draw = pick(12);
    if (draw < 4 || own.length === 0) yield freeMutant(original, pick);
    else if (draw < 6) yield jointMutant(original, own, pick);
    else yield valueMutant(original, own, pick);
  }
}

/** One digit in each of two or three values. */
function jointMutant(original: Original, values: readonly LayoutValue[], pick: Pick): Mutant {
  const bytes = original.bytes.slice();
  const evident = values.filter((value) => value.isEvident);
  const chosen = Array.from({ length: 2 + pick(2) }, () => evident[pick(evident.length)] as LayoutValue);
  for (const value of chosen) changeDigits(bytes, value, 1, pick);
  const what = chosen.map((value) => change(original.bytes, bytes, value)).join(', ');
  return { original, bytes, kind: 'joint', what: `${original.name}: ${what}` };
}

function change(before: Uint8Array, after: Uint8Array, value: LayoutValue): string {
  return `${value.keyword} "${textAt(before, value)}" -> "${textAt(after, value)}"`;
}

function valueMutant(original: Original, values: readonly LayoutValue[], pick: Pick): Mutant {
  const value = values[pick(values.length)] as LayoutValue;
  const bytes = original.bytes.slice();
  const isMeaning = !value.isEvident && /BYTEORD|DATATYPE/.test(value.keyword);
  if (isMeaning) changeMeaning(bytes, value, pick);
  else if (pick(6) === 0) rewrite(bytes, value, pick);
  else changeDigits(bytes, value, 1 + pick(3), pick);
  const what = `${original.name}: ${change(original.bytes, bytes, value)}`;
  return { original, bytes, kind: value.isEvident ? 'evident' : 'undecidable', what };
}

function textAt(bytes: Uint8Array, { offsetBytes, lengthBytes }: LayoutValue): string {
  return Buffer.from(bytes.subarray(offsetBytes, offsetBytes + lengthBytes)).toString('latin1');
}

/** So many digits become others; a value without digits gets one. */
function changeDigits(bytes: Uint8Array, value: LayoutValue, digitCount: number, pick: Pick): void {
  const { offsetBytes, lengthBytes } = value;
  const places = Array.from({ length: lengthBytes }, (_, i) => offsetBytes + i).filter((at) => isDigit(bytes[at]));
  for (let digit = 0; digit < digitCount; digit++) {
    const at = places[pick(Math.max(1, places.length))] ?? offsetBytes + lengthBytes - 1;
    bytes[at] = 48 + pick(10);
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** The value becomes a number near it, a large one, or none, in as many characters. */
function rewrite(bytes: Uint8Array, { offsetBytes, lengthBytes }: LayoutValue, pick: Pick): void {
  const text = Buffer.from(bytes.subarray(offsetBytes, offsetBytes + lengthBytes)).toString('latin1');
  const near = Number(text) + pick(64) - 32;
  const choices = [String(Math.max(0, near)), '9'.repeat(lengthBytes), '0', '', '-1', '1e9', '*', ' '];
  const chosen = (choices[pick(choices.length)] as string).slice(0, lengthBytes).padStart(lengthBytes);
  bytes.set(Buffer.from(chosen, 'latin1'), offsetBytes);
}

/** $BYTEORD turned about, or another letter for the type. */
function changeMeaning(bytes: Uint8Array, { offsetBytes, lengthBytes }: LayoutValue, pick: Pick): void {
  if (lengthBytes < 3) bytes[offsetBytes] = 'IFDA'.charCodeAt(pick(4));
  else bytes.subarray(offsetBytes, offsetBytes + lengthBytes).reverse();
}

const alphabet = '0123456789|$ PIFDABENRS,*-\t\n/\\';

/** Bytes changed anywhere, stretches cut out, doubled or moved, the file cut. */
function freeMutant(original: Original, pick: Pick): Mutant {
  let bytes = original.bytes.slice();
  const changes = pick(6);
  for (let i = 0; i < changes; i++) {
    // HEADER and TEXT are where a changed byte matters.
    const at = pick(4) === 0 ? pick(bytes.length) : pick(Math.min(1_200, bytes.length));
    bytes[at] = pick(3) === 0 ? pick(256) : alphabet.charCodeAt(pick(alphabet.length));
  }
  const from = pick(bytes.length);
  const length = 1 + pick(80);
  const stretch = bytes.slice(from, from + length);
  switch (pick(5)) {
    case 0:
      bytes = bytes.slice(0, from);
      break;
    case 1:
      bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]);
      break;
    case 2:
      bytes = Buffer.concat([bytes.subarray(0, from), stretch, bytes.subarray(from)]);
      break;
    case 3:
      bytes.set(stretch.subarray(0, Math.max(0, bytes.length - 58)), pick(Math.max(1, bytes.length - stretch.length)));
      break;
    default:
      break;
  }
  return { original, bytes, kind: 'free', what: `${original.name}: bytes` };
}

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { type LayoutValue, layoutValues } from './layoutValues.ts';
import type { Original } from './originals.ts';

/** A damaged copy, and what must hold for it. */
export interface Mutant {
  readonly original: Original;
  readonly bytes: Uint8Array;
  /**
   * evident: one value that counts bytes or events was changed; undecidable: one that only gives them a meaning was;
   * free: anything else, of which nothing is asked but to be read or refused.
   */
  readonly kind: 'evident' | 'undecidable' | 'free';
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
    yield pick(3) === 0 || own.length === 0 ? freeMutant(original, pick) : valueMutant(original, own, pick);
  }
}

function valueMutant(original: Original, values: readonly LayoutValue[], pick: Pick): Mutant {
  const value = values[pick(values.length)] as LayoutValue;
  const bytes = original.bytes.slice();
  const isMeaning = !value.isEvident && /BYTEORD|DATATYPE/.test(value.keyword);
  if (isMeaning) changeMeaning(bytes, value, pick);
  else if (pick(6) === 0) rewrite(bytes, value, pick);
  else changeDigits(bytes, value, pick);
  const what = `${original.name}: ${value.keyword} "${textAt(original.bytes, value)}" -> "${textAt(bytes, value)}"`;
  return { original, bytes, kind: value.isEvident ? 'evident' : 'undecidable', what };
}

function textAt(bytes: Uint8Array, { offsetBytes, lengthBytes }: LayoutValue): string {
  return Buffer.from(bytes.subarray(offsetBytes, offsetBytes + lengthBytes)).toString('latin1');
}

/** One to three digits become others; a value without digits gets one. */
function changeDigits(bytes: Uint8Array, { offsetBytes, lengthBytes }: LayoutValue, pick: Pick): void {
  const places = Array.from({ length: lengthBytes }, (_, i) => offsetBytes + i).filter((at) => isDigit(bytes[at]));
  const changes = 1 + pick(3);
  for (let change = 0; change < changes; change++) {
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
  for (let change = 0; change < changes; change++) {
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

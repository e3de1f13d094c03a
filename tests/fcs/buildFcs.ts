/** Places in a file that is being built, from its start. */
interface Places {
  readonly textBegin: number;
  readonly textEnd: number;
  readonly dataBegin: number;
  readonly dataEnd: number;
  readonly sizeBytes: number;
}

type Field = string | number;

/** An FCS file to be made, sound unless told otherwise. */
export interface Made {
  readonly version?: string;
  readonly delimiter?: string;
  readonly keywords: Readonly<Record<string, string | undefined>>;
  readonly data: Uint8Array;
  /** Blank bytes between TEXT and DATA. */
  readonly gapBytes?: number;
  /** Behind DATA; default: a checksum of eight zeros. */
  readonly tail?: Uint8Array;
  /** Changes TEXT as rendered: one character a byte, before offsets are filled in. */
  readonly text?: (text: string) => string;
  /** The six offsets of HEADER. */
  readonly header?: (places: Places) => readonly Field[];
  /** $BEGINDATA and $ENDDATA. */
  readonly offsets?: (places: Places) => readonly [Field, Field];
}

/** Stands for $BEGINDATA and $ENDDATA until places are known; offsets are written with as many characters. */
export const beginMark = 'BBBBBBBBBBBB';
export const endMark = 'EEEEEEEEEEEE';

/** Bytes of a Latin-1 string. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The bytes of such a file. Delimiters in values are doubled as the standard says; faults come in by `text`. */
export function buildFcs(made: Made): Uint8Array {
  const delimiter = made.delimiter ?? '|';
  const doubled = (text: string): string => text.replaceAll(delimiter, delimiter + delimiter);
  const pairs = Object.entries(made.keywords).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const rendered = `${delimiter}${pairs.map(([k, v]) => `${doubled(k)}${delimiter}${doubled(v)}${delimiter}`).join('')}`;
  const text = made.text?.(rendered) ?? rendered;
  const dataBegin = 58 + text.length + (made.gapBytes ?? 0);
  const tail = made.tail ?? latin1('00000000');
  const sizeBytes = dataBegin + made.data.length + tail.length;
  const places = {
    textBegin: 58,
    textEnd: 57 + text.length,
    dataBegin,
    dataEnd: dataBegin + made.data.length - 1,
    sizeBytes,
  };
  const [begin, end] = made.offsets?.(places) ?? [places.dataBegin, places.dataEnd];
  const filled = text
    .replaceAll(beginMark, String(begin).padStart(beginMark.length))
    .replaceAll(endMark, String(end).padStart(endMark.length));
  const fields = made.header?.(places) ?? [58, places.textEnd, places.dataBegin, places.dataEnd, 0, 0];
  const header = `${made.version ?? 'FCS3.1'}    ${fields.map((field) => String(field).padStart(8)).join('')}`;
  return joinBytes(latin1(header), latin1(filled), new Uint8Array(made.gapBytes ?? 0).fill(32), made.data, tail);
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A width in bits with the way its bytes are ordered: the power of 256 of each byte in the file. */
function bytesOf(value: bigint, powers: readonly number[]): number[] {
  return powers.map((power) => Number((value >> BigInt(8 * power)) & 0xffn));
}

/** Rows of unsigned integers of whole bytes, `bits` one a parameter. */
export function integerRows(
  rows: readonly (readonly (number | bigint)[])[],
  bits: readonly number[],
  order: 'little' | 'big' | readonly number[] = 'little',
): Uint8Array {
  const bytes = rows.flatMap((row) =>
    row.flatMap((value, i) => {
      const count = (bits[i] ?? 0) / 8;
      const little = Array.from({ length: count }, (_, power) => power);
      const powers = order === 'little' ? little : order === 'big' ? little.reverse() : order.map((place) => place - 1);
      return bytesOf(BigInt(value), powers);
    }),
  );
  return Uint8Array.from(bytes);
}

/** Rows of floats, 32 or 64 bits one a parameter. */
export function floatRows(
  rows: readonly (readonly number[])[],
  bits: readonly number[],
  order: 'little' | 'big' = 'little',
): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  return Uint8Array.from(
    rows.flatMap((row) =>
      row.flatMap((value, i) => {
        const count = (bits[i] ?? 0) / 8;
        if (count === 4) view.setFloat32(0, value, true);
        else view.setFloat64(0, value, true);
        const little = [...new Uint8Array(view.buffer, 0, count)];
        return order === 'little' ? little : little.reverse();
      }),
    ),
  );
}

/** Rows of unsigned integers as a stream of bits without padding; big: from the high bit of each byte. */
export function packedRows(rows: readonly (readonly number[])[], bits: number, order: 'little' | 'big'): Uint8Array {
  const stream = rows.flat().flatMap((value) => {
    const low = Array.from({ length: bits }, (_, power) => (value >> power) & 1);
    return order === 'little' ? low : low.reverse();
  });
  const bytes = new Uint8Array(Math.ceil(stream.length / 8));
  stream.forEach((bit, i) => {
    const place = order === 'little' ? i % 8 : 7 - (i % 8);
    bytes[i >> 3] = (bytes[i >> 3] as number) | (bit << place);
  });
  return bytes;
}

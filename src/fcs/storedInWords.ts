import type { ByteSource } from './byteSource.ts';
import type { Segment } from './fcsFile.ts';
import type { Interpretation } from './interpret.ts';

const sampleBytes = 1 << 16;

/**
 * True where values that are read as a stream of bits look like whole words instead: in every word of a sample the bits
 * that its value does not need are 0, though the words are not. Values without padding would set them at random, so
 * that not one file in 2^(empty bits × words) looks so by chance.
 */
export function isStoredInWords(source: ByteSource, interpretation: Interpretation, place: Segment): boolean {
  const { fields, byteOrder } = interpretation;
  const wordBytes = wordBytesOf(fields.map((field) => field.bits));
  if (wordBytes === undefined || fields.some((field) => field.dataType !== 'I')) return false;
  const bytes = source.read(place.offsetBytes, Math.min(sampleBytes, place.lengthBytes));
  const wordCount = Math.floor(bytes.length / wordBytes);
  // Fewer words than this can leave their high bits empty by chance.
  if (wordCount < 8) return false;
  let anyBit = 0;
  for (let word = 0; word < wordCount; word++) {
    const bits = fields[word % fields.length]?.bits ?? 0;
    for (let power = 0; power < wordBytes; power++) {
      const byte = bytes[word * wordBytes + (byteOrder.kind === 'little' ? power : wordBytes - 1 - power)] as number;
      if (byte >> Math.max(0, Math.min(8, bits - 8 * power)) !== 0) return false;
      anyBit |= byte;
    }
  }
  return anyBit !== 0;
}

/** Bytes of the word that would hold each of these widths with bits to spare; undefined where they need several. */
function wordBytesOf(widths: readonly number[]): 2 | 4 | 8 | undefined {
  return ([2, 4, 8] as const).find((bytes) => widths.every((bits) => bits > 4 * bytes && bits < 8 * bytes));
}

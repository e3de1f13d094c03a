import type { ByteSource } from './byteSource.ts';
import type { Segment } from './fcsFile.ts';
import type { Interpretation } from './interpret.ts';

const sampleBytes = 1 << 16;

/**
 * True where values that are read as a stream of bits look like 16-bit words instead: in every word of a sample the bits
 * that its value does not need are 0, though the words are not. Ten bits without padding would set them at random, so
 * that not one file in 2^(6 × words) looks so by chance.
 */
export function isStoredInWords(source: ByteSource, interpretation: Interpretation, place: Segment): boolean {
  const { fields, byteOrder } = interpretation;
  const isPacked = fields.some((field) => field.bits % 8 !== 0);
  if (!isPacked || fields.some((field) => field.dataType !== 'I' || field.bits <= 8 || field.bits >= 16)) return false;
  const bytes = source.read(place.offsetBytes, Math.min(sampleBytes, place.lengthBytes));
  const wordCount = Math.floor(bytes.length / 2);
  // Fewer words than this can leave their high bits empty by chance.
  if (wordCount < 8) return false;
  const highByte = byteOrder.kind === 'little' ? 1 : 0;
  let anyBit = 0;
  for (let word = 0; word < wordCount; word++) {
    const bits = fields[word % fields.length]?.bits ?? 16;
    const high = bytes[2 * word + highByte] as number;
    if (high >> (bits - 8) !== 0) return false;
    anyBit |= high | (bytes[2 * word + 1 - highByte] as number);
  }
  return anyBit !== 0;
}

import type { RemovedValue } from './deidentifiedHead.ts';
import { isPanelText, modelOf } from './knownWords.ts';

/** Shorter values stand in any file by chance. */
const fewestCharacters = 4;

/** The bytes in which a text may stand: UTF-8, Latin-1, UTF-16 of either order. */
function encodings(text: string): Buffer[] {
  const wide = Buffer.from(text, 'utf16le');
  const all = [Buffer.from(text, 'utf8'), Buffer.from(text, 'latin1'), wide, Buffer.from(wide).swap16()];
  return all.filter((bytes, i) => all.findIndex((other) => other.equals(bytes)) === i);
}

/**
 * True for values that tell nothing by being found again: plain numbers (a long whole number may be an accession
 * number), words of panels and machines, which the new file holds by right.
 */
function isHarmless(value: string): boolean {
  const text = value.trim();
  if (/^[0\s.,:;-]*$/.test(text)) return true;
  if (/^[\d\s.,eE+-]+$/.test(text)) return !/^\d{7,}$/.test(text);
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return isPanelText(text) || modelOf(text).split(' ').length === words.length;
}

/**
 * The removed values that stand in some bytes still.
 * @param bytes of the whole new file, or of a block of it
 * @returns keywords, in order; never the values
 */
export function findRemoved(bytes: Uint8Array, removed: readonly RemovedValue[]): string[] {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = removed.filter(({ value }) => {
    const text = value.trim();
    if (text.length < fewestCharacters || isHarmless(text)) return false;
    return encodings(text).some((needle) => haystack.includes(needle));
  });
  return found.map(({ keyword }) => keyword);
}

/** Bytes of the longest removed value in any encoding: how much two blocks must overlap to lose none at their seam. */
export function longestRemovedBytes(removed: readonly RemovedValue[]): number {
  return removed.reduce((most, { value }) => Math.max(most, 4 * value.length), 0);
}

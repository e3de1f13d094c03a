import { trimPadding, wholeNumber } from './wholeNumber.ts';

/** What one 8-character offset of HEADER holds. `nines` is 99999999, written where an offset did not fit. */
export interface OffsetField {
  readonly state: 'given' | 'zero' | 'blank' | 'negative' | 'nines' | 'unreadable';
  /** The number where the state is `given`, counted from the start of the data set; else undefined. */
  readonly value: number | undefined;
}

export interface OffsetPair {
  readonly begin: OffsetField;
  readonly end: OffsetField;
}

/** The first 58 bytes of a data set. */
export interface Header {
  readonly version: string;
  readonly text: OffsetPair;
  readonly data: OffsetPair;
  readonly analysis: OffsetPair;
}

export const headerBytes = 58;
/** A checksum of so many characters may follow the last segment. */
export const checksumBytes = 8;
/** Offsets past this do not fit into 8 characters; they stand in TEXT alone. */
export const largestHeaderOffset = 99_999_999;

/** @returns undefined unless the bytes begin with `FCS` and reach to the end of HEADER */
export function parseHeader(bytes: Uint8Array): Header | undefined {
  if (bytes.length < headerBytes || !hasMagic(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, headerBytes).toString('latin1');
  const field = (index: number): OffsetField => parseOffset(text.slice(10 + 8 * index, 18 + 8 * index));
  return {
    version: text.slice(0, 6),
    text: { begin: field(0), end: field(1) },
    data: { begin: field(2), end: field(3) },
    analysis: { begin: field(4), end: field(5) },
  };
}

/** True where a data set begins: `FCS`, a digit, a point, a digit. */
export function hasMagic(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, 6)).toString('latin1');
  return /^FCS\d\.\d$/.test(text);
}

/** The same reading for the offsets that stand in TEXT; a missing keyword counts as blank. */
export function parseOffset(text: string | undefined): OffsetField {
  const written = trimPadding(text ?? '');
  if (written === '') return { state: 'blank', value: undefined };
  if (/^-\d+$/.test(written)) return { state: 'negative', value: undefined };
  const value = wholeNumber(written);
  if (value === undefined) return { state: 'unreadable', value: undefined };
  if (value === 0) return { state: 'zero', value: undefined };
  if (value === largestHeaderOffset) return { state: 'nines', value: undefined };
  return { state: 'given', value };
}

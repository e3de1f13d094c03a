/** The encodings that spreadsheets write. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncodingName;
}

/**
 * Text of a file whose encoding is not stated: byte order mark, else valid UTF-8, else Windows-1252.
 * Windows-1252 gives every byte a character, so it never fails: a caller should say that it was assumed.
 * @returns the text without its byte order mark
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes, 'utf-16be');
  if (isUtf8(bytes)) return decodeAs(bytes, 'utf-8');
  return { text: windows1252Text(bytes), encoding: 'windows-1252' };
}

// Bytes 0x80 to 0x9F of Windows-1252 (WHATWG Encoding standard, index windows-1252); the rest is Latin-1.
// Written out because TextDecoder of Node 20.20 answers Latin-1 for 'windows-1252' and turns "€" into U+0080.
const from0x80 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

function windows1252Text(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes).toString('latin1');
  return latin1.replace(/[\u0080-\u009F]/g, (character) => from0x80.charAt(character.charCodeAt(0) - 0x80));
}

function decodeAs(bytes: Uint8Array, encoding: Exclude<TextEncodingName, 'windows-1252'>): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    // A fatal decoder says "not UTF-8" by a TypeError; anything else is not ours to judge.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

import { isUtf8 } from 'node:buffer';
import { andMore, counted } from '../problems/index.ts';
import type { Findings } from './findings.ts';
import { type Pair, pairTokens, type Token } from './pairText.ts';
import { isStandardKeyword, isStandardName } from './standardKeywords.ts';
import { trimPadding } from './wholeNumber.ts';

/** One keyword of TEXT, ready to use. */
export interface Entry {
  /** Upper case, trimmed. */
  readonly key: string;
  /** Trimmed. */
  readonly value: string;
  /** Of the keyword, from the start of the file. */
  readonly offsetBytes: number;
}

/** What lies in the bytes of a TEXT segment. */
export interface ParsedText {
  readonly entries: readonly Entry[];
  readonly delimiter: number;
  /** False where the last value is not closed by a delimiter. */
  readonly isClosed: boolean;
  /** Bytes up to the last delimiter or value, without blanks behind it. */
  readonly contentBytes: number;
}

// More separators than any instrument writes (100 000 parameters with ten keywords each): a binary file read as TEXT.
const mostTokens = 2_000_000;

/**
 * Keywords and values of one TEXT segment.
 * @param bytes the segment, its first byte the delimiter
 * @param offsetBytes of that first byte, from the start of the file
 * @param role supplemental TEXT need not hold a keyword of the standard
 * @returns undefined where the bytes are no keyword list at all (reported)
 */
export function parseText(
  bytes: Uint8Array,
  offsetBytes: number,
  findings: Findings,
  role: 'primary' | 'supplemental' = 'primary',
): ParsedText | undefined {
  const delimiter = bytes[0];
  if (delimiter === undefined) return undefined;
  const length = contentLength(bytes, delimiter);
  const isClosed = length > 1 && bytes[length - 1] === delimiter;
  const raw = tokensOf(bytes.subarray(0, length), offsetBytes, delimiter, isClosed);
  if (raw === undefined || (role === 'primary' && !raw.some((token) => isStandardish(token.text)))) {
    findings.add('error', 'fcs.text-unparsable', 'no keyword of the standard is found in TEXT', offsetBytes);
    return undefined;
  }
  if (delimiter < 1 || delimiter > 126) {
    const code = `0x${delimiter.toString(16).padStart(2, '0')}`;
    findings.add(
      'warning',
      'fcs.delimiter-non-ascii',
      `the delimiter of TEXT is the byte ${code}, not one of 1 to 126`,
      offsetBytes,
    );
  }
  if (length < bytes.length) {
    const count = bytes.length - length;
    findings.add(
      'note',
      'fcs.text-trailing-bytes',
      `${count} blank bytes after the last delimiter of TEXT were ignored`,
      offsetBytes + length,
    );
  }
  const pairs = pairTokens(raw, String.fromCharCode(delimiter), findings);
  const decode = decoderOf(bytes, delimiter, offsetBytes, findings);
  return {
    entries: withDollars(entriesOf(pairs, decode, findings), findings),
    delimiter,
    isClosed,
    contentBytes: length,
  };
}

function isStandardish(token: string): boolean {
  const key = trimPadding(token).toUpperCase();
  return isStandardKeyword(key) || isStandardName(key);
}

/** Without blanks, line ends and NULs behind the last delimiter or value. */
function contentLength(bytes: Uint8Array, delimiter: number): number {
  let length = bytes.length;
  while (length > 1) {
    const byte = bytes[length - 1] as number;
    if (byte === delimiter || !(byte === 0 || byte === 32 || (byte >= 9 && byte <= 13))) break;
    length--;
  }
  return length;
}

function tokensOf(bytes: Uint8Array, offsetBytes: number, delimiter: number, isClosed: boolean): Token[] | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const tokens: Token[] = [];
  let start = 1;
  for (let i = 1; i < bytes.length; i++) {
    if (bytes[i] !== delimiter) continue;
    if (tokens.length >= mostTokens) return undefined;
    tokens.push({ text: text.slice(start, i), offsetBytes: offsetBytes + start, hasDelimiter: false });
    start = i + 1;
  }
  if (!isClosed && start < bytes.length) {
    tokens.push({ text: text.slice(start), offsetBytes: offsetBytes + start, hasDelimiter: false });
  }
  return tokens;
}

type Decode = (latin1: string) => string;

/** Valid UTF-8 as a whole is UTF-8; else windows-1252, in which every byte means something. */
function decoderOf(bytes: Uint8Array, delimiter: number, offsetBytes: number, findings: Findings): Decode {
  const first = bytes.findIndex((byte) => byte >= 0x80 && byte !== delimiter);
  if (first < 0) return (text) => text;
  const probe = delimiter < 0x80 ? bytes : bytes.map((byte) => (byte === delimiter ? 32 : byte));
  if (isUtf8(probe)) return (text) => Buffer.from(text, 'latin1').toString('utf8');
  findings.add(
    'note',
    'fcs.text-not-utf8',
    'TEXT holds bytes that are no UTF-8; its values were read as windows-1252',
    offsetBytes + first,
  );
  const decoder = new TextDecoder('windows-1252');
  return (text) => decoder.decode(Buffer.from(text, 'latin1'));
}

function entriesOf(pairs: readonly Pair[], decode: Decode, findings: Findings): Entry[] {
  const padded: Token[] = [];
  const lower: string[] = [];
  const letterless: Token[] = [];
  const entries = pairs.map(({ key, value }): Entry => {
    const trimmed = trimPadding(key.text);
    if (trimmed !== key.text) padded.push(key);
    const folded = decode(trimmed).toUpperCase();
    if (isStandardKeyword(folded) && folded !== trimmed) lower.push(folded);
    if (!/[A-Za-z\u0080-\u00ff]/.test(trimmed)) letterless.push(key);
    return { key: folded, value: trimPadding(decode(value.text)), offsetBytes: key.offsetBytes };
  });
  reportKeys(padded, lower, letterless, findings);
  return entries;
}

function reportKeys(
  padded: readonly Token[],
  lower: readonly string[],
  letterless: readonly Token[],
  f: Findings,
): void {
  if (padded.length > 0) {
    const message = `blanks or line ends around ${counted(padded.length, 'keyword')} were ignored`;
    f.add('note', 'fcs.keyword-whitespace', message, padded[0]?.offsetBytes);
  }
  if (lower.length > 0) {
    f.add('note', 'fcs.keyword-whitespace', `keywords in lower case: ${andMore(lower)}; case is ignored`);
  }
  if (letterless.length > 0) {
    f.add(
      'warning',
      'fcs.delimiter-unescaped',
      `${counted(letterless.length, 'keyword holds', 'keywords hold')} no letter: a value before probably holds a bare ` +
        'delimiter and was cut there',
      letterless[0]?.offsetBytes,
    );
  }
}

/** Some writers leave out every `$`. Taken for meant only where `$PAR` itself is missing and `PAR` is there. */
function withDollars(entries: Entry[], findings: Findings): Entry[] {
  const keys = new Set(entries.map((entry) => entry.key));
  if (keys.has('$PAR') || !keys.has('PAR')) return entries;
  const bare = entries.filter(({ key }) => isStandardName(key) && !keys.has(`$${key}`));
  findings.add(
    'warning',
    'fcs.keyword-without-dollar',
    `${counted(bare.length, 'keyword of the standard stands', 'keywords of the standard stand')} without a "$"; ` +
      'read as if it were there',
    bare[0]?.offsetBytes,
  );
  const renamed = new Set(bare);
  return entries.map((entry) => (renamed.has(entry) ? { ...entry, key: `$${entry.key}` } : entry));
}

import type { ByteSource } from './byteSource.ts';
import type { Findings } from './findings.ts';
import { type Header, headerBytes } from './header.ts';
import { type ParsedText, parseText } from './parseText.ts';

/** A TEXT segment, read. */
export interface LocatedText extends ParsedText {
  /** Of its first and last byte, from the start of the file. */
  readonly beginBytes: number;
  readonly endBytes: number;
}

// How far past the end that HEADER gives TEXT is looked for; a vendor's TEXT is some kilobytes.
const lookAheadBytes = 1 << 20;

/**
 * Reads the TEXT segment that HEADER points to; its end is mended where the last delimiter before DATA shows it.
 * @param base start of the data set, from the start of the file
 * @returns undefined where TEXT cannot be read (reported)
 */
export function locateText(
  source: ByteSource,
  base: number,
  header: Header,
  findings: Findings,
): LocatedText | undefined {
  const begin = header.text.begin.value;
  if (begin === undefined || begin < headerBytes) {
    findings.add('error', 'fcs.text-unparsable', 'HEADER gives no place for TEXT', base + 10);
    return undefined;
  }
  const dataBegin = usableDataBegin(source, base, header, begin);
  const end = claimedEnd(source, base, header, dataBegin, findings);
  if (end === undefined) return undefined;
  const horizon = dataBegin !== undefined && dataBegin > end ? Math.min(dataBegin - 1, end + lookAheadBytes) : end;
  const bytes = source.read(base + begin, horizon - begin + 1);
  const length = mendedLength(bytes, end - begin + 1, dataBegin === undefined ? undefined : dataBegin - begin);
  reportEnd(base + begin, end - begin + 1, length, findings);
  const parsed = parseText(bytes.subarray(0, length), base + begin, findings);
  if (parsed === undefined) return undefined;
  if (!parsed.isClosed) {
    const message = 'TEXT does not end with its delimiter; its end closes the last value';
    findings.add('warning', 'fcs.final-delimiter-missing', message, base + begin + length - 1);
  }
  // Blanks behind the last delimiter may be bytes of DATA already.
  const endBytes = base + begin + (parsed.isClosed ? parsed.contentBytes : length) - 1;
  return { ...parsed, beginBytes: base + begin, endBytes };
}

function usableDataBegin(source: ByteSource, base: number, header: Header, textBegin: number): number | undefined {
  const dataBegin = header.data.begin.value;
  return dataBegin !== undefined && dataBegin > textBegin && base + dataBegin < source.sizeBytes
    ? dataBegin
    : undefined;
}

function claimedEnd(
  source: ByteSource,
  base: number,
  header: Header,
  dataBegin: number | undefined,
  findings: Findings,
): number | undefined {
  const begin = header.text.begin.value ?? 0;
  const end = header.text.end.value;
  if (end !== undefined && end > begin && base + end < source.sizeBytes) return end;
  if (dataBegin !== undefined) {
    const written = end === undefined ? `no end (${header.text.end.state})` : `the end ${end}`;
    findings.add(
      'warning',
      'fcs.text-end-wrong',
      `HEADER gives ${written} for TEXT that begins at ${begin}; used the last delimiter before DATA`,
      base + 18,
    );
    return dataBegin - 1;
  }
  findings.add(
    'error',
    'fcs.text-truncated',
    `TEXT should reach from byte ${base + begin} to ${end === undefined ? 'an end that HEADER does not give' : base + end}` +
      `, the file has ${source.sizeBytes} bytes`,
    Math.min(source.sizeBytes, base + begin),
  );
  return undefined;
}

/** Length of TEXT by its delimiters; lengths and places count from the first byte of TEXT. */
function mendedLength(bytes: Uint8Array, claimed: number, dataPlace: number | undefined): number {
  const delimiter = bytes[0];
  if (dataPlace !== undefined && dataPlace > 1 && dataPlace < claimed && bytes[dataPlace - 1] === delimiter) {
    // A TEXT that runs into DATA by one byte may end in a chance delimiter; by more, its own closing one is believed.
    if (claimed - dataPlace === 1 || bytes[claimed - 1] !== delimiter) return dataPlace;
  }
  if (isClosedAt(bytes, claimed, delimiter)) return claimed;
  const next = bytes.lastIndexOf(delimiter as number);
  if (next < claimed) return claimed;
  for (let i = claimed; i < next; i++) if (!isTextByte(bytes[i] as number, delimiter)) return claimed;
  return next + 1;
}

function isClosedAt(bytes: Uint8Array, length: number, delimiter: number | undefined): boolean {
  let i = length - 1;
  while (i > 0 && bytes[i] !== delimiter && isBlank(bytes[i] as number)) i--;
  return bytes[i] === delimiter;
}

function isBlank(byte: number): boolean {
  return byte === 0 || byte === 32 || (byte >= 9 && byte <= 13);
}

function isTextByte(byte: number, delimiter: number | undefined): boolean {
  return byte === delimiter || byte >= 32 || (byte >= 9 && byte <= 13);
}

function reportEnd(beginBytes: number, claimed: number, length: number, findings: Findings): void {
  const change = length - claimed;
  if (change === 0) return;
  findings.add(
    'warning',
    Math.abs(change) === 1 ? 'fcs.text-end-off-by-one' : 'fcs.text-end-wrong',
    `HEADER ends TEXT at byte ${beginBytes + claimed - 1}, its last delimiter before DATA is at byte ` +
      `${beginBytes + length - 1}; used the delimiter`,
    beginBytes + claimed - 1,
  );
}

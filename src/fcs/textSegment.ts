import { headerBytes, largestHeaderOffset } from './header.ts';

// The first that stands in no keyword or value is taken, else the first that stands in no keyword.
const delimiters = ['|', '/', '\\', '!', '^', '~', '\f', '\x1e'];

/** No checksum was computed: eight zeros behind the last segment say so. */
export const noChecksum = '00000000';

/**
 * HEADER and TEXT of one data set whose DATA follows at once. Offsets stand in HEADER where they fit into 8 digits, and
 * in TEXT always; there they have a fixed width, so that one rendering gives the length.
 * @param pairs keywords and values but the six offsets, in order
 * @param dataBytes length of DATA, may pass 2³²
 */
export function textSegment(
  version: string,
  pairs: readonly (readonly [string, string])[],
  dataBytes: number,
): { readonly head: Uint8Array; readonly dataBegin: number } {
  const render = (dataBegin: number): Uint8Array => Buffer.from(textOf(pairs, dataBegin, dataBytes), 'utf8');
  const dataBegin = headerBytes + render(0).length;
  const text = render(dataBegin);
  const head = Buffer.concat([Buffer.from(headerText(version, text.length, dataBegin, dataBytes), 'latin1'), text]);
  return { head, dataBegin };
}

function textOf(pairs: readonly (readonly [string, string])[], dataBegin: number, dataBytes: number): string {
  const dataEnd = dataBytes === 0 ? 0 : dataBegin + dataBytes - 1;
  const all: (readonly [string, string])[] = [
    ['$BEGINANALYSIS', '0'],
    ['$ENDANALYSIS', '0'],
    ['$BEGINSTEXT', '0'],
    ['$ENDSTEXT', '0'],
    ['$BEGINDATA', fixedWidth(dataBytes === 0 ? 0 : dataBegin)],
    ['$ENDDATA', fixedWidth(dataEnd)],
    ...pairs,
  ];
  const delimiter = delimiterFor(all);
  const escaped = all.flat().map((text) => escapeDelimiter(text, delimiter));
  return `${delimiter}${escaped.join(delimiter)}${delimiter}`;
}

/** 20 digits hold every offset. */
function fixedWidth(offset: number): string {
  return String(offset).padStart(20, '0');
}

function delimiterFor(pairs: readonly (readonly [string, string])[]): string {
  const isAbsent = (texts: readonly string[]) => (delimiter: string) =>
    texts.every((text) => !text.includes(delimiter));
  const found = delimiters.find(isAbsent(pairs.flat())) ?? delimiters.find(isAbsent(pairs.map(([key]) => key)));
  if (found === undefined) throw new RangeError('the keywords leave no character for a delimiter');
  return found;
}

/** Doubled where it stands inside; at either end it would be read with the separator, so a blank keeps it apart. */
function escapeDelimiter(text: string, delimiter: string): string {
  const doubled = text.replaceAll(delimiter, delimiter + delimiter);
  return `${text.startsWith(delimiter) ? ' ' : ''}${doubled}${text.endsWith(delimiter) ? ' ' : ''}`;
}

function headerText(version: string, textBytes: number, dataBegin: number, dataBytes: number): string {
  const dataEnd = dataBegin + dataBytes - 1;
  const isInHeader = dataBytes > 0 && dataEnd <= largestHeaderOffset;
  const fields = [headerBytes, headerBytes + textBytes - 1, isInHeader ? dataBegin : 0, isInHeader ? dataEnd : 0, 0, 0];
  return `${version}    ${fields.map((field) => String(field).padStart(8)).join('')}`;
}

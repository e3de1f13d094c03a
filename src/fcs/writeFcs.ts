import { headerBytes, largestHeaderOffset } from './header.ts';

export interface ParameterToWrite {
  /** $PnN; not empty, no comma (the standard forbids it). */
  readonly name: string;
  /** $PnS; left out where empty. */
  readonly stain?: string;
  /** $PnR: a whole number ≥ 1; it bounds nothing in float data. */
  readonly range: number;
  /** 32 (default) or 64; 64 for one writes all as 64-bit floats. */
  readonly bits?: 32 | 64;
  /** Further keywords of this parameter by their last letters: `{ V: '450' }` becomes $PnV. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** A file to be written: float columns and keywords. */
export interface FcsToWrite {
  readonly version?: 'FCS3.1' | 'FCS3.0';
  readonly parameters: readonly ParameterToWrite[];
  /** Keywords besides those that describe layout, which are written here and cannot be set. */
  readonly keywords?: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
  /** One a parameter, each `eventCount` long. */
  readonly columns: readonly (Float32Array | Float64Array)[];
  readonly eventCount: number;
}

const delimiter = '|';
const ownKeywords = /^\$(BYTEORD|DATATYPE|MODE|NEXTDATA|PAR|TOT|(BEGIN|END)(DATA|ANALYSIS|STEXT)|P\d+[A-Z]+)$/;
// No checksum was computed: eight zeros say so.
const noChecksum = '00000000';

/**
 * The bytes of an FCS file: $DATATYPE F (all 32 bits) or D, little-endian, one data set, offsets in HEADER where they
 * fit into 8 digits and in TEXT always. Deterministic: keywords in the order given.
 * @throws where names, keywords, or lengths cannot be written: a fault of the caller
 */
export function writeFcs(what: FcsToWrite): Uint8Array {
  checkShape(what);
  const isDouble = what.parameters.some((parameter) => parameter.bits === 64);
  const dataBytes = what.eventCount * what.parameters.length * (isDouble ? 8 : 4);
  const { text, dataBegin } = textWithOffsets(what, isDouble, dataBytes);
  const file = new Uint8Array(dataBegin + dataBytes + noChecksum.length);
  const head = Buffer.from(headerText(what.version ?? 'FCS3.1', text.length, dataBegin, dataBytes), 'latin1');
  file.set(head, 0);
  file.set(text, headerBytes);
  writeRows(what, isDouble, new DataView(file.buffer, dataBegin, dataBytes));
  file.set(Buffer.from(noChecksum, 'latin1'), dataBegin + dataBytes);
  return file;
}

function checkShape({ parameters, columns, eventCount }: FcsToWrite): void {
  if (!Number.isSafeInteger(eventCount) || eventCount < 0) throw new RangeError(`${eventCount} is no number of events`);
  if (parameters.length === 0) throw new RangeError('a file needs at least one parameter');
  if (columns.length !== parameters.length) throw new RangeError('as many columns as parameters are needed');
  if (columns.some((column) => column.length !== eventCount)) throw new RangeError('a column has another length');
  for (const { name, range } of parameters) {
    if (name.trim() === '' || name.trim() !== name || name.includes(','))
      throw new RangeError(`"${name}" cannot be $PnN`);
    if (!Number.isSafeInteger(range) || range < 1)
      throw new RangeError(`the range ${range} of "${name}" cannot be $PnR`);
  }
}

/** TEXT names the place of DATA, whose digits decide the length of TEXT: repeated until both agree. */
function textWithOffsets(
  what: FcsToWrite,
  isDouble: boolean,
  dataBytes: number,
): { text: Uint8Array; dataBegin: number } {
  let dataBegin = 0;
  for (;;) {
    const text = Buffer.from(textOf(what, isDouble, dataBegin, dataBytes), 'utf8');
    const next = headerBytes + text.length;
    if (next === dataBegin) return { text, dataBegin };
    // Digits only grow with the place, so this ends.
    dataBegin = Math.max(next, dataBegin + (next < dataBegin ? 1 : 0));
  }
}

function textOf(what: FcsToWrite, isDouble: boolean, dataBegin: number, dataBytes: number): string {
  const dataEnd = dataBytes === 0 ? 0 : dataBegin + dataBytes - 1;
  const pairs: [string, string][] = [
    ['$BEGINANALYSIS', '0'],
    ['$ENDANALYSIS', '0'],
    ['$BEGINSTEXT', '0'],
    ['$ENDSTEXT', '0'],
    // Padded: 20 digits hold every offset, and the length of TEXT does not depend on it.
    ['$BEGINDATA', String(dataBytes === 0 ? 0 : dataBegin).padStart(20, '0')],
    ['$ENDDATA', String(dataEnd).padStart(20, '0')],
    ['$BYTEORD', '1,2,3,4'],
    ['$DATATYPE', isDouble ? 'D' : 'F'],
    ['$MODE', 'L'],
    ['$NEXTDATA', '0'],
    ['$PAR', String(what.parameters.length)],
    ['$TOT', String(what.eventCount)],
    ...what.parameters.flatMap((parameter, i) => parameterPairs(parameter, i + 1, isDouble)),
    ...furtherPairs(what),
  ];
  return delimiter + pairs.map(([key, value]) => `${escaped(key)}${delimiter}${escaped(value)}${delimiter}`).join('');
}

function parameterPairs(parameter: ParameterToWrite, n: number, isDouble: boolean): [string, string][] {
  const pairs: [string, string][] = [
    [`$P${n}B`, isDouble ? '64' : '32'],
    [`$P${n}E`, '0,0'],
    [`$P${n}N`, parameter.name],
    [`$P${n}R`, String(parameter.range)],
  ];
  if (parameter.stain?.trim()) pairs.push([`$P${n}S`, parameter.stain]);
  for (const [letters, value] of Object.entries(parameter.extra ?? {})) {
    if (!/^[A-Z]+$/.test(letters) || /^[BENRS]$/.test(letters) || letters === 'DATATYPE') {
      throw new RangeError(`$P${n}${letters} cannot be set`);
    }
    if (value.trim() !== '') pairs.push([`$P${n}${letters}`, value]);
  }
  return pairs;
}

function furtherPairs({ keywords }: FcsToWrite): [string, string][] {
  const given = keywords instanceof Map ? [...keywords] : Object.entries(keywords ?? {});
  const used = new Set<string>();
  return given.flatMap(([key, value]): [string, string][] => {
    const folded = key.trim().toUpperCase();
    if (folded === '' || ownKeywords.test(folded) || used.has(folded)) {
      throw new RangeError(`the keyword "${key}" cannot be set`);
    }
    used.add(folded);
    // An empty value is illegal: the keyword is left out, as if it had not been said.
    return value.trim() === '' ? [] : [[folded, value.trim()]];
  });
}

/** Doubled where it stands inside; at either end it would be read with the separator, so a blank keeps it apart. */
function escaped(text: string): string {
  const doubled = text.replaceAll(delimiter, delimiter + delimiter);
  return `${text.startsWith(delimiter) ? ' ' : ''}${doubled}${text.endsWith(delimiter) ? ' ' : ''}`;
}

function headerText(version: string, textBytes: number, dataBegin: number, dataBytes: number): string {
  const dataEnd = dataBegin + dataBytes - 1;
  const isInHeader = dataBytes > 0 && dataEnd <= largestHeaderOffset;
  const fields = [headerBytes, headerBytes + textBytes - 1, isInHeader ? dataBegin : 0, isInHeader ? dataEnd : 0, 0, 0];
  return `${version}    ${fields.map((field) => String(field).padStart(8)).join('')}`;
}

function writeRows({ columns, eventCount }: FcsToWrite, isDouble: boolean, view: DataView): void {
  const width = isDouble ? 8 : 4;
  const stride = width * columns.length;
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c] as Float32Array | Float64Array;
    for (let i = 0, at = c * width; i < eventCount; i++, at += stride) {
      if (isDouble) view.setFloat64(at, column[i] as number, true);
      else view.setFloat32(at, column[i] as number, true);
    }
  }
}

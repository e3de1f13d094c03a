import { noChecksum, textSegment } from './textSegment.ts';

interface ParameterToWrite {
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
  /** Default 3.1; 3.2 requires the keyword $CYT. */
  readonly version?: 'FCS3.0' | 'FCS3.1' | 'FCS3.2';
  readonly parameters: readonly ParameterToWrite[];
  /** Keywords besides those that describe layout, which are written here and cannot be set. */
  readonly keywords?: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
  /** One a parameter, each `eventCount` long. */
  readonly columns: readonly (Float32Array | Float64Array)[];
  readonly eventCount: number;
}

const ownKeywords = /^\$(BYTEORD|DATATYPE|MODE|NEXTDATA|PAR|TOT|(BEGIN|END)(DATA|ANALYSIS|STEXT)|P\d+[A-Z]+)$/;

/**
 * The bytes of an FCS file: $DATATYPE F (all 32 bits) or D, little-endian, one data set, offsets in HEADER where they
 * fit into 8 digits and in TEXT always. Deterministic: keywords in the order given.
 * @throws where names, keywords, or lengths cannot be written: a fault of the caller
 */
export function writeFcs(what: FcsToWrite): Uint8Array {
  checkShape(what);
  const isDouble = what.parameters.some((parameter) => parameter.bits === 64);
  const dataBytes = what.eventCount * what.parameters.length * (isDouble ? 8 : 4);
  const { head, dataBegin } = textSegment(what.version ?? 'FCS3.1', pairsOf(what, isDouble), dataBytes);
  const file = new Uint8Array(dataBegin + dataBytes + noChecksum.length);
  file.set(head, 0);
  writeRows(what, isDouble, new DataView(file.buffer, dataBegin, dataBytes));
  file.set(Buffer.from(noChecksum, 'latin1'), dataBegin + dataBytes);
  return file;
}

function checkShape({ parameters, columns, eventCount, version, keywords }: FcsToWrite): void {
  if (!Number.isSafeInteger(eventCount) || eventCount < 0) throw new RangeError(`${eventCount} is no number of events`);
  const cytometer =
    keywords instanceof Map ? keywords.get('$CYT') : Object.entries(keywords ?? {}).find(([key]) => key === '$CYT');
  if (version === 'FCS3.2' && cytometer === undefined) throw new RangeError('FCS 3.2 requires the keyword $CYT');
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

function pairsOf(what: FcsToWrite, isDouble: boolean): [string, string][] {
  return [
    ['$BYTEORD', '1,2,3,4'],
    ['$DATATYPE', isDouble ? 'D' : 'F'],
    ['$MODE', 'L'],
    ['$NEXTDATA', '0'],
    ['$PAR', String(what.parameters.length)],
    ['$TOT', String(what.eventCount)],
    ...what.parameters.flatMap((parameter, i) => parameterPairs(parameter, i + 1, isDouble)),
    ...furtherPairs(what),
  ];
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

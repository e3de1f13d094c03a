import type { ByteSource } from './byteSource.ts';
import { layoutWords } from './describeLayout.ts';
import type { FcsFile, FcsParameter } from './fcsFile.ts';
import { readBlocks } from './readBlocks.ts';
import { readColumns } from './readColumns.ts';
import { noChecksum, textSegment } from './textSegment.ts';

/** Events of a file that are to be written as a file of their own. */
export interface EventsToWrite {
  readonly source: ByteSource;
  /** What `readFcs` said about that source. */
  readonly file: FcsFile;
  /** Ascending, from 0; or all. */
  readonly events: Uint32Array | 'all';
  /** Default 3.1; 3.2 where parameters have types of their own, which 3.1 cannot say. */
  readonly version?: 'FCS3.1' | 'FCS3.2';
}

/**
 * Some events of a file as an FCS file: their numbers, names, ranges, amplifiers and keywords as they were, offsets and
 * counts anew, one data set, no other segments. Events of whole bytes are copied byte for byte, in blocks, so that
 * memory is one block whatever the size; packed bits, text and mixed byte orders, which few readers know, are written
 * as words, little-endian.
 * @param write takes the bytes in order
 */
export function writeEvents(what: EventsToWrite, write: (bytes: Uint8Array) => void): void {
  const { source, file, events } = what;
  const isCopied =
    file.layout.eventBits > 0 && file.layout.eventBits % 8 === 0 && file.layout.byteOrder.kind !== 'mixed';
  const told = isCopied ? file : inWords(file);
  const eventCount = events === 'all' ? file.eventCount : events.length;
  const { head } = textSegment(
    versionFor(what, told),
    pairsOf(file, told, eventCount),
    eventCount * (told.layout.eventBits / 8),
  );
  write(head);
  if (isCopied) copyRows(source, file, events, write);
  else writeWords(source, file, told, events, write);
  write(Buffer.from(noChecksum, 'latin1'));
}

function versionFor({ version }: EventsToWrite, { dataType, parameters }: FcsFile): 'FCS3.1' | 'FCS3.2' {
  return parameters.some((parameter) => parameter.dataType !== dataType) ? 'FCS3.2' : (version ?? 'FCS3.1');
}

const layoutKeys =
  /^\$(BYTEORD|DATATYPE|MODE|NEXTDATA|PAR|TOT|(BEGIN|END)(DATA|ANALYSIS|STEXT)|P\d+(B|E|N|R|S|DATATYPE))$/;

function pairsOf(file: FcsFile, told: FcsFile, eventCount: number): [string, string][] {
  const names = told.parameters.flatMap(({ index, name, stain }): [string, string][] => [
    [`$P${index}N`, name],
    ...(stain === undefined ? [] : [[`$P${index}S`, stain] as [string, string]]),
  ]);
  // An empty value is illegal; a keyword without a letter is the rest of a value that was cut.
  const others = [...file.keywords].filter(
    ([key, value]) => /\p{L}/u.test(key) && value !== '' && !layoutKeys.test(key),
  );
  const changed: [string, string][] = [['$ORIGINALITY', 'DataModified']];
  const further =
    eventCount === file.eventCount ? others : [...others.filter(([key]) => key !== '$ORIGINALITY'), ...changed];
  // 3.2 asks for a cytometer; harmless before.
  const cytometer: [string, string][] = file.keywords.get('$CYT') ? [] : [['$CYT', 'unknown']];
  const layout = layoutWords({ ...told, byteOrder: told.layout.byteOrder }, eventCount);
  return [...layout, ...names, ...further, ...cytometer];
}

function copyRows(
  source: ByteSource,
  file: FcsFile,
  events: Uint32Array | 'all',
  write: (bytes: Uint8Array) => void,
): void {
  const rowBytes = file.layout.eventBits / 8;
  let next = 0;
  for (const { firstEvent, eventCount, bytes } of readBlocks(source, file)) {
    if (events === 'all') {
      write(bytes);
      continue;
    }
    const rows: Uint8Array[] = [];
    for (; next < events.length && (events[next] as number) < firstEvent + eventCount; next++) {
      const at = ((events[next] as number) - firstEvent) * rowBytes;
      rows.push(bytes.subarray(at, at + rowBytes));
    }
    if (rows.length > 0) write(Buffer.concat(rows));
  }
}

/** The same parameters in whole words; text becomes 64-bit floats, linear since a float has no log amplifier. */
function inWords(file: FcsFile): FcsFile {
  let bitOffset = 0;
  const isText = file.dataType === 'A';
  const parameters = file.parameters.map((parameter): FcsParameter => {
    const bits = isText ? 64 : wordBits(parameter.bits);
    const asNumber = isText ? ({ dataType: 'D', amplification: { decades: 0, offset: 0 } } as const) : {};
    const word = { ...parameter, ...asNumber, bits, bitOffset };
    bitOffset += bits;
    return word;
  });
  const layout = { ...file.layout, eventBits: bitOffset, byteOrder: { kind: 'little' } } as const;
  return { ...file, dataType: isText ? 'D' : file.dataType, parameters, layout };
}

function wordBits(bits: number): number {
  return [8, 16, 32].find((word) => bits <= word) ?? 64;
}

const blockRows = 4_096;

function writeWords(
  source: ByteSource,
  file: FcsFile,
  told: FcsFile,
  events: Uint32Array | 'all',
  write: (bytes: Uint8Array) => void,
): void {
  const amplification = file.dataType === 'A' ? 'linear' : 'stored';
  const { columns } = readColumns(
    source,
    file,
    file.parameters.map((parameter) => parameter.index),
    { amplification },
  );
  const eventCount = events === 'all' ? file.eventCount : events.length;
  const rowBytes = told.layout.eventBits / 8;
  for (let first = 0; first < eventCount; first += blockRows) {
    const rows = Math.min(blockRows, eventCount - first);
    const view = new DataView(new ArrayBuffer(rows * rowBytes));
    for (const [c, parameter] of told.parameters.entries()) {
      const column = columns[c] as Float64Array;
      for (let i = 0; i < rows; i++) {
        const event = events === 'all' ? first + i : (events[first + i] as number);
        setWord(view, i * rowBytes + parameter.bitOffset / 8, parameter, column[event] as number);
      }
    }
    write(new Uint8Array(view.buffer));
  }
}

function setWord(view: DataView, at: number, { dataType, bits }: FcsParameter, value: number): void {
  if (dataType === 'D') view.setFloat64(at, value, true);
  else if (dataType === 'F') view.setFloat32(at, value, true);
  else if (bits === 8) view.setUint8(at, value);
  else if (bits === 16) view.setUint16(at, value, true);
  else if (bits === 32) view.setUint32(at, value, true);
  else view.setBigUint64(at, BigInt(value), true);
}

import type { ByteOrder } from './fcsFile.ts';
import { type Findings, shown } from './findings.ts';
import { wholeNumber } from './wholeNumber.ts';

/** What the order has to serve: the values wider than a byte. */
export interface OrderedWidths {
  /** Bits of the widest binary value; 0 where DATA is text. */
  readonly widestBits: number;
  readonly allBits: readonly number[];
  readonly version: string;
}

/**
 * $BYTEORD: the list of byte places of 2.0 and 3.0 (1 = least significant, in file order), 1,2,3,4 or 4,3,2,1 from 3.1.
 * A list that only rises or falls is taken as endianness for every width, as all instruments mean it.
 * @returns undefined where it is missing or unusable and some value is wider than a byte (reported)
 */
export function parseByteOrder(
  text: string | undefined,
  widths: OrderedWidths,
  offsetBytes: number | undefined,
  findings: Findings,
): ByteOrder | undefined {
  const isNeeded = widths.widestBits > 8;
  const places = (text ?? '').split(',').map(wholeNumber);
  const known = places.filter((place) => place !== undefined);
  if (text === undefined || text === '') {
    const severity = isNeeded ? 'error' : 'warning';
    findings.add(severity, 'fcs.byteord-missing', `$BYTEORD is missing${isNeeded ? '' : '; no value needs it'}`);
    return isNeeded ? undefined : { kind: 'little' };
  }
  if (known.length !== places.length || !isPermutation(known)) {
    const message = `$BYTEORD ${shown(text)} is no order of bytes`;
    findings.add(isNeeded ? 'error' : 'warning', 'fcs.byteord-invalid', message, offsetBytes);
    return isNeeded ? undefined : { kind: 'little' };
  }
  if (known.every((place, i) => place === i + 1)) return endian('little', known.length, widths, text, findings);
  if (known.every((place, i) => place === known.length - i)) return endian('big', known.length, widths, text, findings);
  return mixedOrder(known, widths, text, findings);
}

function isPermutation(places: readonly number[]): boolean {
  return places.length > 0 && [...places].sort((a, b) => a - b).every((place, i) => place === i + 1);
}

function endian(
  kind: 'little' | 'big',
  length: number,
  { widestBits, version }: OrderedWidths,
  text: string,
  findings: Findings,
): ByteOrder | undefined {
  if (length === 1 && widestBits > 8) {
    findings.add('error', 'fcs.byteord-invalid', `$BYTEORD "${text}" gives no order for values of ${widestBits} bits`);
    return undefined;
  }
  const isLegal = length === 4 || (isBefore31(version) && length * 8 === widestBits) || widestBits <= 8;
  if (!isLegal) {
    const severity = length * 8 < widestBits ? 'warning' : 'note';
    const message = `$BYTEORD "${text}" lists ${length} bytes for values of up to ${widestBits} bits; read as ${kind}-endian`;
    findings.add(severity, 'fcs.byteord-short', message);
  }
  return { kind };
}

function isBefore31(version: string): boolean {
  return version < 'FCS3.1';
}

function mixedOrder(
  places: readonly number[],
  widths: OrderedWidths,
  text: string,
  findings: Findings,
): ByteOrder | undefined {
  const bits = places.length * 8;
  if (widths.widestBits > 0 && widths.allBits.some((width) => width !== bits && width !== 8)) {
    findings.add(
      'error',
      'fcs.byteord-mixed',
      `$BYTEORD "${text}" is neither little nor big and orders ${bits} bits; values of other widths have no order`,
    );
    return undefined;
  }
  const severity = isBefore31(widths.version) ? 'note' : 'warning';
  findings.add(severity, 'fcs.byteord-mixed', `$BYTEORD "${text}": bytes were put in order as it lists them`);
  return { kind: 'mixed', places };
}

import type { ByteOrder, DataType, FcsParameter } from './fcsFile.ts';

/** What describes the bytes of events. */
export interface DescribedLayout {
  readonly dataType: DataType;
  readonly byteOrder: ByteOrder;
  readonly parameters: readonly FcsParameter[];
}

/** The layout keywords but the offsets, as the events lie; names and stains are not among them. */
export function layoutWords(
  { dataType, byteOrder, parameters }: DescribedLayout,
  eventCount: number,
): [string, string][] {
  const order = { little: '1,2,3,4', big: '4,3,2,1', mixed: '' }[byteOrder.kind];
  return [
    ['$BYTEORD', byteOrder.kind === 'mixed' ? byteOrder.places.join(',') : order],
    ['$DATATYPE', dataType],
    ['$MODE', 'L'],
    ['$NEXTDATA', '0'],
    ['$PAR', String(parameters.length)],
    ['$TOT', String(eventCount)],
    ...parameters.flatMap((parameter) => parameterWords(parameter, dataType)),
  ];
}

/**
 * $PnB, $PnE, $PnR (and $PnDATATYPE where it differs) that describe a parameter's bytes as they are, whatever the file
 * that they came from said of them.
 */
function parameterWords(parameter: FcsParameter, dataType: DataType): [string, string][] {
  const { index, bits } = parameter;
  const width = dataType === 'A' ? String(bits / 8) : String(bits);
  const pairs: [string, string][] = [
    [`$P${index}B`, bits === 0 ? '*' : width],
    [`$P${index}E`, amplifierWord(parameter)],
    [`$P${index}R`, rangeWord(parameter)],
  ];
  if (parameter.dataType !== dataType) pairs.push([`$P${index}DATATYPE`, parameter.dataType]);
  return pairs;
}

/** Without a range a log amplifier was read as linear, and is written so. */
function amplifierWord({ amplification, range, dataType }: FcsParameter): string {
  const isRead = range !== undefined || dataType === 'F' || dataType === 'D';
  return isRead ? `${amplification.decades},${amplification.offset}` : '0,0';
}

/** The range as it was where it is a number; else one that masks nothing: all bits, or 0 for floats. */
function rangeWord({ range, rangeText, dataType, bits }: FcsParameter): string {
  if (range !== undefined) return rangeText;
  return dataType === 'I' ? String(1n << BigInt(bits)) : '0';
}

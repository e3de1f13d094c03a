import type { Reading } from '../problems/index.ts';
import type { ByteSource } from './byteSource.ts';
import { chooseDataSet } from './chooseDataSet.ts';
import { chooseReading, type Reading as DataReading } from './chooseReading.ts';
import { isReadableAsBinary } from './copiedAsText.ts';
import { type DataSet, dataSets } from './dataSets.ts';
import type { FcsFile, FcsParameter, FcsReadingOptions, Segment } from './fcsFile.ts';
import { type Findings, findingsOf, placedAt } from './findings.ts';
import { isOrderSmooth } from './orderShownByShape.ts';
import { isOrderBelievable } from './orderShownByValues.ts';
import { describeParameters } from './parameters.ts';
import { furtherSegments, otherSegments, reportBytesAfter, withoutOverlap } from './segments.ts';
import { withTrailingEvents } from './trailingEvents.ts';
import { isTypeBelievable } from './typeShownByValues.ts';

/**
 * HEADER, TEXT and the place of DATA of one data set; no event is read. Where the file departs from the standard the
 * rule that was used is a problem; where two readings are possible and nothing decides, there is no value.
 * @param source stays open; may be far larger than memory
 * @param options what a person decides where the file does not
 */
export function readFcs(source: ByteSource, options: FcsReadingOptions = {}): Reading<FcsFile> {
  const chain = dataSets(source);
  const findings = findingsOf(source.name);
  findings.list.push(...chain.findings.list);
  if (chain.sets.length === 0) return { value: undefined, problems: findings.list };
  const position = chooseDataSet(chain.sets, options.dataSet, findings);
  const set = position === undefined ? undefined : chain.sets[position];
  if (position === undefined || set === undefined) {
    for (const other of chain.sets) findings.list.push(...other.findings.list);
    return { value: undefined, problems: findings.list };
  }
  findings.list.push(...set.findings.list);
  const value = readDataSet(source, set, options, findings);
  // A keyword that is missing, or that others agree about, has no byte of its own: it is a matter of TEXT.
  const problems = placedAt(findings.list, set.text?.beginBytes ?? set.base);
  if (value === undefined) return { value: undefined, problems };
  return { value: { ...value, dataSet: position + 1, dataSetCount: chain.sets.length, problems }, problems };
}

type OneSet = Omit<FcsFile, 'dataSet' | 'dataSetCount' | 'problems'>;

function readDataSet(
  source: ByteSource,
  set: DataSet,
  options: FcsReadingOptions,
  findings: Findings,
): OneSet | undefined {
  if (set.text === undefined || set.table === undefined) return undefined;
  const found = otherSegments(source, set, set.table.entries, findings);
  const reading = chooseReading(source, { ...set, text: set.text, table: set.table }, found.all, options, findings);
  if (reading === undefined) return undefined;
  const { interpretation, keywords, place } = reading;
  if (interpretation.dataType !== 'A' && !isReadableAsBinary(source, set, place, findings)) return undefined;
  const segments = withoutOverlap(found, place, findings);
  const parameters = describeParameters(interpretation, keywords, set.header.version, findings);
  if (!isOrderRight(source, reading, parameters, findings)) return undefined;
  const accept = options.acceptTrailing ?? false;
  const whole = withEventsBehind(source, set, { reading, segments: segments.all, parameters, accept }, findings);
  return {
    name: source.name,
    version: set.header.version,
    keywords: new Map([...keywords].map(([key, entry]) => [key, entry.value])),
    parameters,
    dataType: interpretation.dataType,
    eventCount: whole.eventCount,
    partial: whole.partial,
    layout: layoutOf(reading, whole),
    analysis: segments.analysis,
  };
}

interface Described {
  readonly reading: DataReading;
  readonly segments: readonly Segment[];
  readonly parameters: readonly FcsParameter[];
  readonly accept: boolean;
}

function withEventsBehind(
  source: ByteSource,
  set: DataSet,
  described: Described,
  findings: Findings,
): DataReading['place'] {
  const { reading, segments, parameters, accept } = described;
  const { place, interpretation } = reading;
  // Behind the whole events of a file that was cut stands the begin of the next.
  if (place.partial) return place;
  const { byteOrder, eventBits } = interpretation;
  const others = [
    ...segments,
    ...furtherSegments(source, set),
    ...(set.text === undefined ? [] : [segmentOfText(set.text)]),
  ];
  const isLast = others.every(({ offsetBytes }) => offsetBytes < place.offsetBytes);
  if (!isLast) reportBytesAfter(source, set, [...others, place], findings);
  const rows = { place, eventBits, byteOrder, parameters };
  return withTrailingEvents(source, { ...rows, others, limitBytes: set.limitBytes, accept }, findings);
}

function segmentOfText({ beginBytes, endBytes }: NonNullable<DataSet['text']>): Segment {
  return { offsetBytes: beginBytes, lengthBytes: endBytes - beginBytes + 1 };
}

function isOrderRight(
  source: ByteSource,
  { interpretation, keywords, place }: DataReading,
  parameters: readonly FcsParameter[],
  findings: Findings,
): boolean {
  const { byteOrder, eventBits } = interpretation;
  if (byteOrder.kind === 'mixed' || eventBits === 0 || eventBits % 8 !== 0) return true;
  const entry = keywords.get('$BYTEORD');
  const order = { isLittle: byteOrder.kind === 'little', written: entry?.value ?? '', offsetBytes: entry?.offsetBytes };
  const sample = { parameters, rowBytes: eventBits / 8, ...order };
  if (!isOrderBelievable(source, place, sample, findings)) return false;
  if (!isTypeBelievable(source, place, sample, findings)) return false;
  return isOrderSmooth(source, { interpretation, place, parameters, ...order }, findings);
}

function layoutOf({ interpretation }: DataReading, place: Segment): FcsFile['layout'] {
  const { eventBits, byteOrder } = interpretation;
  return { offsetBytes: place.offsetBytes, lengthBytes: place.lengthBytes, eventBits, byteOrder };
}

import type { Segment } from './fcsFile.ts';
import type { Findings } from './findings.ts';
import { checksumBytes, headerBytes, largestHeaderOffset, type OffsetPair } from './header.ts';
import type { PlaceQuestion } from './placeQuestion.ts';
import { reportPairs } from './reportPairs.ts';

/** Where the events lie. */
export interface Place extends Segment {
  readonly eventCount: number;
  readonly partial: boolean;
}

/** How well a reading is borne out: DATA fits; DATA is cut but claims what fits; only a rule for wrong counts; nothing. */
export type Evidence = 'fits' | 'claims' | 'count-only' | 'none';

export interface Placement {
  readonly place: Place | undefined;
  readonly evidence: Evidence;
}

interface NamedPair {
  readonly source: 'HEADER' | 'TEXT';
  readonly pair: OffsetPair;
  /** From the start of the data set. */
  readonly begin: number;
  readonly end: number | undefined;
}

interface Candidate {
  readonly begin: number;
  readonly eventCount: number;
  readonly isExact: boolean;
}

/**
 * Chooses the place of DATA by evidence: the pair of offsets, with its end moved by at most one, whose length is
 * $TOT events and which overlaps nothing. Two different ones: refused. None: the count is taken from the length only
 * where DATA holds whole events and ends at a boundary; a file that ends inside DATA is truncated; all else is refused.
 */
export function placeData(question: PlaceQuestion, findings: Findings): Placement {
  const pairs = pairsOf(question);
  if (question.tot === 0 && pairs.every(({ begin, end }) => end === undefined || end <= begin)) {
    return noEvents(question, findings);
  }
  const fitting = pairs.flatMap((pair) => candidatesOf(question, pair));
  const exact = fitting.filter((candidate) => candidate.isExact);
  const best = distinct(exact.length > 0 ? exact : fitting);
  if (best.length > 1) return refuseAmbiguous(question, pairs, best, findings);
  const chosen = best[0];
  if (chosen === undefined) return withoutFit(question, pairs, findings);
  const shifted = shiftedPlace(question, pairs, chosen);
  if (shifted !== undefined) return refuseShifted(question, chosen, shifted, findings);
  reportPairs(question, chosen.begin, lengthOf(chosen.eventCount, question.eventBits), findings);
  if (question.tot === undefined) reportMissingTot(question, chosen.eventCount, findings);
  return { place: placeAt(question, chosen.begin, chosen.eventCount, false), evidence: 'fits' };
}

/**
 * A place a few bytes from the chosen one that would explain every byte, where the chosen one does not: DATA then
 * begins right behind TEXT or ends as the offsets say, and nothing or a checksum follows. Both cannot be right.
 * @returns its begin, from the start of the data set
 */
function shiftedPlace(question: PlaceQuestion, pairs: readonly NamedPair[], chosen: Candidate): number | undefined {
  const { base, limitBytes, textSegment, trust, eventBits } = question;
  const length = lengthOf(chosen.eventCount, eventBits);
  const isEnd = (begin: number): boolean => [0, checksumBytes].includes(limitBytes - base - begin - length);
  if (trust !== undefined || length === 0 || isEnd(chosen.begin)) return undefined;
  const behindText = textSegment.offsetBytes + textSegment.lengthBytes - base;
  const gap = chosen.begin - behindText;
  const byText = gap > 0 && gap < checksumBytes ? [behindText] : [];
  const byEnd = pairs.flatMap(({ end }) => (end === undefined ? [] : [end - length + 1]));
  const others = [...byText, ...byEnd].filter((begin) => Math.abs(begin - chosen.begin) < checksumBytes);
  return others.find((begin) => begin !== chosen.begin && isEnd(begin) && hasRoom(question, { ...chosen, begin }));
}

function refuseShifted(question: PlaceQuestion, chosen: Candidate, other: number, findings: Findings): Placement {
  const message =
    `DATA begins at ${chosen.begin} by its offsets, and bytes that belong to nothing follow it; if it began at ${other}, ` +
    'every byte would be explained: nothing tells which is right';
  findings.add('error', 'fcs.data-offsets-ambiguous', message, question.base + 26);
  return { place: undefined, evidence: 'none' };
}

/** Bytes that so many events take; a last byte begun counts whole. */
function lengthOf(eventCount: number, eventBits: number): number {
  return Math.ceil((eventCount * eventBits) / 8);
}

/** The number of events that take exactly so many bytes, or undefined. */
function eventsIn(lengthBytes: number, eventBits: number): number | undefined {
  const count = Math.floor((lengthBytes * 8) / eventBits);
  return lengthOf(count, eventBits) === lengthBytes ? count : undefined;
}

function pairsOf({ header, text, trust }: PlaceQuestion): NamedPair[] {
  const all = [
    { source: 'HEADER' as const, pair: header },
    { source: 'TEXT' as const, pair: text },
  ];
  return all.flatMap(({ source, pair }) => {
    if (source === 'HEADER' && trust === undefined && isWrapped(header.begin.value, text.begin.value)) return [];
    if (trust !== undefined && trust.toUpperCase() !== source) return [];
    const begin = pair.begin.value;
    return begin === undefined ? [] : [{ source, pair, begin, end: pair.end.value }];
  });
}

/** An offset that does not fit into HEADER's 8 digits, cut to them: it says nothing that TEXT does not say better. */
function isWrapped(inHeader: number | undefined, inText: number | undefined): boolean {
  return inText !== undefined && inText > largestHeaderOffset && inHeader === inText % (largestHeaderOffset + 1);
}

function placeAt({ base, eventBits }: PlaceQuestion, begin: number, eventCount: number, partial: boolean): Place {
  return { offsetBytes: base + begin, lengthBytes: lengthOf(eventCount, eventBits), eventCount, partial };
}

function noEvents(question: PlaceQuestion, findings: Findings): Placement {
  const unexplained = unexplainedBytes(question);
  const couldHold = Math.floor((unexplained * 8) / Math.max(1, question.eventBits));
  findings.add(
    couldHold > 0 ? 'warning' : 'note',
    'fcs.no-events',
    'the data set holds no events ($TOT is 0)' +
      (couldHold > 0 ? `, but ${unexplained} bytes of no segment could hold ${couldHold}` : ''),
  );
  const place = {
    offsetBytes: question.textSegment.offsetBytes + question.textSegment.lengthBytes,
    lengthBytes: 0,
    eventCount: 0,
    partial: false,
  };
  return { place, evidence: 'fits' };
}

/** Bytes of the data set that are neither HEADER, nor a segment, nor a checksum. */
function unexplainedBytes({ base, limitBytes, textSegment, others }: PlaceQuestion): number {
  const taken = [textSegment, ...others].reduce((sum, segment) => sum + segment.lengthBytes, headerBytes);
  return Math.max(0, limitBytes - base - taken - checksumBytes);
}

function candidatesOf(question: PlaceQuestion, { begin, end }: NamedPair): Candidate[] {
  const { tot, eventBits } = question;
  const found: Candidate[] = [];
  if (tot !== undefined) {
    const needed = lengthOf(tot, eventBits);
    const span = end === undefined ? undefined : end - begin + 1;
    const isSilent = span === undefined || (span === 1 && needed !== 1);
    if (isSilent || Math.abs(span - needed) <= 1) {
      found.push({ begin, eventCount: tot, isExact: !isSilent && span === needed });
    }
  } else if (end !== undefined && end > begin) {
    for (const change of [0, -1, 1]) {
      const count = eventsIn(end - begin + 1 + change, eventBits);
      if (count !== undefined && count > 0) found.push({ begin, eventCount: count, isExact: change === 0 });
    }
  }
  return found.filter((candidate) => hasRoom(question, candidate));
}

function hasRoom(question: PlaceQuestion, { begin, eventCount }: Candidate): boolean {
  const first = question.base + begin;
  return hasRoomFor(question, first, first + lengthOf(eventCount, question.eventBits));
}

/**
 * True where a stretch lies inside its data set and overlaps neither HEADER nor another segment.
 * @param first from the start of the file
 * @param after first byte behind it
 */
export function hasRoomFor(question: PlaceQuestion, first: number, after: number): boolean {
  if (first < question.base + headerBytes || after > question.limitBytes) return false;
  return [question.textSegment, ...question.others].every((other) => !overlaps(first, after, other));
}

/** @param after first byte behind; a place without length overlaps what surrounds it */
function overlaps(first: number, after: number, other: Segment): boolean {
  return first < other.offsetBytes + other.lengthBytes && Math.max(after, first + 1) > other.offsetBytes;
}

function distinct(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(
    (c, i) => candidates.findIndex((d) => d.begin === c.begin && d.eventCount === c.eventCount) === i,
  );
}

function refuseAmbiguous(
  question: PlaceQuestion,
  pairs: readonly NamedPair[],
  best: readonly Candidate[],
  findings: Findings,
): Placement {
  const said = pairs.map(({ source, begin, end }) => `${source} says ${begin} to ${end ?? 'no end'}`).join(', ');
  const code = best.every((c) => c.begin === best[0]?.begin) ? 'fcs.tot-missing' : 'fcs.data-offsets-ambiguous';
  findings.add('error', code, `DATA: ${said}; both lengths fit and nothing tells which is right`, question.base + 26);
  return { place: undefined, evidence: 'none' };
}

function reportMissingTot(question: PlaceQuestion, eventCount: number, findings: Findings): void {
  // $TOT is required from 3.0 on.
  const severity = question.version < 'FCS3.0' ? 'note' : 'warning';
  findings.add(severity, 'fcs.tot-missing', `$TOT is missing; the length of DATA gives ${eventCount} events`);
}

interface Lesser {
  readonly begin: number;
  readonly eventCount: number;
  readonly kind: 'cut' | 'count';
}

function withoutFit(question: PlaceQuestion, pairs: readonly NamedPair[], findings: Findings): Placement {
  const { tot } = question;
  if (tot === undefined) {
    const message = '$TOT is missing and no DATA offsets give whole events: the number of events is unknown';
    findings.add('error', 'fcs.tot-missing', message, question.base + 26);
    return { place: undefined, evidence: 'none' };
  }
  const found = pairs.flatMap((pair) => lesserReading(question, tot, pair));
  const first = found[0];
  const isOne = found.every((reading) => reading.begin === first?.begin && reading.eventCount === first?.eventCount);
  if (first === undefined || !isOne) return refuse(question, tot, pairs, findings);
  if (first.kind === 'cut') return cut(question, tot, first, findings);
  // Twice or half the events is what a wrong width makes of a right $TOT.
  if ([2, 4, 8].some((ratio) => first.eventCount === ratio * tot || ratio * first.eventCount === tot)) {
    return refuse(question, tot, pairs, findings);
  }
  reportPairs(question, first.begin, lengthOf(first.eventCount, question.eventBits), findings);
  findings.add(
    'warning',
    'fcs.tot-disagrees',
    `$TOT is ${tot}, but DATA holds ${first.eventCount} whole events and ends at a boundary; ${first.eventCount} were read`,
  );
  return { place: placeAt(question, first.begin, first.eventCount, false), evidence: 'count-only' };
}

function lesserReading(question: PlaceQuestion, tot: number, { begin, end }: NamedPair): Lesser[] {
  const { base, sizeBytes, limitBytes, eventBits, textSegment } = question;
  if (begin < headerBytes || overlaps(base + begin, base + begin + 1, textSegment)) return [];
  const needed = lengthOf(tot, eventBits);
  const span = end === undefined || end === begin ? needed : end - begin + 1;
  if (Math.abs(span - needed) <= 1) {
    const isCut = limitBytes === sizeBytes && base + begin + needed > sizeBytes;
    const whole = Math.floor((Math.max(0, sizeBytes - base - begin) * 8) / eventBits);
    return isCut ? [{ begin, eventCount: whole, kind: 'cut' }] : [];
  }
  const eventCount = span > 0 ? eventsIn(span, eventBits) : undefined;
  if (eventCount === undefined || !isBoundary(question, base + begin + span)) return [];
  return hasRoom(question, { begin, eventCount, isExact: true }) ? [{ begin, eventCount, kind: 'count' }] : [];
}

/** The end of the data set, its CRC, or the begin of another segment. */
function isBoundary({ limitBytes, others }: PlaceQuestion, after: number): boolean {
  return (
    after === limitBytes || after === limitBytes - checksumBytes || others.some((other) => other.offsetBytes === after)
  );
}

function cut(question: PlaceQuestion, tot: number, reading: Lesser, findings: Findings): Placement {
  const { base, sizeBytes, eventBits, acceptTruncated } = question;
  const missing = lengthOf(tot, eventBits) - Math.max(0, sizeBytes - base - reading.begin);
  findings.add(
    acceptTruncated ? 'warning' : 'error',
    'fcs.data-truncated',
    `the file ends at byte ${sizeBytes}, ${missing} bytes before the end of DATA: ${reading.eventCount} of ${tot} events are whole` +
      (acceptTruncated ? '; they were read' : ''),
    sizeBytes,
  );
  const place = placeAt(question, reading.begin, reading.eventCount, true);
  return { place: acceptTruncated ? place : undefined, evidence: 'claims' };
}

function refuse(question: PlaceQuestion, tot: number, pairs: readonly NamedPair[], findings: Findings): Placement {
  const { base, eventBits } = question;
  const said = pairs.map(({ source, begin, end }) =>
    end === undefined
      ? `${source} gives ${begin} and no end`
      : `${source} gives ${begin} to ${end} (${Math.max(0, end - begin + 1)} bytes)`,
  );
  const width = eventBits % 8 === 0 ? `${eventBits / 8} bytes` : `${eventBits} bits`;
  const message = `$TOT ${tot} × ${width} = ${lengthOf(tot, eventBits)} bytes of DATA; ${
    said.length === 0 ? 'no offsets are given' : said.join(', ')
  }: no place fits`;
  const code = pairs.length === 0 ? 'fcs.data-offsets-missing' : 'fcs.tot-disagrees';
  findings.add('error', code, message, base + 26);
  return { place: undefined, evidence: 'none' };
}

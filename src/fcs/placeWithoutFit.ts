import type { Hint } from '../problems/index.ts';
import type { Findings } from './findings.ts';
import { headerBytes } from './header.ts';
import type { PlaceQuestion } from './placeQuestion.ts';
import {
  eventsIn,
  hasRoom,
  isBoundary,
  lengthOf,
  type NamedPair,
  overlaps,
  type Placement,
  placeAt,
} from './placeRoom.ts';
import { reportPairs } from './reportPairs.ts';

interface Lesser {
  readonly begin: number;
  readonly eventCount: number;
  readonly kind: 'cut' | 'count';
}

/** What may be read where no place fits $TOT: a count by the length, the whole events of a cut file, or nothing. */
export function withoutFit(question: PlaceQuestion, pairs: readonly NamedPair[], findings: Findings): Placement {
  const { tot } = question;
  if (tot === undefined) {
    const message = '$TOT is missing and no DATA offsets give whole events: the number of events is unknown';
    findings.add('error', 'fcs.tot-missing', message, question.base + 26);
    return { place: undefined, evidence: 'none' };
  }
  const found = pairs.flatMap((pair) => lesserReading(question, tot, pair));
  const first = found[0];
  if (found.length > 1 && found.every(isCut) && found.some(({ begin }) => begin !== first?.begin)) {
    return refuseCutAndDifferent(question, pairs, findings);
  }
  const isOne = found.every((reading) => reading.begin === first?.begin && reading.eventCount === first?.eventCount);
  if (first === undefined || !isOne) return refuse(question, tot, pairs, findings);
  if (first.kind === 'cut') return cutShort(question, tot, first, findings);
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

export function isCut({ kind }: Lesser): boolean {
  return kind === 'cut';
}

/** A file that ends inside DATA where HEADER and TEXT do not agree where DATA begins: two things to decide at once. */
export function refuseCutAndDifferent(
  { base, sizeBytes }: PlaceQuestion,
  pairs: readonly NamedPair[],
  findings: Findings,
): Placement {
  const said = pairs
    .map(({ source, begin, end }) => `${source} places it at ${begin} to ${end ?? 'no end'}`)
    .join(', ');
  const message = `the file ends at byte ${sizeBytes}, before DATA does, and where DATA begins is not sure either: ${said}`;
  const hint: Hint = [
    'copy the file again; else look at the values with ',
    { offsets: 'header', accept_truncated: true },
    ' and with ',
    { offsets: 'text', accept_truncated: true },
    ', and keep what makes sense',
  ];
  findings.add('error', 'fcs.data-truncated', message, base + 26, hint);
  return { place: undefined, evidence: 'none' };
}

export function lesserReading(question: PlaceQuestion, tot: number, { begin, end }: NamedPair): Lesser[] {
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

function cutShort(question: PlaceQuestion, tot: number, reading: Lesser, findings: Findings): Placement {
  const { base, sizeBytes, eventBits, acceptTruncated, trust } = question;
  const missing = lengthOf(tot, eventBits) - Math.max(0, sizeBytes - base - reading.begin);
  findings.add(
    acceptTruncated ? 'warning' : 'error',
    'fcs.data-truncated',
    `the file ends at byte ${sizeBytes}, ${missing} bytes before the end of DATA: ${reading.eventCount} of ${tot} events are whole` +
      (acceptTruncated ? '; they were read' : ''),
    sizeBytes,
    trust === undefined
      ? undefined
      : ['copy the file again; ', { offsets: trust, accept_truncated: true }, ' reads the whole events there are'],
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

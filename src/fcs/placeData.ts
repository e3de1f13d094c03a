import type { Findings } from './findings.ts';
import { checksumBytes, headerBytes, largestHeaderOffset } from './header.ts';
import type { PlaceQuestion } from './placeQuestion.ts';
import {
  type Candidate,
  eventsIn,
  hasRoom,
  isBoundary,
  lengthOf,
  type NamedPair,
  type Placement,
  placeAt,
} from './placeRoom.ts';
import { isCut, lesserReading, refuseCutAndDifferent, withoutFit } from './placeWithoutFit.ts';
import { reportPairs } from './reportPairs.ts';

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
  const cutOff = pairs.flatMap((pair) => lesserReading(question, chosen.eventCount, pair)).filter(isCut);
  const isWhole = isBoundary(question, question.base + chosen.begin + lengthOf(chosen.eventCount, question.eventBits));
  if (cutOff.length > 0 && !isWhole) return refuseCutAndDifferent(question, pairs, findings);
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

import type { Segment } from './fcsFile.ts';
import { checksumBytes, headerBytes, type OffsetPair } from './header.ts';
import type { PlaceQuestion } from './placeQuestion.ts';

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

/** Offsets and who gives them. */
export interface NamedPair {
  readonly source: 'HEADER' | 'TEXT';
  readonly pair: OffsetPair;
  /** From the start of the data set. */
  readonly begin: number;
  readonly end: number | undefined;
}

/** A place that $TOT or the length of DATA allows. */
export interface Candidate {
  readonly begin: number;
  readonly eventCount: number;
  readonly isExact: boolean;
}

/** Bytes that so many events take; a last byte begun counts whole. */
export function lengthOf(eventCount: number, eventBits: number): number {
  return Math.ceil((eventCount * eventBits) / 8);
}

/** The number of events that take exactly so many bytes, or undefined. */
export function eventsIn(lengthBytes: number, eventBits: number): number | undefined {
  const count = Math.floor((lengthBytes * 8) / eventBits);
  return lengthOf(count, eventBits) === lengthBytes ? count : undefined;
}

/** A place by its begin, from the start of the data set. */
export function placeAt(
  { base, eventBits }: PlaceQuestion,
  begin: number,
  eventCount: number,
  partial: boolean,
): Place {
  return { offsetBytes: base + begin, lengthBytes: lengthOf(eventCount, eventBits), eventCount, partial };
}

/** True where a candidate's events lie inside the data set and overlap nothing. */
export function hasRoom(question: PlaceQuestion, { begin, eventCount }: Candidate): boolean {
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
export function overlaps(first: number, after: number, other: Segment): boolean {
  return first < other.offsetBytes + other.lengthBytes && Math.max(after, first + 1) > other.offsetBytes;
}

/** The end of the data set, its CRC, or the begin of another segment. */
export function isBoundary({ limitBytes, others }: PlaceQuestion, after: number): boolean {
  return (
    after === limitBytes || after === limitBytes - checksumBytes || others.some((other) => other.offsetBytes === after)
  );
}

import { createHash } from 'node:crypto';
import { type FcsFile, type OpenSource, readEventRange } from '../fcs/index.ts';

/** So many whole events in a row are alike in two tubes only where one was copied from the other. */
const MARK_EVENTS = 48;

/**
 * Marks by which a copy of the same events is known under another name, header, byte order or number type, whole or cut
 * short: of the first stored events and, for a file that was cut at its beginning, of the last; all parameters but time.
 * @returns none for a tube with fewer events than a mark takes: two such could be alike by chance
 */
export function eventMarks(source: OpenSource, file: FcsFile): readonly string[] {
  const { eventCount } = file;
  if (eventCount < MARK_EVENTS) return [];
  const marks = [0, eventCount - MARK_EVENTS].map((firstEvent) => markOf(source, file, firstEvent));
  return [...new Set(marks.filter((mark) => mark !== undefined))];
}

function markOf(source: OpenSource, file: FcsFile, firstEvent: number): string | undefined {
  const columns = readEventRange(source, file, { firstEvent, eventCount: MARK_EVENTS });
  const measured = columns.filter((_, i) => !file.parameters[i]!.isTime);
  if (measured.every((column) => column.every((value) => Object.is(value, column[0])))) return undefined;
  const hash = createHash('sha256');
  // 32-bit floats: what a program keeps that writes integers or doubles as floats.
  for (const column of measured) hash.update(new Uint8Array(Float32Array.from(column).buffer));
  return hash.digest('hex').slice(0, 32);
}

import type { ByteSource } from './byteSource.ts';
import type { ByteOrder, FcsParameter, Segment } from './fcsFile.ts';
import type { Findings } from './findings.ts';
import { checksumBytes, hasMagic } from './header.ts';
import { looksLikeEvents } from './looksLikeEvents.ts';
import type { Place } from './placeRoom.ts';
import { partOfChecksum } from './segments.ts';

const blockBytes = 1 << 20;
// Where bytes are no whole number of events, fewer that look like some are chance.
const fewestAlike = 16;

export interface TrailingQuestion {
  readonly place: Place;
  readonly eventBits: number;
  readonly byteOrder: ByteOrder;
  readonly parameters: readonly FcsParameter[];
  /** All other segments, TEXT too. */
  readonly others: readonly Segment[];
  /** First byte that is not of this data set. */
  readonly limitBytes: number;
  readonly accept: boolean;
}

/**
 * Looks at what lies behind DATA, up to the next segment or the end: whole further events that nothing counts (a writer
 * that was cut off, or an export that changed the counts alone), another data set, padding, or something else. Blanks and
 * zeros at the end are padding, never events; 8 bytes are a checksum.
 * @returns the place of DATA: with the further events where they were asked for
 */
export function withTrailingEvents(source: ByteSource, question: TrailingQuestion, findings: Findings): Place {
  const { place, eventBits, others, limitBytes } = question;
  const end = place.offsetBytes + place.lengthBytes;
  const next = Math.min(limitBytes, ...others.map((other) => other.offsetBytes).filter((offset) => offset >= end));
  const gap = { offsetBytes: end, lengthBytes: next - end };
  if (gap.lengthBytes <= 0 || gap.lengthBytes === checksumBytes) return place;
  const begin = [end, end + checksumBytes].find((at) => at < next && hasMagic(source.read(at, 6)));
  if (begin !== undefined) {
    const message = `another data set begins at byte ${begin}, behind DATA; $NEXTDATA does not lead to it, and it was not read`;
    findings.add(
      'warning',
      'fcs.bytes-after-data',
      message,
      begin,
      'if it is another tube, export it as a file of its own',
    );
    return place;
  }
  const further = eventBits > 0 ? furtherEvents(source, question, gap) : undefined;
  if (further !== undefined) return reportEvents(question, further, findings);
  // Between segments, and before another data set, writers leave room.
  if (next === source.sizeBytes) reportOther(source, question, gap, findings);
  return place;
}

function reportEvents({ place, eventBits, accept }: TrailingQuestion, further: number, findings: Findings): Place {
  const eventCount = place.eventCount + further;
  const lengthBytes = Math.ceil((eventCount * eventBits) / 8);
  const done = accept ? 'they were read too, as asked' : 'they were not read';
  const message =
    `${further} whole events of the same width follow the ${place.eventCount} that $TOT and the offsets of DATA count ` +
    `(${lengthBytes - place.lengthBytes} bytes); ${done}`;
  findings.add('warning', 'fcs.events-behind-data', message, place.offsetBytes + place.lengthBytes);
  return accept ? { ...place, eventCount, lengthBytes } : place;
}

/** How many events begin behind DATA and are whole, where all else up to the next segment is checksum or padding. */
function furtherEvents(source: ByteSource, question: TrailingQuestion, gap: Segment): number | undefined {
  const { place, eventBits } = question;
  const withoutChecksum = endsWithChecksum(source, gap) ? [gap.lengthBytes - checksumBytes] : [];
  for (const room of [...withoutChecksum, gap.lengthBytes]) {
    const filled = contentBytes(source, { ...gap, lengthBytes: room });
    // The last event may end in zeros.
    const eventCount = Math.ceil(((place.lengthBytes + filled) * 8) / eventBits);
    const covered = Math.ceil((eventCount * eventBits) / 8) - place.lengthBytes;
    const further = eventCount - place.eventCount;
    if (filled > 0 && further > 0 && covered <= room && areLikeEvents(source, question, further)) return further;
  }
  return undefined;
}

function areLikeEvents(source: ByteSource, { place, ...question }: TrailingQuestion, eventCount: number): boolean {
  const rows = { ...question, offsetBytes: place.offsetBytes };
  const known = { firstEvent: 0, eventCount: place.eventCount };
  return looksLikeEvents(source, rows, known, { firstEvent: place.eventCount, eventCount });
}

/** 8 characters that are printed: what no event of numbers is but by chance. */
function endsWithChecksum(source: ByteSource, { offsetBytes, lengthBytes }: Segment): boolean {
  if (lengthBytes <= checksumBytes) return false;
  const last = source.read(offsetBytes + lengthBytes - checksumBytes, checksumBytes);
  return last.every((byte) => byte >= 32 && byte < 127);
}

/** Bytes up to the last that is neither zero nor blank. */
function contentBytes(source: ByteSource, { offsetBytes, lengthBytes }: Segment): number {
  for (let left = lengthBytes; left > 0; ) {
    const size = Math.min(blockBytes, left);
    const block = source.read(offsetBytes + left - size, size);
    for (let i = block.length - 1; i >= 0; i--) if (block[i] !== 0 && block[i] !== 32) return left - size + i + 1;
    left -= size;
  }
  return 0;
}

function reportOther(source: ByteSource, question: TrailingQuestion, gap: Segment, findings: Findings): void {
  const { severity, message, hint } = otherBytes(source, question, gap);
  findings.add(severity, 'fcs.bytes-after-data', message, gap.offsetBytes, hint);
}

interface Said {
  readonly severity: 'note' | 'warning';
  readonly message: string;
  readonly hint?: string;
}

function otherBytes(source: ByteSource, question: TrailingQuestion, gap: Segment): Said {
  const { lengthBytes } = gap;
  const { place, eventBits } = question;
  if (lengthBytes < checksumBytes) return { severity: 'warning', message: `${lengthBytes} ${partOfChecksum}` };
  if (contentBytes(source, gap) === 0) {
    return { severity: 'note', message: `${lengthBytes} bytes of padding (zeros or blanks) follow DATA` };
  }
  const whole =
    eventBits === 0 ? 0 : Math.floor(((place.lengthBytes + lengthBytes) * 8) / eventBits) - place.eventCount;
  if (whole >= fewestAlike && areLikeEvents(source, question, whole)) {
    const message = `${lengthBytes} bytes like events follow DATA, but no whole number of them: ${whole} and a part; they were not read`;
    return { severity: 'warning', message, hint: 'copy the file again, or export the tube again' };
  }
  return { severity: 'note', message: `${lengthBytes} bytes after the last segment were ignored` };
}

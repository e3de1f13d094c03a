import type { ByteSource } from './byteSource.ts';
import type { Findings } from './findings.ts';
import { checksumBytes } from './header.ts';
import type { PlaceQuestion } from './placeQuestion.ts';
import { hasRoomFor, type Placement } from './placeRoom.ts';
import { reportPairs } from './reportPairs.ts';

const blockBytes = 1 << 18;

/** True for what separates numbers of free text: blank, comma, tab, line ends. */
export function isSeparator(byte: number): boolean {
  return byte === 32 || byte === 44 || (byte >= 9 && byte <= 13);
}

/**
 * The place of DATA where values are free text ($DATATYPE A, $PnB *): the pair of offsets between which as many
 * numbers stand as events × parameters. Without $TOT the count of numbers gives the events.
 */
export function placeFreeText(
  source: ByteSource,
  question: PlaceQuestion,
  parameterCount: number,
  findings: Findings,
): Placement {
  const { base, tot, header, text, trust } = question;
  const found: { begin: number; end: number; eventCount: number }[] = [];
  for (const [name, pair] of [
    ['header', header],
    ['text', text],
  ] as const) {
    const begin = pair.begin.value;
    const end = pair.end.value === undefined ? undefined : mendedEnd(source, question, pair.end.value);
    if (begin === undefined || end === undefined || (trust !== undefined && trust !== name)) continue;
    if (!hasRoomFor(question, base + begin, base + end + 1)) continue;
    const numbers = countNumbers(source, base + begin, end - begin + 1);
    const eventCount = numbers / parameterCount;
    if (Number.isInteger(eventCount) && (tot === undefined || eventCount === tot))
      found.push({ begin, end, eventCount });
  }
  const first = found[0];
  if (first === undefined || found.some((other) => other.begin !== first.begin || other.end !== first.end)) {
    const expected = tot === undefined ? 'whole events' : `${tot} events of ${parameterCount} numbers`;
    const message = `DATA is free text, but no place given for it holds ${expected}`;
    findings.add('error', 'fcs.tot-disagrees', message, base + 26);
    return { place: undefined, evidence: 'none' };
  }
  if (tot === undefined) {
    const severity = question.version < 'FCS3.0' ? 'note' : 'warning';
    const message = `$TOT is missing; DATA holds numbers for ${first.eventCount} events`;
    findings.add(severity, 'fcs.tot-missing', message);
  }
  const { begin, end, eventCount } = first;
  reportPairs(question, begin, end - begin + 1, findings);
  return {
    place: { offsetBytes: base + begin, lengthBytes: end - begin + 1, eventCount, partial: false },
    evidence: 'fits',
  };
}

/**
 * An end that cuts a number in two is wrong by one if that leaves nothing, or a checksum, behind DATA; a checksum is
 * digits as well, and may follow without a separator.
 * @returns undefined where the cut cannot be explained
 */
function mendedEnd(source: ByteSource, { base, limitBytes }: PlaceQuestion, end: number): number | undefined {
  const isEnd = (last: number): boolean => [0, checksumBytes].includes(limitBytes - base - last - 1);
  const [here, next] = source.read(base + end, 2);
  const isCut = here !== undefined && next !== undefined && !isSeparator(here) && !isSeparator(next);
  return !isCut || isEnd(end) ? end : [end - 1, end + 1].find(isEnd);
}

function countNumbers(source: ByteSource, offsetBytes: number, lengthBytes: number): number {
  let count = 0;
  let isInside = false;
  for (let done = 0; done < lengthBytes; done += blockBytes) {
    const block = source.read(offsetBytes + done, Math.min(blockBytes, lengthBytes - done));
    for (let i = 0; i < block.length; i++) {
      const isPart = !isSeparator(block[i] as number);
      if (isPart && !isInside) count++;
      isInside = isPart;
    }
  }
  return count;
}

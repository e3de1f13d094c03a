import type { Findings } from './findings.ts';
import { largestHeaderOffset, type OffsetPair } from './header.ts';
import type { PlaceQuestion } from './placeQuestion.ts';

/**
 * Says where the offsets of HEADER and TEXT depart from the place that was chosen for DATA.
 * @param begin chosen, from the start of the data set
 * @param lengthBytes chosen
 */
export function reportPairs(question: PlaceQuestion, begin: number, lengthBytes: number, findings: Findings): void {
  const chosen = { begin, end: begin + lengthBytes - 1 };
  reportHeaderState(question, chosen, findings);
  const isMissing = question.text.begin.value === undefined || question.text.end.value === undefined;
  if (question.version >= 'FCS3.0' && isMissing) {
    const states = `$BEGINDATA is ${question.text.begin.state}, $ENDDATA is ${question.text.end.state}`;
    const message = `${states}; used ${chosen.begin} to ${chosen.end}`;
    findings.add('warning', 'fcs.data-offsets-missing-in-text', message);
  }
  const said = new Set<string>();
  for (const [source, pair] of [
    ['HEADER', question.header],
    ['TEXT', question.text],
  ] as const) {
    const finding = departure(source, pair, chosen);
    // The same fault in both places is one finding.
    if (finding === undefined || said.has(finding.code)) continue;
    said.add(finding.code);
    findings.add(
      'warning',
      finding.code,
      `${finding.message}; used ${chosen.begin} to ${chosen.end}`,
      question.base + 26,
    );
  }
}

interface Chosen {
  readonly begin: number;
  readonly end: number;
}

function reportHeaderState({ base, header }: PlaceQuestion, chosen: Chosen, findings: Findings): void {
  const { begin, end } = header;
  const used = `used ${chosen.begin} to ${chosen.end}`;
  const either = (state: string): boolean => begin.state === state || end.state === state;
  const say = (severity: 'warning' | 'note', code: Parameters<Findings['add']>[1], what: string): void =>
    findings.add(severity, code, `HEADER ${what} for DATA; ${used}`, base + 26);
  if (either('nines')) say('warning', 'fcs.header-offset-99999999', 'gives 99999999, a mark for "does not fit",');
  if (either('negative')) say('warning', 'fcs.header-offset-negative', 'gives a negative offset');
  if (either('unreadable')) say('warning', 'fcs.header-offset-unreadable', 'gives an offset that is no number');
  // Both blank is how some writers say "see TEXT"; one blank beside an offset is damage.
  const isHalfBlank = begin.state !== end.state && (begin.value ?? end.value) !== undefined;
  if (either('blank')) say(isHalfBlank ? 'warning' : 'note', 'fcs.header-offset-blank', 'leaves an offset blank');
  if (begin.state === 'given' && end.state === 'zero') {
    say('warning', 'fcs.header-offset-split', 'gives a begin and the end 0');
  }
  if (begin.state === 'zero' && end.state === 'given') {
    say('warning', 'fcs.header-offset-split', 'gives the begin 0 and an end');
  }
  if (
    begin.state === 'zero' &&
    end.state === 'zero' &&
    chosen.end <= largestHeaderOffset &&
    chosen.end >= chosen.begin
  ) {
    say('note', 'fcs.header-offset-zero', 'gives 0 0, though the offsets are small enough to stand there,');
  }
}

interface Departure {
  readonly code:
    | 'fcs.data-end-off-by-one'
    | 'fcs.data-end-wrong'
    | 'fcs.data-offsets-disagree'
    | 'fcs.header-offset-overflow';
  readonly message: string;
}

const modulus = largestHeaderOffset + 1;

function departure(source: 'HEADER' | 'TEXT', pair: OffsetPair, chosen: Chosen): Departure | undefined {
  const begin = pair.begin.value;
  const end = pair.end.value;
  const message = `${source} says DATA lies at ${begin ?? pair.begin.state} to ${end ?? pair.end.state}`;
  if (begin === undefined) {
    const isOther = end !== undefined && Math.abs(end - chosen.end) > 1;
    return isOther ? { code: 'fcs.data-offsets-disagree', message } : undefined;
  }
  const isWrapped = (written: number, real: number): boolean => written !== real && real % modulus === written;
  if (source === 'HEADER' && (isWrapped(begin, chosen.begin) || (end !== undefined && isWrapped(end, chosen.end)))) {
    return { code: 'fcs.header-offset-overflow', message: `${message}, which are offsets modulo 100000000` };
  }
  if (begin !== chosen.begin) return { code: 'fcs.data-offsets-disagree', message };
  if (end === undefined || end === chosen.end) return undefined;
  if (Math.abs(end - chosen.end) === 1) return { code: 'fcs.data-end-off-by-one', message };
  return { code: 'fcs.data-end-wrong', message };
}

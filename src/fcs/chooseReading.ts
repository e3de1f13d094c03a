import { withBitOrder } from './bitOrder.ts';
import type { ByteSource } from './byteSource.ts';
import type { DataSet } from './dataSets.ts';
import type { FcsReadingOptions, Segment } from './fcsFile.ts';
import { type Findings, findingsOf, shown } from './findings.ts';
import { parseOffset } from './header.ts';
import { type Interpretation, interpretations } from './interpret.ts';
import { tableVariants } from './keywordTable.ts';
import type { Entry } from './parseText.ts';
import { placeData } from './placeData.ts';
import { placeFreeText } from './placeFreeText.ts';
import type { PlaceQuestion } from './placeQuestion.ts';
import type { Evidence, Place } from './placeRoom.ts';
import { isStoredInWords } from './storedInWords.ts';
import { wholeNumber } from './wholeNumber.ts';

/** One way to read a data set, with the place of its events. */
export interface Reading {
  readonly interpretation: Interpretation;
  readonly keywords: ReadonlyMap<string, Entry>;
  readonly place: Place;
}

interface Attempt {
  readonly interpretation: Interpretation | undefined;
  readonly keywords: ReadonlyMap<string, Entry>;
  readonly place: Place | undefined;
  readonly evidence: Evidence;
  readonly findings: Findings;
}

type ReadableSet = DataSet &
  Required<Pick<DataSet, 'text' | 'table'>> & {
    readonly text: NonNullable<DataSet['text']>;
    readonly table: NonNullable<DataSet['table']>;
  };

/**
 * Tries every meaning of the layout keywords (conflicting values, $PAR against the parameters defined, odd widths)
 * against the bytes of DATA, and keeps the one that they bear out.
 * @returns undefined where none fits, or several do that would give different numbers (reported)
 */
export function chooseReading(
  source: ByteSource,
  set: ReadableSet,
  others: readonly Segment[],
  options: FcsReadingOptions,
  findings: Findings,
): Reading | undefined {
  const variants = tableVariants(set.table);
  if (variants === undefined) {
    const keys = [...set.table.conflicts.keys()].slice(0, 4).join(', ');
    findings.add(
      'error',
      'fcs.keyword-duplicate-conflict',
      `too many layout keywords stand twice with other values: ${keys}`,
    );
    return undefined;
  }
  const attemptsBeside = (segments: readonly Segment[]): Attempt[] =>
    variants.flatMap((keywords) => attemptsFor(source, set, keywords, segments, options));
  const isBorneOut = ({ evidence }: Attempt): boolean => evidence === 'fits' || evidence === 'claims';
  const besideOthers = attemptsBeside(others);
  // Offsets of ANALYSIS or supplemental TEXT that lie in DATA are wrong if DATA fits without them.
  const alone = others.length > 0 && !besideOthers.some(isBorneOut) ? attemptsBeside([]) : [];
  const attempts = alone.some(isBorneOut) ? alone : besideOthers;
  for (const evidence of ['fits', 'claims'] as const) {
    const borneOut = attempts.filter((attempt) => attempt.evidence === evidence);
    if (borneOut.length > 0) return confirm(source, settle(borneOut, set, findings), options, findings);
  }
  const first = attempts[0];
  if (first === undefined) return undefined;
  if (attempts.length === 1)
    return isTwiceOdd(first)
      ? refuseTwiceOdd(first, findings)
      : confirm(source, accept(first, set, findings), options, findings);
  // A reading that needs a second rule (a wrong count) on top of the first is no evidence for either.
  findings.list.push(...first.findings.list.filter((finding) => finding.severity !== 'error' || !first.place));
  refuseUndecided(attempts, set, 'none of the ways to read them fits DATA', findings);
  return undefined;
}

/** A count that needs another rule on top of a rule about widths or parameters: no evidence is left for either. */
function isTwiceOdd({ evidence, interpretation }: Attempt): boolean {
  return (
    evidence === 'count-only' && interpretation?.findings.list.some(({ severity }) => severity === 'warning') === true
  );
}

function refuseTwiceOdd(attempt: Attempt, findings: Findings): undefined {
  const [first, ...rest] = attempt.findings.list.filter((finding) => finding.code !== 'fcs.tot-disagrees');
  if (first !== undefined) findings.list.push(first, ...rest);
  const message = '$TOT is not the number of events in DATA either: two rules would have to hold at once';
  findings.add('error', 'fcs.tot-disagrees', message);
  return undefined;
}

/** A stream of bits is believed only where DATA does not look like words: the same bytes can hold fewer, wider events. */
function confirm(
  source: ByteSource,
  reading: Reading | undefined,
  options: FcsReadingOptions,
  findings: Findings,
): Reading | undefined {
  if (reading === undefined) return undefined;
  if (!isStoredInWords(source, reading.interpretation, reading.place)) {
    return withBitOrder(source, reading, options, findings);
  }
  const place = reading.keywords.get('$TOT')?.offsetBytes;
  const message =
    '$TOT and $PnB fit a stream of bits, but DATA looks like 16-bit words: their high bits are all 0, and as words ' +
    `it holds another number of events than $TOT ${shown(reading.keywords.get('$TOT')?.value ?? '')}`;
  findings.add('error', 'fcs.tot-disagrees', message, place);
  return undefined;
}

function settle(borneOut: readonly Attempt[], set: ReadableSet, findings: Findings): Reading | undefined {
  const first = borneOut[0] as Attempt;
  if (borneOut.every((attempt) => meaningOf(attempt) === meaningOf(first))) return accept(first, set, findings);
  refuseUndecided(borneOut, set, 'more than one way to read them fits DATA', findings);
  return undefined;
}

function accept(attempt: Attempt, set: ReadableSet, findings: Findings): Reading | undefined {
  const { interpretation, keywords, place } = attempt;
  findings.list.push(...attempt.findings.list);
  if (interpretation === undefined || place === undefined) return undefined;
  for (const [key, choices] of set.table.conflicts) {
    const used = keywords.get(key);
    const others = choices.filter((choice) => choice.value !== used?.value).map((choice) => shown(choice.value));
    const chosen = shown(used?.value ?? '');
    const message = `${key} stands twice: ${chosen} and ${others.join(', ')}; used ${chosen}, which fits DATA`;
    findings.add('warning', 'fcs.keyword-duplicate-conflict', message, used?.offsetBytes);
  }
  return { interpretation, keywords, place };
}

/** What decides about numbers and their names; two attempts that agree in this are the same reading. */
function meaningOf({ interpretation, keywords, place }: Attempt): string {
  const perField = interpretation?.fields.map((field, i) => {
    const isInteger = field.dataType === 'I' || field.dataType === 'A';
    const value = (letter: string): string => keywords.get(`$P${i + 1}${letter}`)?.value ?? '';
    return [field, value('N'), isInteger ? [value('R'), value('E')] : []];
  });
  return JSON.stringify([perField, interpretation?.byteOrder, place]);
}

function typesOf({ interpretation }: Attempt): string {
  return interpretation?.fields.map((field) => field.dataType).join('') ?? '';
}

function refuseUndecided(attempts: readonly Attempt[], set: ReadableSet, why: string, findings: Findings): void {
  const conflicting = [...set.table.conflicts.keys()];
  if (conflicting.length > 0) {
    const message = `${conflicting.slice(0, 4).join(', ')} stand twice with values that differ; ${why}`;
    const place = set.table.conflicts.get(conflicting[0] ?? '')?.[1]?.offsetBytes;
    findings.add('error', 'fcs.keyword-duplicate-conflict', message, place);
    return;
  }
  const counts = new Set(attempts.map((attempt) => attempt.interpretation?.fields.length));
  const written = set.table.entries.get('$PAR');
  if (counts.size > 1) {
    const message = `$PAR is ${shown(written?.value ?? '')}, but another number of parameters is defined; ${why}`;
    findings.add('error', 'fcs.par-mismatch', message, written?.offsetBytes);
    return;
  }
  if (new Set(attempts.map(typesOf)).size > 1) {
    const message = `$PnDATATYPE stands in a file that says an older version than 3.2; ${why}`;
    findings.add('error', 'fcs.datatype-invalid', message, set.table.entries.get('$DATATYPE')?.offsetBytes);
    return;
  }
  const place = set.table.entries.get('$P1B')?.offsetBytes;
  findings.add('error', 'fcs.pnb-disagrees', `widths in $PnB are no whole bytes; ${why}`, place);
}

function attemptsFor(
  source: ByteSource,
  set: ReadableSet,
  keywords: ReadonlyMap<string, Entry>,
  others: readonly Segment[],
  options: FcsReadingOptions,
): Attempt[] {
  const shared = findingsOf(source.name);
  const textBytes = set.text.endBytes - set.text.beginBytes + 1;
  const question = { keywords, version: set.header.version, fileName: source.name, textBytes };
  const ways = interpretations(question, shared);
  if (ways.length === 0) {
    return [{ interpretation: undefined, keywords, place: undefined, evidence: 'none', findings: shared }];
  }
  return ways.map((interpretation): Attempt => {
    const findings = findingsOf(source.name);
    findings.list.push(...shared.list, ...interpretation.findings.list);
    const where = placeQuestion(set, keywords, {
      sizeBytes: source.sizeBytes,
      others,
      eventBits: interpretation.eventBits,
      trust: options.offsets,
      acceptTruncated: options.acceptTruncated ?? false,
    });
    const isFreeText = interpretation.eventBits === 0;
    const { place, evidence } = isFreeText
      ? placeFreeText(source, where, interpretation.fields.length, findings)
      : placeData(where, findings);
    return { interpretation, keywords, place, evidence, findings };
  });
}

function placeQuestion(
  set: ReadableSet,
  keywords: ReadonlyMap<string, Entry>,
  around: Pick<PlaceQuestion, 'sizeBytes' | 'others' | 'eventBits' | 'trust' | 'acceptTruncated'>,
): PlaceQuestion {
  const begin = parseOffset(keywords.get('$BEGINDATA')?.value);
  const end = parseOffset(keywords.get('$ENDDATA')?.value);
  return {
    base: set.base,
    limitBytes: set.limitBytes,
    textSegment: { offsetBytes: set.text.beginBytes, lengthBytes: set.text.endBytes - set.text.beginBytes + 1 },
    header: set.header.data,
    text: { begin, end },
    version: set.header.version,
    tot: wholeNumber(keywords.get('$TOT')?.value),
    ...around,
  };
}

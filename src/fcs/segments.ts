import type { ByteSource } from './byteSource.ts';
import type { DataSet } from './dataSets.ts';
import type { Segment } from './fcsFile.ts';
import type { Findings } from './findings.ts';
import { checksumBytes, headerBytes, type OffsetPair, parseOffset } from './header.ts';
import type { Entry } from './parseText.ts';

/** Segments besides TEXT and DATA whose offsets make sense. */
export interface OtherSegments {
  readonly analysis: Segment | undefined;
  readonly all: readonly Segment[];
}

type Keywords = ReadonlyMap<string, Entry>;

/** Finds ANALYSIS and supplemental TEXT; ANALYSIS is kept raw, and checked only for lying in the file. */
export function otherSegments(source: ByteSource, set: DataSet, keywords: Keywords, findings: Findings): OtherSegments {
  const fromText = pairOf(keywords, '$BEGINANALYSIS', '$ENDANALYSIS');
  const analysis =
    analysisOf(source, set, set.header.analysis, findings) ?? analysisOf(source, set, fromText, findings);
  if (analysis !== undefined) reportContent(source, set, analysis, findings);
  reportBlank(set, findings);
  const stext = segmentOf(source, set.base, pairOf(keywords, '$BEGINSTEXT', '$ENDSTEXT'));
  const isApart = stext !== undefined && stext.offsetBytes > (set.text?.endBytes ?? 0);
  const all = [...(analysis === undefined ? [] : [analysis]), ...(isApart ? [stext] : [])];
  return { analysis, all };
}

function pairOf(keywords: Keywords, begin: string, end: string): OffsetPair {
  return { begin: parseOffset(keywords.get(begin)?.value), end: parseOffset(keywords.get(end)?.value) };
}

function segmentOf(source: ByteSource, base: number, { begin, end }: OffsetPair): Segment | undefined {
  if (begin.value === undefined || end.value === undefined || end.value < begin.value) return undefined;
  if (base + end.value >= source.sizeBytes) return undefined;
  return { offsetBytes: base + begin.value, lengthBytes: end.value - begin.value + 1 };
}

function analysisOf(source: ByteSource, set: DataSet, pair: OffsetPair, findings: Findings): Segment | undefined {
  const { begin, end } = pair;
  if (begin.value === undefined && end.value === undefined) return undefined;
  const found = segmentOf(source, set.base, pair);
  const isBesideText = found !== undefined && found.offsetBytes > (set.text?.endBytes ?? 0);
  if (isBesideText) return found;
  const said = `${begin.value ?? begin.state} to ${end.value ?? end.state}`;
  if (!findings.list.some((finding) => finding.code === 'fcs.analysis-offsets')) {
    const message = `ANALYSIS should lie at ${said}, which is no place for it in this file; it was ignored`;
    findings.add('note', 'fcs.analysis-offsets', message, set.base + 42);
  }
  return undefined;
}

function reportContent(source: ByteSource, set: DataSet, analysis: Segment, findings: Findings): void {
  const first = source.read(analysis.offsetBytes, 1)[0];
  if (first === set.text?.delimiter) return;
  const message = `ANALYSIS (${analysis.lengthBytes} bytes) is no list of keywords; it was kept as it is`;
  findings.add('note', 'fcs.analysis-not-keywords', message, analysis.offsetBytes);
}

function reportBlank(set: DataSet, findings: Findings): void {
  const { begin, end } = set.header.analysis;
  // 2.0 lets the fields be blank where there is no ANALYSIS.
  if (set.header.version >= 'FCS3.0' && (begin.state === 'blank' || end.state === 'blank')) {
    const message = 'HEADER leaves the offsets of ANALYSIS blank; read as 0';
    findings.add('note', 'fcs.header-offset-blank', message, set.base + 42);
  }
  if (begin.state === 'negative' || end.state === 'negative') {
    const message = 'HEADER gives a negative offset for ANALYSIS; read as absent';
    findings.add('note', 'fcs.header-offset-negative', message, set.base + 42);
  }
}

/** The segments but those that DATA, which fits, leaves no room for: their offsets are wrong. */
export function withoutOverlap(segments: OtherSegments, data: Segment, findings: Findings): OtherSegments {
  const isApart = ({ offsetBytes, lengthBytes }: Segment): boolean =>
    offsetBytes + lengthBytes <= data.offsetBytes || data.offsetBytes + data.lengthBytes <= offsetBytes;
  const all = segments.all.filter(isApart);
  const { analysis } = segments;
  if (analysis === undefined || isApart(analysis)) return { analysis, all };
  const message = `ANALYSIS should lie at ${analysis.offsetBytes}, inside DATA, which fits without it; it was ignored`;
  findings.add('note', 'fcs.analysis-offsets', message, analysis.offsetBytes);
  return { analysis: undefined, all };
}

/** Said of bytes that are too few: a segment may have been placed wrongly by so many. */
export const partOfChecksum =
  'bytes after the last segment were ignored; a checksum would be 8, so DATA may begin or end elsewhere than its offsets say';

/** Says that bytes stand behind a last segment that is not DATA, and are not its checksum. */
export function reportBytesAfter(
  source: ByteSource,
  set: DataSet,
  segments: readonly Segment[],
  findings: Findings,
): void {
  if (set.limitBytes !== source.sizeBytes) return;
  const end = Math.max(set.text?.endBytes ?? 0, ...segments.map((s) => s.offsetBytes + s.lengthBytes - 1)) + 1;
  const after = source.sizeBytes - end;
  if (after <= 0 || after === checksumBytes) return;
  const isPart = after < checksumBytes;
  const message = `${after} ${isPart ? partOfChecksum : 'bytes after the last segment were ignored'}`;
  findings.add(isPart ? 'warning' : 'note', 'fcs.bytes-after-data', message, end);
}

const pairChars = 16;

/** OTHER segments of 3.x: pairs of 8-character offsets between HEADER and TEXT; what is no pair of numbers is none. */
export function furtherSegments(source: ByteSource, { base, text }: DataSet): Segment[] {
  const first = base + headerBytes;
  // A TEXT far behind leaves room for more pairs than any file has.
  const room = Math.min((text?.beginBytes ?? first) - first, 64 * pairChars);
  const written = room < pairChars ? '' : Buffer.from(source.read(first, room)).toString('latin1');
  const pairs = Array.from({ length: Math.floor(written.length / pairChars) }, (_, i) =>
    [0, 8].map((at) => parseOffset(written.slice(pairChars * i + at, pairChars * i + at + 8))),
  );
  return pairs.flatMap(([begin, end]) => (begin && end ? (segmentOf(source, base, { begin, end }) ?? []) : []));
}

import { floatRows, joinBytes, latin1 } from './buildFcs.ts';
import type { Odd } from './odd.ts';
import { floatFile, integerFile, rows } from './soundFiles.ts';

const none = new Uint8Array(0);
const pair = (begin: number, end: number): readonly [number, number] => [begin, end];

/** Faults of HEADER, of offsets, of counts and of what follows DATA. */
export const oddOffsets: readonly Odd[] = [
  {
    kind: 'DATA end one too high, in HEADER and TEXT',
    bytes: floatFile({
      header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd + 1, 0, 0],
      offsets: (p) => pair(p.dataBegin, p.dataEnd + 1),
    }),
    codes: ['data-end-off-by-one'],
    values: rows,
  },
  {
    kind: 'DATA end one too low',
    bytes: floatFile({
      header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd - 1, 0, 0],
      offsets: (p) => pair(p.dataBegin, p.dataEnd - 1),
      tail: none,
    }),
    codes: ['data-end-off-by-one'],
    values: rows,
  },
  {
    kind: 'DATA end equal to its begin',
    bytes: floatFile({
      header: (p) => [58, p.textEnd, p.dataBegin, p.dataBegin, 0, 0],
      offsets: (p) => pair(p.dataBegin, p.dataBegin),
    }),
    codes: ['data-end-wrong'],
    values: rows,
  },
  {
    kind: 'TEXT begins DATA one byte early, inside TEXT',
    bytes: floatFile({ offsets: (p) => pair(p.dataBegin - 1, p.dataEnd - 1) }),
    codes: ['data-offsets-disagree'],
    values: rows,
  },
  {
    kind: 'HEADER begins DATA one byte late and leaves the file',
    bytes: floatFile({ header: (p) => [58, p.textEnd, p.dataBegin + 1, p.dataEnd + 1, 0, 0], tail: none }),
    codes: ['data-offsets-disagree'],
    values: rows,
  },
  {
    kind: 'HEADER wrong by 49, TEXT right',
    bytes: floatFile({ header: (p) => [58, p.textEnd, p.dataBegin + 49, p.dataEnd + 49, 0, 0], tail: none }),
    codes: ['data-offsets-disagree'],
    values: rows,
  },
  {
    kind: 'TEXT wrong by 200 with a wrong length, HEADER right',
    bytes: floatFile({ offsets: (p) => pair(p.dataBegin + 200, p.dataEnd) }),
    codes: ['data-offsets-disagree'],
    values: rows,
  },
  {
    kind: 'HEADER and TEXT differ and both fit',
    bytes: floatFile({ offsets: (p) => pair(p.dataBegin + 4, p.dataEnd + 4) }),
    codes: ['data-offsets-ambiguous'],
    values: undefined,
  },
  {
    kind: 'HEADER and TEXT differ, both fit, and HEADER is to be trusted',
    bytes: floatFile({ offsets: (p) => pair(p.dataBegin + 4, p.dataEnd + 4) }),
    options: { offsets: 'header' },
    codes: ['data-offsets-disagree'],
    values: rows,
  },
  {
    kind: 'HEADER end 99999999',
    bytes: floatFile({ header: (p) => [58, p.textEnd, p.dataBegin, 99999999, 0, 0] }),
    codes: ['header-offset-99999999'],
    values: rows,
  },
  {
    kind: 'HEADER begin and end 99999999',
    bytes: floatFile({ header: (p) => [58, p.textEnd, 99999999, 99999999, 0, 0] }),
    codes: ['header-offset-99999999'],
    values: rows,
  },
  {
    kind: 'HEADER begin given, end 0',
    bytes: floatFile({ header: (p) => [58, p.textEnd, p.dataBegin, 0, 0, 0] }),
    codes: ['header-offset-split'],
    values: rows,
  },
  {
    kind: 'HEADER 0 and -1',
    bytes: floatFile({ header: (p) => [58, p.textEnd, 0, -1, 0, 0] }),
    codes: ['header-offset-negative'],
    values: rows,
  },
  {
    kind: 'HEADER offsets of DATA blank',
    bytes: floatFile({ header: (p) => [58, p.textEnd, '', '', 0, 0] }),
    codes: ['header-offset-blank'],
    values: rows,
  },
  {
    kind: 'HEADER offset of DATA no number',
    bytes: floatFile({ header: (p) => [58, p.textEnd, '12ab', p.dataEnd, 0, 0] }),
    codes: ['header-offset-unreadable'],
    values: rows,
  },
  {
    kind: 'HEADER 0 0 though the file is small',
    bytes: floatFile({ header: (p) => [58, p.textEnd, 0, 0, 0, 0] }),
    codes: ['header-offset-zero'],
    values: rows,
  },
  {
    kind: '$BEGINDATA and $ENDDATA missing',
    bytes: floatFile({ keywords: { $BEGINDATA: undefined, $ENDDATA: undefined } }),
    codes: ['data-offsets-missing-in-text'],
    values: rows,
  },
  {
    kind: 'all six offsets of TEXT missing or zero',
    bytes: floatFile({
      keywords: { $BEGINANALYSIS: undefined, $ENDANALYSIS: undefined, $BEGINSTEXT: undefined, $ENDSTEXT: undefined },
      offsets: () => pair(0, 0),
    }),
    codes: ['data-offsets-missing-in-text'],
    values: rows,
  },
  {
    kind: 'no offsets of DATA anywhere',
    bytes: floatFile({ header: (p) => [58, p.textEnd, 0, 0, 0, 0], offsets: () => pair(0, 0) }),
    codes: ['data-offsets-missing'],
    values: undefined,
  },
  {
    kind: 'TEXT ends on the first byte of DATA',
    bytes: floatFile({ header: (p) => [58, p.textEnd + 1, p.dataBegin, p.dataEnd, 0, 0] }),
    codes: ['text-end-off-by-one'],
    values: rows,
  },
  {
    kind: 'TEXT end one short',
    bytes: floatFile({ header: (p) => [58, p.textEnd - 1, p.dataBegin, p.dataEnd, 0, 0] }),
    codes: ['text-end-off-by-one'],
    values: rows,
  },
  {
    kind: 'TEXT end 40 short, before DATA',
    bytes: floatFile({ header: (p) => [58, p.textEnd - 40, p.dataBegin, p.dataEnd, 0, 0], gapBytes: 16 }),
    codes: ['text-end-wrong'],
    values: rows,
  },
  {
    kind: 'TEXT end missing in HEADER',
    bytes: floatFile({ header: (p) => [58, 0, p.dataBegin, p.dataEnd, 0, 0] }),
    codes: ['text-end-wrong'],
    values: rows,
  },
  {
    kind: '$TOT missing in 3.1',
    bytes: floatFile({ keywords: { $TOT: undefined } }),
    codes: ['tot-missing'],
    values: rows,
  },
  {
    kind: '$TOT too small, DATA whole events up to the checksum',
    bytes: floatFile({ keywords: { $TOT: '43' } }),
    codes: ['tot-disagrees'],
    values: rows,
  },
  {
    kind: '$TOT 0 for fifty events',
    bytes: floatFile({ keywords: { $TOT: '0' } }),
    codes: ['tot-disagrees'],
    values: rows,
  },
  {
    kind: '$TOT 1000000000, DATA whole events up to the end',
    bytes: floatFile({ keywords: { $TOT: '1000000000' }, tail: none }),
    codes: ['tot-disagrees'],
    values: rows,
  },
  {
    kind: '$TOT wrong and DATA ends nowhere in particular',
    bytes: floatFile({ keywords: { $TOT: '43' }, tail: latin1('x'.repeat(37)) }),
    codes: ['tot-disagrees'],
    values: undefined,
  },
  {
    kind: 'a thousand million events claimed by HEADER, TEXT and $TOT',
    bytes: floatFile({
      keywords: { $TOT: '1000000000' },
      rows: rows.slice(0, 2),
      header: (p) => [58, p.textEnd, 0, 0, 0, 0],
      offsets: (p) => pair(p.dataBegin, p.dataBegin + 12e9 - 1),
    }),
    codes: ['data-truncated'],
    values: undefined,
  },
  {
    kind: 'cut inside DATA',
    bytes: floatFile().slice(0, -200),
    codes: ['data-truncated'],
    values: undefined,
  },
  {
    kind: 'cut inside DATA, accepted',
    bytes: floatFile().slice(0, -200),
    options: { acceptTruncated: true },
    codes: ['data-truncated'],
    values: rows.slice(0, 34),
  },
  { kind: 'cut inside TEXT', bytes: floatFile().slice(0, 300), codes: ['text-truncated'], values: undefined },
  { kind: 'HEADER alone', bytes: floatFile().slice(0, 58), codes: ['text-truncated'], values: undefined },
  { kind: 'cut inside HEADER', bytes: floatFile().slice(0, 30), codes: ['text-truncated'], values: undefined },
  { kind: 'an empty file', bytes: none, codes: ['not-fcs'], values: undefined },
  { kind: 'a text file', bytes: latin1('sample,CD4\nA,12\n'.repeat(9)), codes: ['not-fcs'], values: undefined },
  { kind: 'version FCS4.0', bytes: floatFile({ version: 'FCS4.0' }), codes: ['version-unknown'], values: rows },
  {
    kind: 'bytes behind the checksum',
    bytes: floatFile({ tail: latin1('00000000 and more') }),
    codes: ['bytes-after-data'],
    values: rows,
  },
  { kind: 'no checksum', bytes: floatFile({ tail: none }), codes: [], values: rows },
  {
    kind: 'no events, DATA 0 0',
    bytes: floatFile({ rows: [], header: (p) => [58, p.textEnd, 0, 0, 0, 0], offsets: () => pair(0, 0) }),
    codes: ['no-events'],
    values: [],
  },
  {
    kind: 'no events, DATA end before its begin',
    bytes: floatFile({ rows: [] }),
    codes: ['no-events'],
    values: [],
  },
  {
    kind: 'DATA pairs of two segments apart, TEXT behind DATA',
    bytes: textBehindData(),
    codes: [],
    values: rows,
  },
  {
    kind: 'ANALYSIS offsets beyond the file',
    bytes: floatFile({ header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd, 900000, 900100] }),
    codes: ['analysis-offsets'],
    values: rows,
  },
  {
    kind: 'ANALYSIS holding XML',
    bytes: floatFile({
      tail: latin1('<a>b</a>'),
      header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd, p.dataEnd + 1, p.dataEnd + 8],
    }),
    codes: ['analysis-not-keywords'],
    values: rows,
  },
  {
    kind: '$NEXTDATA one past $ENDDATA',
    bytes: integerFile([16, 16, 16], { keywords: { $NEXTDATA: '1500' } }),
    codes: ['nextdata-beyond-file'],
    values: rows,
  },
  {
    kind: '$NEXTDATA backwards',
    bytes: floatFile({ keywords: { $NEXTDATA: '-58' } }),
    codes: ['nextdata-loop'],
    values: rows,
  },
  {
    kind: '$NEXTDATA missing',
    bytes: floatFile({ keywords: { $NEXTDATA: undefined } }),
    codes: ['nextdata-missing'],
    values: rows,
  },
];

/** Sound, but TEXT stands at the end, as Coulter writes its second data sets. */
function textBehindData(): Uint8Array {
  const inFront = floatFile({ tail: none });
  const text = (begin: number, end: number): string =>
    Buffer.from(inFront)
      .toString('latin1', 58, inFront.length - 600)
      .replace(/(\$BEGINDATA\|)[^|]*/, (_, key: string) => key + String(begin).padStart(10))
      .replace(/(\$ENDDATA\|)[^|]*/, (_, key: string) => key + String(end).padStart(10));
  const data = floatRows(rows, [32, 32, 32]);
  const behind = text(58, 657);
  const fields = [658, 657 + behind.length, 58, 657, 0, 0].map((field) => String(field).padStart(8)).join('');
  return joinBytes(latin1(`FCS3.1    ${fields}`), data, latin1(behind));
}

/** Two data sets: the same events in 2.0 with 10 bits and in 3.0 with full values; or others. */
export function twoSets(second: Uint8Array): Uint8Array {
  const draft = (next: string): Uint8Array =>
    integerFile([16, 16, 16], {
      version: 'FCS2.0',
      keywords: { $NEXTDATA: next, $P1N: 'FS', $P2N: 'FL1 LOG', $P3N: 'FL2 LOG' },
    });
  const size = draft('0000000').length;
  return joinBytes(draft(String(size).padStart(7, '0')), second);
}

import { floatRows, integerRows, joinBytes, latin1, packedRows } from './buildFcs.ts';
import type { Odd } from './odd.ts';
import { floatFile, integerFile, populations, type Rows } from './soundFiles.ts';

const cells = populations(400, 3, 10);
const counted: Rows = cells.slice(0, 100);
const further = floatRows(cells.slice(100), [32, 32, 32]);
const checksum = latin1('00000000');
const none = new Uint8Array(0);
const zeros = (count: number): Uint8Array => new Uint8Array(count);

/** A file of 100 events, with something behind them. */
function behind(...tail: readonly Uint8Array[]): Uint8Array {
  return floatFile({ rows: counted, tail: joinBytes(...tail) });
}

/** ANALYSIS behind 300 events behind DATA. */
function analysisBehindEvents(): Uint8Array {
  return floatFile({
    rows: counted,
    tail: joinBytes(further, latin1('|A|b|'), checksum),
    header: (p) => {
      const begin = p.dataEnd + 1 + further.length;
      return [58, p.textEnd, p.dataBegin, p.dataEnd, begin, begin + 4];
    },
  });
}

/** The same numbers behind DATA, which HEADER says to be a segment of the vendor's own. */
function otherSegment(): Uint8Array {
  const fields = latin1(''.padStart(16));
  const made = floatFile({
    rows: counted,
    tail: further,
    header: (p) => {
      fields.set(latin1(`${String(p.dataEnd + 17).padStart(8)}${String(p.dataEnd + 16 + further.length).padStart(8)}`));
      return [74, p.textEnd + 16, p.dataBegin + 16, p.dataEnd + 16, 0, 0];
    },
    offsets: (p) => [p.dataBegin + 16, p.dataEnd + 16],
  });
  return joinBytes(made.subarray(0, 58), fields, made.subarray(58));
}

/** What stands behind the events that a file counts: further ones, padding, or something else. */
export const oddTrailing: readonly Odd[] = [
  { kind: 'whole events behind DATA', bytes: behind(further), codes: ['events-behind-data'], values: counted },
  {
    kind: 'whole events behind DATA, accepted',
    bytes: behind(further),
    options: { acceptTrailing: true },
    codes: ['events-behind-data'],
    values: cells,
  },
  {
    kind: 'whole events and a checksum behind DATA, accepted',
    bytes: behind(further, checksum),
    options: { acceptTrailing: true },
    codes: ['events-behind-data'],
    values: cells,
  },
  {
    kind: 'whole events and padding behind DATA, accepted',
    bytes: behind(further, zeros(12 * 40)),
    options: { acceptTrailing: true },
    codes: ['events-behind-data'],
    values: cells,
  },
  {
    kind: 'one whole event behind DATA',
    bytes: behind(further.slice(0, 12)),
    codes: ['events-behind-data'],
    values: counted,
  },
  {
    kind: '16-bit events behind DATA, accepted',
    bytes: integerFile([16, 16, 16], {
      rows: counted,
      tail: integerRows(cells.slice(100), [16, 16, 16]),
      range: 1024,
    }),
    options: { acceptTrailing: true },
    codes: ['events-behind-data'],
    values: cells,
  },
  {
    kind: 'packed events behind DATA, accepted',
    // 104 events of 30 bits are whole bytes.
    bytes: integerFile([10, 10, 10], {
      rows: cells.slice(0, 104),
      data: packedRows(cells.slice(0, 104), 10, 'little'),
      tail: packedRows(cells.slice(104), 10, 'little'),
    }),
    options: { acceptTrailing: true },
    codes: ['bits-packed', 'bit-order', 'events-behind-data'],
    values: cells,
  },
  {
    kind: 'whole events between DATA and ANALYSIS',
    bytes: analysisBehindEvents(),
    codes: ['events-behind-data'],
    values: counted,
  },
  {
    kind: 'zeros as long as whole events behind DATA, though trailing events are accepted',
    bytes: behind(zeros(12 * 40)),
    options: { acceptTrailing: true },
    codes: ['bytes-after-data'],
    values: counted,
  },
  {
    kind: 'blanks as long as whole events behind DATA, though trailing events are accepted',
    bytes: behind(zeros(12 * 40).fill(32)),
    options: { acceptTrailing: true },
    codes: ['bytes-after-data'],
    values: counted,
  },
  {
    kind: 'text as long as whole events behind DATA, though trailing events are accepted',
    bytes: behind(latin1('<experiment/>\n'.padEnd(14).repeat(6))),
    options: { acceptTrailing: true },
    codes: ['bytes-after-data'],
    values: counted,
  },
  {
    kind: 'whole events and a part of one behind DATA, though trailing events are accepted',
    bytes: behind(further, Uint8Array.of(1, 2, 3)),
    options: { acceptTrailing: true },
    codes: ['bytes-after-data'],
    values: counted,
  },
  {
    kind: 'a data set behind DATA that $NEXTDATA does not lead to',
    bytes: behind(checksum, floatFile({ rows: cells })),
    options: { acceptTrailing: true },
    codes: ['bytes-after-data'],
    values: counted,
  },
  {
    kind: 'a segment of the vendor behind DATA that looks like events',
    bytes: otherSegment(),
    options: { acceptTrailing: true },
    codes: [],
    values: counted,
  },
  {
    kind: 'trailing events accepted where there are none',
    bytes: behind(checksum),
    options: { acceptTrailing: true },
    codes: [],
    values: counted,
  },
  {
    kind: '$TOT counts the events behind DATA, the offsets do not',
    bytes: floatFile({ rows: counted, tail: further, keywords: { $TOT: '400' } }),
    codes: ['tot-disagrees'],
    values: undefined,
  },
  {
    kind: 'cut inside DATA, HEADER and TEXT differ',
    bytes: floatFile({ gapBytes: 40, offsets: (p) => [p.dataBegin - 12, p.dataEnd - 12] }).slice(0, -200),
    codes: ['data-truncated'],
    values: undefined,
  },
  {
    kind: 'cut inside DATA, HEADER and TEXT differ, both decided',
    bytes: floatFile({
      rows: counted,
      gapBytes: 40,
      tail: none,
      offsets: (p) => [p.dataBegin - 12, p.dataEnd - 12],
    }).slice(0, -120),
    options: { acceptTruncated: true, offsets: 'header' },
    codes: ['data-truncated'],
    values: counted.slice(0, 90),
  },
  {
    kind: 'cut inside DATA, one of two places fits what is left',
    bytes: floatFile({
      rows: counted,
      gapBytes: 400,
      tail: none,
      offsets: (p) => [p.dataBegin - 360, p.dataEnd - 360],
    }).slice(0, -120),
    codes: ['data-truncated'],
    values: undefined,
  },
];

import { floatRows, integerRows, joinBytes, latin1, packedRows } from './buildFcs.ts';
import type { Odd } from './odd.ts';
import { twoSets } from './oddOffsets.ts';
import { floatFile, integerFile, populations, type Rows, rows } from './soundFiles.ts';

const little = rows.map((row) => row.map((value) => value % 251));
const tenBit: Rows = rows.map((row) => row.map((value) => value % 1024));
const cells = populations(400, 3, 10);
const sixteen = populations(400, 3, 16);
const dirty = rows.map((row) => row.map((value) => (value % 1024) + 3 * 1024));
const mixedTypes = rows.map(([a = 0, b = 0, c = 0]) => [a, b + 0.5, c + 0.1]);
const huge: readonly (readonly bigint[])[] = [[2n ** 53n + 1n], [2n ** 60n], [7n]];

/** Types, widths, byte orders, ranges, amplifiers, names, time. */
export const oddLayout: readonly Odd[] = [
  { kind: '8-bit integers', bytes: integerFile([8, 8, 8], { rows: little }), codes: [], values: little },
  { kind: '16-bit integers', bytes: integerFile([16, 16, 16]), codes: [], values: rows },
  { kind: '24-bit little-endian', bytes: integerFile([24, 24, 24]), codes: [], values: rows },
  {
    kind: '24-bit big-endian',
    bytes: integerFile([24, 24, 24], {
      keywords: { $BYTEORD: '4,3,2,1' },
      data: integerRows(rows, [24, 24, 24], 'big'),
    }),
    codes: [],
    values: rows,
  },
  {
    kind: '64-bit integers',
    bytes: integerFile([64, 64, 64], { range: 2 ** 53 - 1 }),
    codes: ['pnr-not-power-of-two'],
    values: rows,
  },
  {
    kind: '64-bit integers above 2^53',
    bytes: integerFile([64], {
      rows: [[0], [0], [0]],
      data: integerRows(huge, [64]),
      keywords: { $P1R: '18446744073709551616' },
    }),
    codes: ['integer-precision-lost'],
    values: huge.map((row) => row.map(Number)),
  },
  {
    kind: 'widths 16, 32 and 8 mixed',
    bytes: integerFile([16, 32, 8], {
      rows: rows.map(([a = 0, b = 0, c = 0]) => [a, b * 70_000, c % 256]),
      keywords: { $P1R: '65536', $P2R: '2147483648', $P3R: '256' },
    }),
    codes: [],
    values: rows.map(([a = 0, b = 0, c = 0]) => [a, b * 70_000, c % 256]),
  },
  {
    kind: '10 bits packed, little-endian',
    bytes: integerFile([10, 10, 10], { rows: cells, data: packedRows(cells, 10, 'little') }),
    codes: ['bits-packed', 'bit-order'],
    values: cells,
  },
  {
    kind: '10 bits packed, big-endian',
    bytes: integerFile([10, 10, 10], {
      rows: cells,
      data: packedRows(cells, 10, 'big'),
      keywords: { $BYTEORD: '4,3,2,1' },
    }),
    codes: ['bits-packed', 'bit-order'],
    values: cells,
  },
  {
    kind: '10 bits packed from the low bit, $BYTEORD big-endian',
    bytes: integerFile([10, 10, 10], {
      rows: cells,
      data: packedRows(cells, 10, 'little'),
      keywords: { $BYTEORD: '4,3,2,1' },
    }),
    codes: ['bits-packed', 'bit-order'],
    values: cells,
  },
  {
    kind: '10 bits packed, too few events to show the order of bits',
    bytes: integerFile([10, 10, 10], { rows: tenBit, data: packedRows(tenBit, 10, 'little') }),
    codes: ['bits-packed', 'bit-order-unclear'],
    values: undefined,
  },
  {
    kind: '10 bits packed, too few events, the order of bits named',
    bytes: integerFile([10, 10, 10], {
      rows: tenBit,
      data: packedRows(tenBit, 10, 'little'),
      keywords: { $BYTEORD: '4,3,2,1' },
    }),
    codes: ['bits-packed', 'bit-order'],
    values: tenBit,
    options: { bitOrder: 'low' },
  },
  {
    kind: '$PnB 10, stored in 16',
    bytes: integerFile([10, 10, 10], { rows: tenBit, data: integerRows(tenBit, [16, 16, 16]) }),
    codes: ['pnb-disagrees'],
    values: tenBit,
  },
  {
    kind: 'bits above $PnR to be masked',
    bytes: integerFile([16, 16, 16], { rows: dirty, range: 1024 }),
    codes: [],
    values: tenBit,
  },
  {
    kind: '$PnR 1000',
    bytes: integerFile([16, 16, 16], { rows: dirty, range: 1000 }),
    codes: ['pnr-not-power-of-two'],
    values: tenBit,
  },
  {
    kind: '$PnR 4294967295 in 32 bits',
    bytes: integerFile([32, 32, 32], { range: 4294967295 }),
    codes: ['pnr-not-power-of-two'],
    values: rows,
  },
  {
    kind: '$PnR 2^32 in 32 bits',
    bytes: integerFile([32, 32, 32], { rows: wide(), range: 2 ** 32 }),
    codes: ['pnr-exceeds-bits'],
    values: wide(),
  },
  {
    kind: '$PnR above 16 bits',
    bytes: integerFile([16, 16, 16], { range: 262144 }),
    codes: ['pnr-exceeds-bits'],
    values: rows,
  },
  {
    kind: '$PnR 0 and NA on integers',
    bytes: integerFile([16, 16, 16], { keywords: { $P1R: '0', $P2R: 'NA' } }),
    codes: ['pnr-invalid'],
    values: rows,
  },
  {
    kind: '$PnR NA, 262143,5 and 1e5 on floats',
    bytes: floatFile({ keywords: { $P1R: 'NA', $P2R: '262143,5', $P3R: '1e5' } }),
    codes: ['pnr-invalid'],
    values: rows,
  },
  {
    kind: '$DATATYPE F with $PnB 16',
    bytes: floatFile({ keywords: { $P1B: '16', $P2B: '16', $P3B: '16' } }),
    codes: ['pnb-disagrees'],
    values: rows,
  },
  {
    kind: '$PnB 0 on integers',
    bytes: integerFile([16, 16, 16], { keywords: { $P2B: '0' } }),
    codes: ['pnb-invalid'],
    values: undefined,
  },
  {
    kind: '$PnB of one parameter wrong: no length fits',
    bytes: integerFile([16, 16, 16], { keywords: { $P2B: '32' } }),
    codes: ['tot-disagrees'],
    values: undefined,
  },
  {
    kind: 'big-endian floats',
    bytes: floatFile({ keywords: { $BYTEORD: '4,3,2,1' }, data: floatRows(rows, [32, 32, 32], 'big') }),
    codes: [],
    values: rows,
  },
  {
    kind: '64-bit floats with an order of eight (3.0)',
    bytes: floatFile({
      version: 'FCS3.0',
      keywords: { $DATATYPE: 'D', $BYTEORD: '1,2,3,4,5,6,7,8', $P1B: '64', $P2B: '64', $P3B: '64' },
      data: floatRows(rows, [64, 64, 64]),
    }),
    codes: [],
    values: rows,
  },
  {
    kind: '$BYTEORD 2,1 with 16 bits (2.0)',
    bytes: integerFile([16, 16, 16], {
      version: 'FCS2.0',
      keywords: { $BYTEORD: '2,1' },
      data: integerRows(rows, [16, 16, 16], 'big'),
    }),
    codes: [],
    values: rows,
  },
  {
    kind: '$BYTEORD 1,2 with 32 bits',
    bytes: floatFile({ version: 'FCS3.0', keywords: { $BYTEORD: '1,2' } }),
    codes: ['byteord-short'],
    values: rows,
  },
  {
    kind: '$BYTEORD 3,4,1,2',
    bytes: integerFile([32, 32, 32], {
      version: 'FCS3.0',
      range: 2 ** 31,
      keywords: { $BYTEORD: '3,4,1,2' },
      data: integerRows(rows, [32, 32, 32], [3, 4, 1, 2]),
    }),
    codes: ['byteord-mixed'],
    values: rows,
  },
  {
    kind: '$BYTEORD 3,4,1,2 with 16-bit values, whose order it does not give',
    bytes: integerFile([16, 16, 16], { keywords: { $BYTEORD: '3,4,1,2' } }),
    codes: ['byteord-mixed'],
    values: undefined,
  },
  {
    kind: '$BYTEORD missing',
    bytes: floatFile({ keywords: { $BYTEORD: undefined } }),
    codes: ['byteord-missing'],
    values: undefined,
  },
  {
    kind: '$BYTEORD 1,1,2,2',
    bytes: floatFile({ keywords: { $BYTEORD: '1,1,2,2' } }),
    codes: ['byteord-invalid'],
    values: undefined,
  },
  {
    kind: 'FCS 3.2 with $PnDATATYPE mixed',
    bytes: floatFile({
      version: 'FCS3.2',
      rows: mixedTypes,
      keywords: { $P1DATATYPE: 'I', $P1B: '16', $P1R: '65536', $P3DATATYPE: 'D', $P3B: '64' },
      data: mixedRows(),
    }),
    codes: [],
    values: mixedTypes,
  },
  {
    kind: '$DATATYPE A, fixed width',
    bytes: integerFile([16, 16, 16], {
      keywords: { $DATATYPE: 'A', $P1B: '5', $P2B: '5', $P3B: '5' },
      data: latin1(rows.map((row) => row.map((value) => String(value).padStart(5)).join('')).join('')),
    }),
    codes: [],
    values: rows,
  },
  {
    kind: '$DATATYPE A, free',
    bytes: integerFile([16, 16, 16], {
      keywords: { $DATATYPE: 'A', $P1B: '*', $P2B: '*', $P3B: '*' },
      data: latin1(rows.map((row) => row.join(', ')).join('\r\n')),
    }),
    codes: [],
    values: rows,
  },
  {
    kind: '$DATATYPE A, free, a number short',
    bytes: integerFile([16, 16, 16], {
      keywords: { $DATATYPE: 'A', $P1B: '*', $P2B: '*', $P3B: '*' },
      data: latin1(rows.flat().slice(1).join(' ')),
    }),
    codes: ['tot-disagrees'],
    values: undefined,
  },
  {
    kind: '$DATATYPE A, free, with a word among the numbers',
    bytes: integerFile([16, 16], {
      rows: [
        [1, 2],
        [3, 4],
      ],
      keywords: { $DATATYPE: 'A', $P1B: '*', $P2B: '*' },
      data: latin1('1 two 3 4'),
    }),
    codes: ['data-not-numeric'],
    values: [
      [1, Number.NaN],
      [3, 4],
    ],
  },
  {
    kind: 'log $PnE on floats',
    bytes: floatFile({ keywords: { $P2E: '5.22,100' } }),
    codes: ['pne-log-on-float'],
    values: rows,
  },
  {
    kind: '$PnE 4,0',
    bytes: integerFile([16, 16, 16], { keywords: { $P2E: '4,0' } }),
    codes: ['pne-zero-offset'],
    values: rows,
  },
  {
    kind: '$PnE missing',
    bytes: integerFile([16, 16, 16], { keywords: { $P2E: undefined } }),
    codes: ['pne-missing'],
    values: rows,
  },
  {
    kind: '$PnE with decimal commas',
    bytes: integerFile([16, 16, 16], { keywords: { $P2E: '4,0,0,1' } }),
    codes: ['pne-invalid'],
    values: rows,
  },
  {
    kind: 'gain in vendor keywords',
    bytes: floatFile({ keywords: { CYTEKP01G: '2.0' } }),
    codes: ['gain-vendor'],
    values: rows,
  },
  {
    kind: '$PnN missing',
    bytes: floatFile({ keywords: { $P2N: undefined } }),
    codes: ['pnn-missing'],
    values: rows,
  },
  {
    kind: '$PnN of two parameters alike',
    bytes: floatFile({ keywords: { $P3N: 'FL1-A' } }),
    codes: ['pnn-duplicate'],
    values: rows,
  },
  {
    kind: '$PnS blank or absent everywhere',
    bytes: floatFile({ keywords: { $P1S: ' ', $P2S: undefined, $P3S: undefined } }),
    codes: ['stain-absent'],
    values: rows,
  },
  {
    kind: 'values above $PnR in floats',
    bytes: floatFile({ keywords: { $P2R: '512' } }),
    codes: ['range-exceeded'],
    values: rows,
  },
  {
    kind: 'NaN and infinities',
    bytes: floatFile({
      rows: [
        [1, Number.NaN, 3],
        [Number.POSITIVE_INFINITY, 5, Number.NEGATIVE_INFINITY],
      ],
    }),
    codes: ['data-not-finite'],
    values: [
      [1, Number.NaN, 3],
      [Number.POSITIVE_INFINITY, 5, Number.NEGATIVE_INFINITY],
    ],
  },
  {
    kind: 'time that steps back and below zero, without $TIMESTEP',
    bytes: floatFile({
      rows: [
        [1, 2, -3],
        [1, 2, 5],
        [1, 2, 4],
      ],
      keywords: { $P3N: 'Time' },
    }),
    codes: ['time-negative', 'time-not-monotone', 'timestep-missing'],
    values: [
      [1, 2, -3],
      [1, 2, 5],
      [1, 2, 4],
    ],
  },
  {
    kind: 'two data sets of the same events: the full one of 3.0 is read',
    bytes: twoSets(floatFile({ version: 'FCS3.0', keywords: { $P1N: 'FS', $P2N: 'FL1 LIN', $P3N: 'FL2 LIN' } })),
    codes: ['several-data-sets'],
    values: rows,
  },
  {
    kind: 'two data sets of other events: refused',
    bytes: twoSets(floatFile({ rows: rows.slice(0, 20) })),
    codes: ['several-data-sets'],
    values: undefined,
  },
  {
    kind: 'two data sets of other events: the second asked for',
    bytes: twoSets(floatFile({ rows: rows.slice(0, 20) })),
    options: { dataSet: 2 },
    codes: [],
    values: rows.slice(0, 20),
  },
  {
    kind: 'two data sets: the third asked for',
    bytes: twoSets(floatFile()),
    options: { dataSet: 3 },
    codes: ['data-set-absent'],
    values: undefined,
  },
  {
    kind: 'integers that use all their bits, $BYTEORD turned round',
    bytes: integerFile([16, 16, 16], {
      rows: sixteen,
      data: integerRows(sixteen, [16, 16, 16], 'big'),
      range: 65_536,
    }),
    codes: ['byteord-invalid'],
    values: undefined,
  },
  {
    kind: 'integers that use all their bits',
    bytes: integerFile([16, 16, 16], { rows: sixteen, range: 65_536 }),
    codes: [],
    values: sixteen,
  },
  {
    kind: '32-bit floats under $DATATYPE I',
    bytes: integerFile([32, 32, 32], { rows: sixteen, data: floatRows(sixteen, [32, 32, 32]), range: 262_144 }),
    codes: ['datatype-invalid'],
    values: undefined,
  },
  {
    kind: '32-bit integers under $DATATYPE F',
    bytes: floatFile({ rows: sixteen, data: integerRows(sixteen, [32, 32, 32]) }),
    codes: ['datatype-invalid'],
    values: undefined,
  },
];

function wide(): number[][] {
  return rows.map((row) => row.map((value) => value * 2 ** 21 + value));
}

function mixedRows(): Uint8Array {
  return joinBytes(
    ...mixedTypes.map(([a = 0, b = 0, c = 0]) =>
      joinBytes(integerRows([[a]], [16]), floatRows([[b]], [32]), floatRows([[c]], [64])),
    ),
  );
}

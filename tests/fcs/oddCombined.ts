import { floatRows, integerRows, joinBytes, latin1, packedRows } from './buildFcs.ts';
import type { Odd } from './odd.ts';
import { twoSets } from './oddOffsets.ts';
import { floatFile, integerFile, populations, rows } from './soundFiles.ts';

const none = new Uint8Array(0);
const cells = populations(401, 3, 10);
const tenBit = rows.map((row) => row.map((value) => value % 1024));
const insert = (what: string) => (text: string) => text.replace('$MODE|', `${what}$MODE|`);
type Change = Parameters<typeof floatFile>[0];
const float = (kind: string, codes: Odd['codes'], change: Change, isRead = true): Odd => {
  return { kind, bytes: floatFile(change), codes, values: isRead ? rows : undefined };
};

const timeRows = rows.map(([a = 0, b = 0], i) => [a % 64, Math.floor(i / 10), b]);

const words = {
  keywords: { $DATATYPE: 'A', $P1B: '*', $P2B: '*', $P3B: '*' },
  data: latin1(rows.map((row) => row.join(' ')).join('\n')),
};

function freeText(kind: string, codes: Odd['codes'], change: number): Odd {
  const bytes = integerFile([16, 16, 16], {
    ...words,
    header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd + change, 0, 0],
    offsets: (p) => [p.dataBegin, p.dataEnd + change],
  });
  return { kind, bytes, codes, values: rows };
}

/** Two faults at once, places shifted in HEADER and TEXT alike, and other ways to be misled. */
export const oddCombined: readonly Odd[] = [
  float('DATA end one too low in HEADER, one too high in TEXT', ['data-end-off-by-one'], {
    header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd - 1, 0, 0],
    offsets: (p) => [p.dataBegin, p.dataEnd + 1],
  }),
  float('$TOT missing and DATA end one too high', ['data-end-off-by-one', 'tot-missing'], {
    keywords: { $TOT: undefined },
    header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd + 1, 0, 0],
    offsets: (p) => [p.dataBegin, p.dataEnd + 1],
  }),
  float('$TOT missing and HEADER 0 0', ['header-offset-zero', 'tot-missing'], {
    keywords: { $TOT: undefined },
    header: (p) => [58, p.textEnd, 0, 0, 0, 0],
  }),
  float(
    'DATA one byte late in HEADER and TEXT alike: the checksum shows it',
    ['data-offsets-ambiguous'],
    {
      header: (p) => [58, p.textEnd, p.dataBegin + 1, p.dataEnd + 1, 0, 0],
      offsets: (p) => [p.dataBegin + 1, p.dataEnd + 1],
    },
    false,
  ),
  {
    kind: 'a byte between TEXT and DATA, seven behind DATA, and TEXT is to be trusted',
    bytes: floatFile({ rows: [[1, 2, 3]], gapBytes: 1, tail: latin1('0000000') }),
    options: { offsets: 'text' },
    codes: ['bytes-after-data'],
    values: [[1, 2, 3]],
  },
  float(
    'DATA begin one too high everywhere, its end right',
    ['data-offsets-ambiguous'],
    {
      header: (p) => [58, p.textEnd, p.dataBegin + 1, p.dataEnd, 0, 0],
      offsets: (p) => [p.dataBegin + 1, p.dataEnd],
    },
    false,
  ),
  float(
    'DATA begin one too low everywhere, in the gap behind TEXT, its end right',
    ['data-offsets-ambiguous'],
    {
      gapBytes: 10,
      tail: none,
      header: (p) => [58, p.textEnd, p.dataBegin - 1, p.dataEnd, 0, 0],
      offsets: (p) => [p.dataBegin - 1, p.dataEnd],
    },
    false,
  ),
  float('DATA begin one too high in TEXT alone, its end right', ['data-offsets-disagree'], {
    offsets: (p) => [p.dataBegin + 1, p.dataEnd],
  }),
  float('DATA end before its begin in HEADER', ['data-offsets-disagree'], {
    header: (p) => [58, p.textEnd, p.dataEnd, p.dataBegin, 0, 0],
  }),
  float(
    'DATA end before its begin in HEADER and TEXT',
    ['tot-disagrees'],
    {
      header: (p) => [58, p.textEnd, p.dataEnd, p.dataBegin, 0, 0],
      offsets: (p) => [p.dataEnd, p.dataBegin],
    },
    false,
  ),
  float('offsets of TEXT with a decimal point', ['data-offsets-missing-in-text'], {
    offsets: (p) => [`${p.dataBegin}.0`, `${p.dataEnd}.0`],
  }),
  float('HEADER filled up with NULs', [], {
    header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd, 0, 0].map((field) => String(field).padStart(8, '\0')),
  }),
  float('HEADER aligned to the left', [], {
    header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd, 0, 0].map((field) => String(field).padEnd(8)),
  }),
  float('TEXT end 100 bytes into DATA', ['text-end-wrong'], {
    header: (p) => [58, p.textEnd + 100, p.dataBegin, p.dataEnd, 0, 0],
  }),
  float('TEXT end past the file', ['text-end-wrong'], {
    header: (p) => [58, p.sizeBytes + 99, p.dataBegin, p.dataEnd, 0, 0],
  }),
  float(
    'TEXT begin one too high',
    ['text-unparsable'],
    {
      header: (p) => [59, p.textEnd, p.dataBegin, p.dataEnd, 0, 0],
    },
    false,
  ),
  { kind: 'TEXT at 256, a pair of OTHER offsets before it', bytes: otherSegment(), codes: [], values: rows },
  float('ANALYSIS offsets inside DATA', ['analysis-not-keywords', 'analysis-offsets'], {
    header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd, p.dataBegin + 10, p.dataEnd],
  }),
  float('ANALYSIS that ends on the first byte of DATA', ['analysis-not-keywords', 'analysis-offsets'], {
    gapBytes: 20,
    header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd, p.textEnd + 1, p.dataBegin],
  }),
  float('supplemental TEXT inside DATA', ['stext-unreadable'], { keywords: { $BEGINSTEXT: '900', $ENDSTEXT: '1000' } }),
  float(
    'everything in lower case, no final delimiter, DATA end one too high',
    ['keyword-whitespace', 'value-case', 'final-delimiter-missing', 'data-end-off-by-one'],
    {
      text: (text) =>
        text
          .replace(/[^BE|]+/g, (part) => part.toLowerCase())
          .replace(/\$(b|e)/gi, (m) => m.toLowerCase())
          .slice(0, -1),
      offsets: (p) => [p.dataBegin, p.dataEnd + 1],
    },
  ),
  float('an empty $P1N and a bare delimiter in $CYT', ['delimiter-unescaped', 'keyword-value-empty', 'pnn-missing'], {
    text: (text) => insert('$CYT|a|b|')(text).replace('$P1N|FSC-A|', '$P1N||'),
  }),
  float('delimiter in a keyword', ['keyword-value-empty'], { text: insert('X||Y|z|') }),
  ...['\n', '\t', ',', '\x01'].map((delimiter) => float(`delimiter ${JSON.stringify(delimiter)}`, [], { delimiter })),
  float('delimiter 0x00', ['delimiter-non-ascii'], { delimiter: '\0' }),
  float('$TOT "50.0", which is no whole number', ['tot-missing'], { keywords: { $TOT: '50.0' } }),
  float('$TOT "-50"', ['tot-missing'], { keywords: { $TOT: '-50' } }),
  float('values filled up with NULs', [], { keywords: { $TOT: '50\0\0', $PAR: '3\0' } }),
  float('$TOT in two cases that differ', ['keyword-whitespace', 'keyword-duplicate-conflict'], {
    text: insert('$tot|49|'),
  }),
  float('$PAR twice, of which one fits', ['keyword-duplicate-conflict', 'par-mismatch'], { text: insert('$PAR|2|') }),
  float('$PAR and $TOT both wrong', ['par-mismatch'], { keywords: { $PAR: '2', $TOT: undefined } }, false),
  float('$PAR 0', ['par-mismatch'], { keywords: { $PAR: '0' } }),
  float('half of $TOT: as well a width could be wrong', ['tot-disagrees'], { keywords: { $TOT: '25' } }, false),
  {
    kind: '$P1R twice, both possible',
    bytes: integerFile([16, 16, 16], { text: insert('$P1R|1024|') }),
    codes: ['keyword-duplicate-conflict'],
    values: undefined,
  },
  {
    kind: '$P1B twice, of which one fits',
    bytes: integerFile([16, 16, 16], { text: insert('$P1B|32|') }),
    codes: ['keyword-duplicate-conflict'],
    values: rows,
  },
  {
    kind: '$PnB 16, stored in 32: twice the events fit as well',
    bytes: integerFile([16, 16, 16], { data: integerRows(rows, [32, 32, 32]) }),
    codes: ['tot-disagrees'],
    values: undefined,
  },
  {
    kind: '$PnB 32, stored in 16: half the events fit as well',
    bytes: integerFile([32, 32, 32], { range: 65_536, data: integerRows(rows, [16, 16, 16]) }),
    codes: ['tot-disagrees'],
    values: undefined,
  },
  float('$DATATYPE F, stored in 64 bits', ['tot-disagrees'], { data: floatRows(rows, [64, 64, 64]) }, false),
  float('$DATATYPE D, stored in 32 bits', ['pnb-disagrees', 'tot-disagrees'], { keywords: { $DATATYPE: 'D' } }, false),
  {
    kind: 'four parameters defined and claimed, three stored',
    bytes: integerFile([16, 16, 16], {
      keywords: { $PAR: '4', $P4B: '16', $P4E: '0,0', $P4N: 'X', $P4R: '1024' },
    }),
    codes: ['tot-disagrees'],
    values: undefined,
  },
  {
    kind: 'no keyword of the second of three integers',
    bytes: integerFile([16, 16, 16], {
      keywords: { $P2B: undefined, $P2E: undefined, $P2N: undefined, $P2R: undefined, $P2S: undefined },
    }),
    codes: ['par-mismatch', 'tot-disagrees'],
    values: undefined,
  },
  {
    kind: '10 bits in 16, $TOT missing: packed bits would fit as well',
    bytes: integerFile([10, 10, 10], {
      keywords: { $TOT: undefined },
      data: integerRows(tenBit, [16, 16, 16]),
    }),
    codes: ['pnb-disagrees'],
    values: undefined,
  },
  {
    kind: '10 bits packed, $TOT missing',
    bytes: integerFile([10, 10, 10], { keywords: { $TOT: undefined }, data: packedRows(cells, 10, 'little') }),
    codes: ['bits-packed', 'bit-order', 'tot-missing'],
    values: cells,
  },
  {
    kind: '20 bits in 32',
    bytes: integerFile([20, 20, 20], { range: 4096, data: integerRows(rows, [32, 32, 32]) }),
    codes: ['pnb-disagrees'],
    values: rows,
  },
  { kind: '40, 48 and 56 bits', bytes: integerFile([40, 48, 56], { range: 65_536 }), codes: [], values: rows },
  {
    kind: '64 bits with $PnR 2^64',
    bytes: integerFile([64, 64, 64], {
      keywords: { $P1R: '18446744073709551616', $P2R: '9223372036854775808', $P3R: '65536' },
    }),
    codes: [],
    values: rows,
  },
  {
    kind: '$BYTEORD 2,1,4,3 floats',
    bytes: floatFile({
      version: 'FCS3.0',
      keywords: { $BYTEORD: '2,1,4,3' },
      data: floatRows(rows, [32, 32, 32]).map((_, i, all) => all[i ^ 1] as number),
    }),
    codes: ['byteord-mixed'],
    values: rows,
  },
  ...['1,2,3,4,', 'little', '1234', '0,1,2,3'].map((order) =>
    float(`$BYTEORD ${order}`, ['byteord-invalid'], { keywords: { $BYTEORD: order } }, false),
  ),
  float(
    '$PnDATATYPE of another type in 3.1, both possible',
    ['datatype-invalid'],
    {
      keywords: { $P1DATATYPE: 'I', $P1R: '65536' },
    },
    false,
  ),
  {
    kind: '$PnDATATYPE in 3.1, which DATA bears out',
    bytes: floatFile({
      keywords: { $P1DATATYPE: 'I', $P1B: '16', $P1R: '65536' },
      data: joinBytes(
        ...rows.map(([a = 0, b = 0, c = 0]) => joinBytes(integerRows([[a]], [16]), floatRows([[b, c]], [32, 32]))),
      ),
    }),
    codes: ['datatype-invalid'],
    values: rows,
  },
  float('$PnDATATYPE A', ['datatype-invalid'], { version: 'FCS3.2', keywords: { $P1DATATYPE: 'A', $CYT: 'made' } }),
  float(
    '$BYTEORD turned about on floats: the values show it',
    ['byteord-invalid'],
    { keywords: { $BYTEORD: '4,3,2,1' } },
    false,
  ),
  {
    kind: '$BYTEORD turned about on 32-bit integers of 16 bits: the values show it',
    bytes: integerFile([32, 32, 32], { range: 65_536, keywords: { $BYTEORD: '4,3,2,1' } }),
    codes: ['byteord-invalid'],
    values: undefined,
  },
  {
    kind: '$PnR 1 on integers: it would leave no bit',
    bytes: integerFile([16, 16, 16], { keywords: { $P1R: '1' } }),
    codes: ['pnr-invalid'],
    values: rows,
  },
  freeText('free text, DATA end one too high', ['data-end-off-by-one'], 1),
  freeText('free text, DATA end one too low: the last digit is not lost', ['data-end-off-by-one'], -1),
  {
    ...freeText('free text, HEADER 0 0', ['header-offset-zero'], 0),
    bytes: integerFile([16, 16, 16], { ...words, header: (p) => [58, p.textEnd, 0, 0, 0, 0] }),
  },
  float('TEXT ends on the first byte of DATA, HEADER 0 0', ['header-offset-zero', 'text-trailing-bytes'], {
    header: (p) => [58, p.textEnd + 1, 0, 0, 0, 0],
  }),
  {
    ...float('two time channels, of which the low word wraps', ['timestep-missing'], {
      rows: timeRows,
      keywords: { $P1N: 'TIME_LSW', $P2N: 'TIME_MSW', $TIMESTEP: ' ' },
    }),
    values: timeRows,
  },
  float('version 2.0 with the keywords of 3.1', [], { version: 'FCS2.0' }),
  {
    kind: 'a byte order mark before HEADER',
    bytes: joinBytes(latin1('\xef\xbb\xbf'), floatFile()),
    codes: ['not-fcs'],
    values: undefined,
  },
  {
    kind: 'line feeds of DATA made CR LF by a copy',
    bytes: copiedAsText('\r\n'),
    codes: ['data-changed-as-text'],
    values: undefined,
  },
  {
    kind: 'the second data set cannot be read, none is asked for',
    bytes: twoSets(floatFile().slice(0, 200)),
    codes: ['several-data-sets', 'text-truncated'],
    values: undefined,
  },
  {
    kind: 'the second data set cannot be read, the first is asked for',
    bytes: twoSets(floatFile().slice(0, 200)),
    options: { dataSet: 1 },
    codes: [],
    values: rows,
  },
  float(
    'one byte of the last event is missing',
    ['data-truncated'],
    {
      tail: none,
      data: floatRows(rows, [32, 32, 32]).slice(0, -1),
      header: (p) => [58, p.textEnd, p.dataBegin, p.dataEnd + 1, 0, 0],
      offsets: (p) => [p.dataBegin, p.dataEnd + 1],
    },
    false,
  ),
];

function otherSegment(): Uint8Array {
  const shift = 198;
  const shifted = floatFile({ tail: none, offsets: (p) => [p.dataBegin + shift, p.dataEnd + shift] });
  const dataBegin = shifted.length - 600 + shift;
  const fields = [256, dataBegin - 1, dataBegin, dataBegin + 599, 0, 0, 200, 209].map((field) =>
    String(field).padStart(8),
  );
  return joinBytes(latin1(`FCS3.1    ${fields.join('')}`.padEnd(256)), shifted.subarray(58));
}

/** Enough events that line feeds stand among their bytes. */
function copiedAsText(lineEnd: string): Uint8Array {
  const many = Array.from({ length: 2_000 }, (_, i) => [(i * 37) % 60_000, (i * 101) % 65_536, i]);
  return latin1(latin1Text(integerFile([16, 16, 16], { rows: many })).replaceAll('\n', lineEnd));
}

function latin1Text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

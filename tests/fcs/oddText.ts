import { joinBytes, latin1 } from './buildFcs.ts';
import type { Odd } from './odd.ts';
import { floatFile, integerFile, rows } from './soundFiles.ts';

const insert = (what: string, before = '$PAR|'): ((text: string) => string) => {
  return (text) => text.replace(before, () => what + before);
};

/** Faults and rarities of TEXT as a list of keywords. */
export const oddText: readonly Odd[] = [
  {
    kind: 'no final delimiter',
    bytes: floatFile({ text: (text) => text.slice(0, -1) }),
    codes: ['final-delimiter-missing'],
    values: rows,
  },
  {
    kind: 'line ends and NULs behind the last delimiter',
    bytes: floatFile({ text: (text) => `${text}\r\n\0\0` }),
    codes: ['text-trailing-bytes'],
    values: rows,
  },
  {
    kind: 'doubled delimiters in a value',
    bytes: floatFile({ keywords: { OPERATOR: 'a|b|c' } }),
    codes: [],
    values: rows,
  },
  {
    kind: 'an empty value',
    bytes: floatFile({ text: insert('OP||') }),
    codes: ['keyword-value-empty'],
    values: rows,
  },
  {
    kind: 'an empty value at the end',
    bytes: floatFile({ text: (text) => `${text}OP||` }),
    codes: ['keyword-value-empty'],
    values: rows,
  },
  {
    kind: 'an empty value and a doubled delimiter',
    bytes: floatFile({ text: (text) => insert('OP||', '$MODE|')(insert('PATH|a||b|', '$TOT|')(text)) }),
    codes: ['keyword-value-empty'],
    values: rows,
  },
  {
    kind: 'a value that begins with the delimiter',
    bytes: floatFile({ text: insert('PATH|||data|') }),
    codes: ['delimiter-first-in-value'],
    values: rows,
  },
  {
    kind: 'a bare delimiter in a value of the standard',
    bytes: floatFile({ text: insert('$CYT|BD|FACS|') }),
    codes: ['delimiter-unescaped'],
    values: rows,
  },
  {
    kind: 'a date with bare delimiters',
    bytes: floatFile({ text: insert('$DATE|01|02|2020|') }),
    codes: ['delimiter-unescaped'],
    values: rows,
  },
  ...['*', '\\', '|', '\r', '\f', '\x1e', '^', '.'].map(
    (delimiter): Odd => ({
      kind: `delimiter ${JSON.stringify(delimiter)}`,
      bytes: floatFile({ delimiter }),
      codes: [],
      values: rows,
    }),
  ),
  { kind: 'delimiter 0xa7', bytes: floatFile({ delimiter: '\xa7' }), codes: ['delimiter-non-ascii'], values: rows },
  {
    kind: 'Latin-1 in a value',
    bytes: floatFile({ keywords: { $INST: 'Universit\xe4t' } }),
    codes: ['text-not-utf8'],
    values: rows,
  },
  {
    kind: 'UTF-8 in a value',
    bytes: floatFile({ keywords: { $INST: Buffer.from('Universität').toString('latin1') } }),
    codes: [],
    values: rows,
  },
  {
    kind: 'keywords in lower case',
    bytes: floatFile({ text: (text) => text.replace('$PAR|', '$par|').replace('$P1N', '$p1n') }),
    codes: ['keyword-whitespace'],
    values: rows,
  },
  {
    kind: 'blanks and line ends before keywords',
    bytes: floatFile({ text: (text) => text.replaceAll('$P', '\r\n  $P') }),
    codes: ['keyword-whitespace'],
    values: rows,
  },
  {
    kind: 'values padded with blanks',
    bytes: floatFile({ keywords: { $TOT: '      50', $PAR: ' 3 ', $DATATYPE: ' F' } }),
    codes: [],
    values: rows,
  },
  {
    kind: 'a keyword twice with the same value',
    bytes: floatFile({ text: insert('$TOT|50|') }),
    codes: ['keyword-duplicate'],
    values: rows,
  },
  {
    kind: 'two $TOT, of which the second fits',
    bytes: floatFile({ text: insert('$TOT|49|') }),
    codes: ['keyword-duplicate-conflict'],
    values: rows,
  },
  {
    kind: 'two $BYTEORD that both fit',
    bytes: floatFile({ text: insert('$BYTEORD|4,3,2,1|') }),
    codes: ['keyword-duplicate-conflict'],
    values: undefined,
  },
  {
    kind: 'another keyword twice with other values',
    bytes: floatFile({ text: insert('$CYT|A|$CYT|B|') }),
    codes: ['keyword-duplicate-conflict'],
    values: rows,
  },
  {
    kind: 'keywords without their $',
    bytes: floatFile({ text: (text) => text.replaceAll('$', '') }),
    codes: ['keyword-without-dollar'],
    values: rows,
  },
  {
    kind: '$PANELNAME and $PROJ, which are no parameter keywords',
    bytes: floatFile({ keywords: { $PANELNAME: 'B cells', $PROJ: 'x', $P0N: 'zero', $P99N: 'beyond' } }),
    codes: [],
    values: rows,
  },
  {
    kind: 'keyword __proto__',
    bytes: floatFile({ keywords: { ['__proto__' as string]: 'x', constructor: 'y', toString: 'z' } }),
    codes: [],
    values: rows,
  },
  {
    kind: 'TEXT of one delimiter and noise',
    bytes: floatFile({ text: (text) => '|'.padEnd(text.length, 'noise ') }),
    codes: ['text-unparsable'],
    values: undefined,
  },
  {
    kind: 'supplemental TEXT is TEXT again',
    bytes: floatFile({ keywords: { $BEGINSTEXT: '58', $ENDSTEXT: '300' } }),
    codes: ['stext-repeats-text'],
    values: rows,
  },
  {
    kind: 'supplemental TEXT behind DATA',
    bytes: supplemental('|EXTRA|yes|'),
    codes: [],
    values: rows,
  },
  {
    kind: 'supplemental TEXT with another delimiter',
    bytes: supplemental('/EXTRA/yes/'),
    codes: ['stext-unreadable'],
    values: rows,
  },
  {
    kind: 'supplemental TEXT pointing at an archive',
    bytes: supplemental('PK\x03\x04 bytes'),
    codes: ['stext-unreadable'],
    values: rows,
  },
  {
    kind: '$MODE C',
    bytes: floatFile({ keywords: { $MODE: 'C' } }),
    codes: ['mode-not-list'],
    values: undefined,
  },
  {
    kind: '$MODE U',
    bytes: floatFile({ keywords: { $MODE: 'U' } }),
    codes: ['mode-not-list'],
    values: undefined,
  },
  {
    kind: '$MODE missing in 3.1',
    bytes: floatFile({ keywords: { $MODE: undefined } }),
    codes: ['mode-missing'],
    values: rows,
  },
  {
    kind: '$MODE missing in 3.2',
    bytes: floatFile({ version: 'FCS3.2', keywords: { $MODE: undefined } }),
    codes: [],
    values: rows,
  },
  {
    kind: '$DATATYPE in lower case',
    bytes: floatFile({ keywords: { $DATATYPE: 'f' } }),
    codes: ['value-case'],
    values: rows,
  },
  {
    kind: '$DATATYPE unknown',
    bytes: floatFile({ keywords: { $DATATYPE: 'X' } }),
    codes: ['datatype-invalid'],
    values: undefined,
  },
  {
    kind: '$PAR one too small',
    bytes: floatFile({ keywords: { $PAR: '2' } }),
    codes: ['par-mismatch'],
    values: rows,
  },
  {
    kind: '$PAR one too large',
    bytes: integerFile([16, 16, 16], { keywords: { $PAR: '4' } }),
    codes: ['par-mismatch'],
    values: rows,
  },
  {
    kind: '$PAR a thousand million',
    bytes: floatFile({ keywords: { $PAR: '1000000000' } }),
    codes: ['par-mismatch'],
    values: rows,
  },
  {
    kind: '$PAR missing',
    bytes: floatFile({ keywords: { $PAR: undefined } }),
    codes: ['par-mismatch'],
    values: rows,
  },
  {
    kind: '$PAR "3abc", which is not 3',
    bytes: floatFile({ keywords: { $PAR: '3abc' } }),
    codes: ['par-mismatch'],
    values: rows,
  },
];

/** A file whose supplemental TEXT stands behind DATA. */
function supplemental(content: string): Uint8Array {
  const draft = (begin: number): Uint8Array => {
    const [first, last] = [begin, begin + content.length - 1].map((place) => String(place).padStart(8));
    return floatFile({ keywords: { $BEGINSTEXT: first, $ENDSTEXT: last }, tail: new Uint8Array(0) });
  };
  const begin = draft(0).length;
  return joinBytes(draft(begin), latin1(content));
}

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CsvColumn,
  canonicalJson,
  jsonText,
  numberCell,
  readCsvText,
  roundSignificant,
  sha256,
  writeCsv,
  writeFileAtomically,
} from '../../src/tables/index.ts';

describe('CSV has one form', () => {
  test('every kind of value', () => {
    const columns: CsvColumn<{ [name: string]: string | number | boolean | null }>[] = [
      { name: 'id', kind: 'text' },
      { name: 'n', kind: 'count' },
      { name: 'p', kind: 'exact' },
      { name: 'm', kind: 'rounded' },
      { name: 'ok', kind: 'logical' },
    ];
    const rows = [
      { id: 'a, "b"', n: 3, p: 0.1 + 0.2, m: 4.1 - 2, ok: true },
      { id: '=1+1', n: 0, p: 1e-7, m: -0, ok: false },
      { id: null, n: null, p: -0, m: 1e-11 / 3, ok: null },
    ];
    expect(writeCsv(columns, rows)).toBe(
      'id,n,p,m,ok\n"a, ""b""",3,0.30000000000000004,2.1,TRUE\n\'=1+1,0,1e-7,0,FALSE\n,,0,3.333333333e-12,\n',
    );
  });

  test.each(['=SUM(A1)', '+1', '-1', '@x', '\tx', '\rx'])('%j from outside cannot become a formula', (text) => {
    expect(writeCsv([{ name: 't', kind: 'text' }], [{ t: text }])).toContain("'");
  });

  test.each([
    ['exact', Number.NaN],
    ['rounded', Number.POSITIVE_INFINITY],
    ['count', 1.5],
    ['count', '3'],
    ['logical', 'true'],
    ['text', 1],
  ] as const)('%s refuses %s', (kind, value) => {
    expect(() => writeCsv([{ name: 'x', kind }], [{ x: value }])).toThrow(TypeError);
  });

  test('what is written is read back: text to the letter, exact numbers to the bit', () => {
    // What a reader trims or an escape changes is not text that we write.
    const text = fc.string({ unit: 'grapheme' }).map((s) => `x${s.replace(/[\r\0]/g, '')}x`);
    const readBack = (cell: ReturnType<typeof numberCell>) => (cell.kind === 'number' ? cell.number : cell.kind);
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.record({ id: text, x: number }), { minLength: 1 }), (rows) => {
        const csv = writeCsv(
          [
            { name: 'id', kind: 'text' },
            { name: 'x', kind: 'exact' },
          ],
          rows,
        );
        const table = readCsvText(new TextEncoder().encode(csv), 'f.csv', ['id', 'x']).value;
        const back = table?.rows.map((row) => ({ id: row.cells[0], x: readBack(numberCell(table, row, 1, 'exact')) }));
        expect(back).toEqual(rows.map(({ id, x }) => ({ id, x: x || 0 })));
      }),
    );
  });
});

describe('JSON has one form', () => {
  test('two spaces, order of keys kept, newline at the end', () => {
    expect(jsonText({ b: 1, a: [null] })).toBe('{\n  "b": 1,\n  "a": [\n    null\n  ]\n}\n');
  });

  test('canonical: keys sorted, no spaces', () => {
    expect(canonicalJson({ b: { d: 1, c: 2 }, a: [{ z: 1, y: 2 }] })).toBe('{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -0, new Map(), new Float64Array(1)])('refuses %s', (value) => {
    expect(() => jsonText({ deep: [value] })).toThrow(TypeError);
    expect(() => canonicalJson({ deep: [value] })).toThrow(TypeError);
  });

  test('canonical text does not depend on the order of keys', () => {
    const shuffled = (value: object) => Object.fromEntries(Object.entries(value).reverse());
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });
});

test('rounding to 10 digits removes the last bit and changes nothing twice', () => {
  expect(roundSignificant(0.1 + 0.2)).toBe(0.3);
  expect(Object.is(roundSignificant(-0), 0)).toBe(true);
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e308, max: 1e308 }), (x) => {
      expect(roundSignificant(roundSignificant(x))).toBe(roundSignificant(x));
    }),
  );
});

test('SHA-256 of "abc" is the one of FIPS 180-4, text and bytes alike', () => {
  const published = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(sha256('abc')).toBe(published);
  expect(sha256(new TextEncoder().encode('abc'))).toBe(published);
});

test('a file is written whole, its folder is made, and nothing else is left there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  const path = join(folder, 'new', 'a.csv');
  writeFileAtomically(path, 'one');
  writeFileAtomically(path, new TextEncoder().encode('two'));
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(readdirSync(join(folder, 'new'))).toEqual(['a.csv']);
});

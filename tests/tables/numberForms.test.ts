import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printProblem } from '../../src/problems/index.ts';
import { gatherByColumn, type NumberKind, numberCell, readCsvText } from '../../src/tables/index.ts';

/** One column of numbers in a table of tabs, where commas and points need no quotes. */
function column(cells: readonly string[], kind: NumberKind, header = 'x') {
  const text = `a\t${header}\n${cells.map((cell) => `y\t${cell}\n`).join('')}`;
  const table = readCsvText(new TextEncoder().encode(text), 'f.csv', ['a']).value;
  if (table === undefined) throw new Error('the table must be read');
  const read = table.rows.map((row) => numberCell(table, row, 1, kind));
  return {
    numbers: read.map((cell) => (cell.kind === 'number' ? cell.number : cell.kind)),
    words: gatherByColumn(read.flatMap(({ problems }) => problems)).map(printProblem),
  };
}

describe('a number that could be read in two ways is read as its column shows', () => {
  test.each<[string, NumberKind, string[], number[]]>([
    ['thousands beside hundreds', 'number', ['985', '1,234', '870'], [985, 1234, 870]],
    ['the same by points', 'number', ['985', '1.234', '870'], [985, 1234, 870]],
    ['a share has decimals', 'share', ['1,234', '12,500'], [1.234, 12.5]],
    ['a count has thousands', 'count', ['1,234', '2,345'], [1234, 2345]],
    ['a decimal elsewhere settles it', 'number', ['1.234', '0.5'], [1.234, 0.5]],
    ['two groups elsewhere settle it', 'number', ['1.234', '1.234.567'], [1234, 1_234_567]],
    ['both marks in one cell settle it', 'number', ['1,234', '12,345.6'], [1234, 12_345.6]],
    ['the other way round', 'number', ['1.234', '12.345,6'], [1234, 12_345.6]],
    ['Swiss apostrophes', 'number', ["1'234", '1’234.5'], [1234, 1234.5]],
    ['no-break and thin blanks', 'number', ['1\u00A0234', '12\u202F345,5', '1\u2009234'], [1234, 12_345.5, 1234]],
    ['thousands by blanks leave the point for decimals', 'number', ['1 234', '5.678'], [1234, 5.678]],
    ['signs', 'number', ['-1,234', '-985', '\u2212120'], [-1234, -985, -120]],
  ])('%s', (_, kind, cells, expected) => {
    expect(column(cells, kind).numbers).toEqual(expected);
  });

  test.each<[string, string, number]>([
    ['a\tpct\tx\ny\t12,5\t1.234\ny\t13,5\t2.345\n', 'decimal commas elsewhere', 1234],
    ['a\tpct\tx\ny\t12.5\t1,234\ny\t13.5\t2,345\n', 'decimal points elsewhere', 1234],
    ['a\tpct\tx\ny\t12.5\t1.234\ny\t13.5\t2.345\n', 'the same mark as elsewhere', 1.234],
  ])('%j: %s', (text, _, expected) => {
    const table = readCsvText(new TextEncoder().encode(text), 'f.csv', ['a']).value;
    const row = table?.rows[0];
    if (table === undefined || row === undefined) throw new Error('the table must be read');
    expect(numberCell(table, row, 2, 'number')).toMatchObject({ kind: 'number', number: expected });
  });

  test('what was read with thousands is one note', () => {
    expect(column(['985', '1,234', '870', '2,345'], 'number').words).toEqual([
      'f.csv:3:2: note input.thousands: "1,234" in column "x" read as 1234; the same in 1 more of the column (leave the separators out to be sure)',
    ]);
  });
});

describe('where nothing settles it, the cell is named and nothing is read', () => {
  test.each<[string, NumberKind, string[], string]>([
    ['nothing else in the column', 'number', ['1,234', '2,345'], '"1,234" in column "x" could be 1234 or 1.234'],
    ['both marks', 'number', ['1,234', '1.234'], 'could be 1234 or 1.234'],
    ['a count of three zeros', 'count', ['50,000', '50,000'], 'could be 50000 or 50.000'],
    ['thousands with and without', 'number', ['1234', '1,234', '200'], 'could be 1234 or 1.234'],
    ['"%" in some cells', 'share', ['12 %', '0.14'], '"0.14" in column "x" could be 0.14 % or 14 %'],
    [
      'a decimal comma elsewhere',
      'number',
      ['12,5', '1.234'],
      'has a decimal point, and column "x" has decimal commas',
    ],
  ])('%s', (_, kind, cells, expected) => {
    const { numbers, words } = column(cells, kind);
    expect(numbers).toContain('fault');
    expect(words).toHaveLength(1);
    expect(words[0]).toContain(expected);
  });

  test('cells per µL are not taken for thousandths because shares have decimal points', () => {
    const text = 'a\tpct\tcells_per_ul\ny\t12.5\t1.234\n';
    const table = readCsvText(new TextEncoder().encode(text), 'f.csv', ['a']).value;
    const row = table?.rows[0];
    if (table === undefined || row === undefined) throw new Error('the table must be read');
    expect(numberCell(table, row, 2, 'number').kind).toBe('fault');
  });
});

test('words for "no value" are empty cells, told once', () => {
  const { numbers, words } = column(['NA', 'N/A', 'n.d.', '-', '#N/A', 'k.A.', 'NaN', '12.5'], 'share');
  expect(numbers).toEqual([...Array<string>(7).fill('empty'), 12.5]);
  expect(words).toEqual([
    'f.csv:2:2: note input.missing-word: "NA" in column "x" taken for "no value"; the same in 6 more of the column (they count as empty; fill them in if there is a number)',
  ]);
});

test('"%" belongs to a share alone', () => {
  expect(column(['12.3 %', '14%', '0'], 'share').numbers).toEqual([12.3, 14, 0]);
  expect(column(['12.3 %'], 'number').numbers).toEqual(['fault']);
});

describe('a column of one way of writing keeps every number', () => {
  const ways = { us: [',', '.'], german: ['.', ','], french: ['\u202F', ','], swiss: ['’', '.'] } as const;

  test.each(Object.entries(ways))('%s', (_, [group, decimal]) => {
    const write = (x: number) => {
      const [whole = '', rest] = String(x).split('.');
      const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group);
      return rest === undefined ? grouped : `${grouped}${decimal}${rest}`;
    };
    const number = fc.oneof(
      fc.integer({ min: 0, max: 9_999_999 }),
      fc.integer({ min: 0, max: 9_999_999 }).map((x) => x / 100),
    );
    fc.assert(
      fc.property(fc.array(number), (numbers) => {
        // One cell that has a single reading, as a column of two decimals always has.
        const all = [...numbers, 1_234_567.25];
        expect(column(all.map(write), 'number').numbers).toEqual(all);
      }),
    );
  });

  test('no cell of a column is ever read as a thousandth or a thousandfold of its twin', () => {
    const cell = fc.constantFrom('985', '1,234', '1.234', '12.5', '12,5', '1,234,567', '1.234.567', '0,123', '7');
    const kinds: readonly NumberKind[] = ['share', 'count', 'number'];
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), fc.constantFrom(...kinds), (cells, kind) => {
        const { numbers } = column(cells, kind);
        const readings = new Set(
          numbers.flatMap((x, i) => (cells[i]?.match(/^1[.,]234$/) && x !== 'fault' ? [x] : [])),
        );
        expect(readings.size).toBeLessThanOrEqual(1);
      }),
    );
  });
});

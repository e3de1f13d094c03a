import { type CellValue, writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { printProblem } from '../../src/problems/index.ts';
import { numberCell, readTable } from '../../src/tables/index.ts';

type Sheets = Parameters<typeof writeXlsx>[0]['sheets'];

async function read(sheets: Sheets, sheet?: string) {
  const source = { file: 'f.xlsx', required: ['subject', 'x'], area: 'input', sheet } as const;
  const { value, problems } = readTable(await writeXlsx({ sheets }), source);
  return { table: value, cells: value?.rows.map(({ cells }) => cells), words: problems.map(printProblem) };
}

const rows = (...more: CellValue[][]): CellValue[][] => [['subject', 'x'], ...more];

test('numbers are typed: 1.234 has one reading, whatever the column looks like', async () => {
  const { table } = await read([{ name: 'a', rows: rows(['P1', 1.234], ['P2', 985], ['P3', 870]) }]);
  const numbers = table?.rows.map((row) => numberCell(table, row, 1, 'number'));
  expect(numbers).toMatchObject([{ number: 1.234 }, { number: 985 }, { number: 870 }]);
});

test('a text among them is read as text is', async () => {
  const { table } = await read([{ name: 'a', rows: rows(['P1', 1.5], ['P2', '1,234']) }]);
  const last = table?.rows[1];
  if (table === undefined || last === undefined) throw new Error('the table must be read');
  expect(numberCell(table, last, 1, 'number').kind).toBe('fault');
});

test('days are YYYY-MM-DD, percent formats are percent, padded ids keep their zeros', async () => {
  const { cells } = await read([
    {
      name: 'a',
      rows: rows([3, new Date('2026-02-01')], ['P2', 0.123], ['P3', true]),
      cells: new Map([
        ['1,0', { value: 3, style: { numFmt: '000' } }],
        ['2,1', { value: 0.123, style: { numFmt: '0.0%' } }],
      ]),
    },
  ]);
  expect(cells).toEqual([
    ['003', '2026-02-01'],
    ['P2', '12.3 %'],
    ['P3', 'TRUE'],
  ]);
});

test('the header may stand below a title, a merged cell speaks for its rows, lines are rows of the sheet', async () => {
  const titled = [['Trial of 2026', null], [null, null], ...rows(['P1', 1], [null, 2])];
  const merges = [{ startRow: 3, startCol: 0, endRow: 4, endCol: 0 }];
  const { table, cells } = await read([{ name: 'a', rows: titled, merges }]);
  expect(cells).toEqual([
    ['P1', '1'],
    ['P1', '2'],
  ]);
  expect(table?.rows.map(({ line }) => line)).toEqual([4, 5]);
});

test('the sheet that has the columns is read, and said; of several none is guessed', async () => {
  const cover = { name: 'cover', rows: [['made by me']] };
  const one = { name: 'one', rows: rows(['P1', 1]) };
  const other = { name: 'other', rows: rows(['P2', 2]) };
  const found = await read([cover, one]);
  expect(found.cells).toEqual([['P1', '1']]);
  expect(found.words).toEqual([
    'f.xlsx: note input.workbook: sheet "one" is read, of 2 sheets (check that it is the right one)',
  ]);
  expect((await read([one, other])).words).toEqual([
    'f.xlsx: error input.which-sheet: 2 sheets have the needed columns: "one", "other" (name it in study.yaml: input: {sheet: NAME}; or keep one table in a workbook)',
  ]);
  expect((await read([one, other], 'other')).cells).toEqual([['P2', '2']]);
  expect((await read([one, other], 'third')).words[0]).toContain(
    'the workbook has no sheet "third" (its sheets: "one", "other")',
  );
  expect((await read([cover])).words.join('\n')).toContain('column "subject" is missing');
});

test('hidden rows are read and told; a formula without a value is a fault of its cell', async () => {
  const hidden = await read([
    { name: 'a', rows: rows(['P1', 1], ['P2', 2]), rowDefs: new Map([[2, { hidden: true }]]) },
  ]);
  expect(hidden.cells).toHaveLength(2);
  expect(hidden.words[0]).toContain('f.xlsx:3: warning input.hidden-rows: a hidden row is read like the others: 3');
  const formula = await read([{ name: 'a', rows: rows(['P1', null]), cells: new Map([['1,1', { formula: '5+6' }]]) }]);
  expect(formula.words[0]).toContain('f.xlsx:2:2: error input.no-formula-value: the formula "5+6" has no value');
});

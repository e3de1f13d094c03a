import { describe, expect, test } from 'vitest';
import { printProblem } from '../../src/problems/index.ts';
import { type NumberKind, numberCell, readCsvText } from '../../src/tables/index.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const required = ['sample_id', 'file'];

function cellsOf(bytes: Uint8Array) {
  const { value, problems } = readCsvText(bytes, 'sheet.csv', required, 'sheet');
  return { cells: value?.rows.map((row) => row.cells), problems: problems.map(printProblem), table: value };
}

/** What a German Excel writes as "CSV": Windows-1252, semicolons, CRLF; ä ö ü ß and € have their own bytes there. */
function windows1252(text: string): Uint8Array {
  return Uint8Array.from([...text].map((character) => (character === '€' ? 0x80 : character.charCodeAt(0))));
}

describe('a table that a spreadsheet wrote is read as it was meant', () => {
  const plain = [
    ['P01', 'a b.fcs'],
    ['Müller', 'c.fcs'],
  ];
  test.each([
    ['UTF-8, comma, LF', utf8('sample_id,file\nP01,a b.fcs\nMüller,c.fcs\n')],
    ['UTF-8 with byte order mark, CRLF', utf8('\uFEFFsample_id,file\r\nP01,a b.fcs\r\nMüller,c.fcs')],
    ['lone CR', utf8('sample_id,file\rP01,a b.fcs\rMüller,c.fcs\r')],
    ['tabs', utf8('sample_id\tfile\nP01\ta b.fcs\nMüller\tc.fcs\n')],
    ['a line sep=; of Excel', utf8('sep=;\r\nsample_id;file\r\nP01;a b.fcs\r\nMüller;c.fcs\r\n')],
    ['UTF-16 little endian', Buffer.from('\uFEFFsample_id\tfile\r\nP01\ta b.fcs\r\nMüller\tc.fcs\r\n', 'utf16le')],
    ['UTF-16 big endian', Buffer.from('\uFEFFsample_id;file\nP01;a b.fcs\nMüller;c.fcs', 'utf16le').swap16()],
    ['trailing empty columns and empty rows', utf8('sample_id,file,,\nP01,a b.fcs,,\n,,,\n\nMüller,c.fcs,,\n')],
    ['spaces and no-break spaces around cells', utf8('sample_id , file\n P01\u00A0,a b.fcs\n\u00A0Müller,c.fcs \n')],
    ['quotes', utf8('"sample_id","file"\n"P01","a b.fcs"\nMüller,"c.fcs"\n')],
  ])('%s', (_, bytes) => {
    const { cells, problems } = cellsOf(bytes);
    expect(problems).toEqual([]);
    expect(cells).toEqual(plain);
  });

  test('Windows-1252 is read, and said', () => {
    const { cells, problems } = cellsOf(windows1252('sample_id;file\r\nMüller;5 €.fcs\r\n'));
    expect(cells).toEqual([['Müller', '5 €.fcs']]);
    expect(problems).toEqual([
      'sheet.csv: note sheet.encoding: not UTF-8; read as Windows-1252 (check names with umlauts; save as CSV UTF-8 to be sure)',
    ]);
  });

  test('a cell may hold the separator, doubled quotes and line breaks, and lines are still counted right', () => {
    const { table } = cellsOf(utf8('sample_id;file\r\n"a;""b""\r\n\r\nc";x\r\n\r\nd;y\r\n'));
    expect(table?.rows).toEqual([
      { line: 2, row: 2, cells: ['a;"b"\n\nc', 'x'] },
      { line: 6, row: 4, cells: ['d', 'y'] },
    ]);
  });

  test('text stays as it was written: 001 is not 1', () => {
    expect(cellsOf(utf8('sample_id,file\n001,1E5\n')).cells).toEqual([['001', '1E5']]);
  });
});

describe('numbers', () => {
  const numbersOf = (text: string, column: number, kind: NumberKind = 'number') => {
    const { value } = readCsvText(utf8(text), 'f.csv', ['a']);
    return value?.rows.map((row) => {
      const cell = numberCell(value, row, column, kind);
      const [first] = cell.problems;
      if (cell.kind === 'fault') return first && printProblem(first);
      return cell.kind === 'number' ? cell.number : null;
    });
  };

  test('a decimal comma anywhere in a column makes the whole column one', () => {
    expect(numbersOf('a;b\nx;3,5\ny;4\nz;\n', 1)).toEqual([3.5, 4, null]);
  });

  test('a point in a column of decimal commas is refused, never guessed', () => {
    expect(numbersOf('a;b\nx;3,5\ny;1.234\n', 1)).toEqual([
      3.5,
      'f.csv:3:2: error input.mixed-decimals: "1.234" has a decimal point, and column "b" has decimal commas (use one decimal mark in the whole column; leave out thousands separators)',
    ]);
  });

  test('other columns of the same file keep their decimal point', () => {
    expect(numbersOf('a;b;c\nx;3,5;1.5\n', 2)).toEqual([1.5]);
  });

  test.each([
    '1,23,456',
    '1.234.5',
    '12,34.5',
    '5 %',
    '0x10',
    'Infinity',
    '1e999',
    '--1',
    '1_000',
    '.',
    '0,123,456',
    '<0.1',
  ])('"%s" is not a number', (text) => {
    expect(numbersOf(`a\tb\nx\t${text}\n`, 1)?.[0]).toContain('is not a number');
  });

  test.each([
    ['-0', 0],
    ['+1.5e3', 1500],
    ['.5', 0.5],
    ['5.', 5],
  ])('"%s" is %d', (text, number) => {
    expect(numbersOf(`a\tb\nx\t${text}\n`, 1)).toEqual([number]);
  });
});

describe('faults are found at their places', () => {
  test.each([
    ['', 'sheet.csv: error sheet.empty: the table is empty'],
    ['PK\u0003\u0004 workbook', 'sheet.csv: error sheet.not-text: the file is not a text table'],
    ['sample_id,file\n5" tube,x\n', 'sheet.csv:2:1: error sheet.quotes: a quote stands inside a cell'],
    ['sample_id,file\na,"x\n', 'error sheet.quotes: a quote that was opened is not closed before the end of the file'],
    [
      'sample_id,fille\na,x\n',
      'sheet.csv:1: error sheet.missing-column: column "file" is missing (is it "fille"? rename that column)',
    ],
    [
      'sample_id,file,Sample-ID\na,x,\n',
      'sheet.csv:1:3: error sheet.duplicate-column: column "Sample-ID" is also column 1 ("sample_id")',
    ],
    ['sample_id,file\na,x,3\n', 'sheet.csv:2:3: error sheet.extra-cell: "3" stands in a column without a name'],
  ])('%j', (text, expected) => {
    const { problems } = cellsOf(utf8(text));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  test('a caller may judge the header itself', () => {
    const { value } = readCsvText(utf8('Probe;Datei\nP;x\n'), 'sheet.csv', (header) => header.includes('Datei'));
    expect(value?.header).toEqual(['Probe', 'Datei']);
  });
});

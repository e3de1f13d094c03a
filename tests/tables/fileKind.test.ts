import { deflateRawSync, gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { printProblem } from '../../src/problems/index.ts';
import { notText, readCsvText, readTable } from '../../src/tables/index.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each<[string, Uint8Array, string]>([
  ['FCS', bytes(`FCS3.1          58     100\0`), 'it seems to be an FCS file (cytopair inspect'],
  ['PNG', bytes('\u0089PNG\r\n\u001A\n\0\0'), 'it seems to be a picture (PNG) (check that the right file was named)'],
  ['ZIP', bytes('PK\u0003\u0004\u0014\0 tube.fcs'), 'it seems to be a ZIP archive'],
  ['gzip', gzipSync('a'), 'it seems to be a gzip archive'],
  ['PDF', bytes('%PDF-1.7\n'), 'it seems to be a PDF'],
  [
    'old Excel',
    bytes('\u00D0\u00CF\u0011\u00E0\u00A1'),
    'an Excel workbook of the old form (.xls), or one with a password',
  ],
  [
    'UTF-16',
    Buffer.from('study: a\n', 'utf16le'),
    'it seems to be text in UTF-16 without a byte order mark (save it as UTF-8)',
  ],
  [
    'UTF-16, other end first',
    Buffer.from('study: a\n', 'utf16le').swap16(),
    'text in UTF-16 without a byte order mark',
  ],
  ['noise', deflateRawSync(Buffer.alloc(9000, 'ab\0cd')).subarray(0, 40), ''],
  ['bytes', bytes('abc\0def\0\0'), 'it seems to be a binary file'],
])('%s where text belongs is one line that says what it seems to be', (_, content, expected) => {
  for (const wanted of ['YAML', 'a text table'] as const) {
    const found = notText(content, 'f.yaml', 'study', wanted);
    if (expected !== '') expect(found && printProblem(found)).toContain(expected);
  }
  const { value, problems } = readCsvText(content, 'f.csv', ['a']);
  if (expected === '') return;
  expect(value).toBeUndefined();
  expect(problems).toHaveLength(1);
});

test('text of every encoding that is read is text', () => {
  for (const text of ['study: a\n', '', 'BMI,a\n1,2\n', 'M\u00FCller;a\n'])
    for (const content of [Buffer.from(text), bytes(text), Buffer.from(`\uFEFF${text}`, 'utf16le')])
      expect(notText(content, 'f.csv', 'input', 'a text table')).toBeUndefined();
});

test('a workbook where text alone is read says so, and one that is cut is refused', async () => {
  const whole = await writeXlsx({ sheets: [{ name: 'a', rows: [['a'], [1]] }] });
  expect(readCsvText(whole, 'f.csv', ['a']).problems.map(printProblem)[0]).toContain('an Excel workbook (.xlsx)');
  const cut = readTable(whole.subarray(0, whole.length / 2), { file: 'f.xlsx', required: ['a'], area: 'input' });
  expect(cut.problems.map(printProblem)[0]).toContain('f.xlsx: error input.not-text: the file is damaged');
});

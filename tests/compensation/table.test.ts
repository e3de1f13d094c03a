import { describe, expect, it } from 'vitest';
import { compareSpillovers, matchSpillover, spilloverFromText } from '../../src/compensation/index.ts';

const where = { file: 'matrix.csv' };
const read = (text: string) => spilloverFromText(text, where, 'refused');
const codesOf = (result: ReturnType<typeof read>): string[] =>
  result.problems.map(({ severity, code }) => `${severity} ${code.replace('compensation.spillover-', '')}`);

describe('a matrix in a table', () => {
  it.each([
    ['with names of rows', ',FITC-A,PE-A\nFITC-A,1,0.1\nPE-A,0.02,1'],
    ['without names of rows', 'FITC-A,PE-A\n1,0.1\n0.02,1'],
    ['as R writes it, one name short', 'FITC-A,PE-A\nFITC-A,1,0.1\nPE-A,0.02,1'],
    ['with blank rows and cells at the ends', ',FITC-A,PE-A,\n,,,\nFITC-A,1,0.1,\nPE-A, 0.02 ,1,,\n,,'],
    ['with its rows in another order', ',FITC-A,PE-A\nPE-A,0.02,1\nFITC-A,1,0.1'],
  ])('%s is read, row = fluorochrome', (_, text) => {
    const result = read(text);
    expect(result.problems).toEqual([]);
    expect(result.value?.channels).toEqual(['FITC-A', 'PE-A']);
    expect([...(result.value?.matrix ?? [])]).toEqual([1, 0.1, 0.02, 1]);
    expect(result.value?.source).toBe('matrix.csv');
  });

  it.each([
    ['left, as a sheet that begins in column B', ',,FITC-A,PE-A\n,FITC-A,1,0.1\n,PE-A,0.02,1'],
    ['between names and numbers', 'Channel,,FITC-A,PE-A\nFITC-A,,1,0.1\nPE-A,,0.02,1'],
  ])('with a blank column %s is read', (_, text) => {
    const result = read(text);
    expect(result.problems).toEqual([]);
    expect([...(result.value?.matrix ?? [])]).toEqual([1, 0.1, 0.02, 1]);
  });

  it.each([
    ['in the last column', 'X,A,B\nA,1,\nB,0.02,1', '2:3 "" is not a number'],
    ['on the diagonal', 'X,A,B\nA,,0.1\nB,0.02,', '2:2 "" is not a number;3:3 "" is not a number'],
  ])('with a blank cell %s names the cell', (_, text, found) => {
    const { value, problems } = read(text);
    expect(value).toBeUndefined();
    expect(problems.map(({ message, where: at }) => `${at.line}:${at.column} ${message}`).join(';')).toBe(found);
  });

  it('without names of channels says that they are missing', () => {
    const { value, problems } = read('1.0,0.1\n0.02,1.0');
    expect(value).toBeUndefined();
    expect(problems.map((p) => p.message).join()).toMatch(/the first row holds numbers where the names/);
  });

  it('that is the inverse of a spillover matrix is refused, and used with a warning where the author insists', () => {
    // The inverse of [1, 0.3, 0.1; 0.05, 1, 0.4; 0, 0.02, 1], by hand to four places.
    const text = 'A,B,C\n1.0153,-0.3057,0.0207\n-0.0512,1.0235,-0.4043\n0.001,-0.0205,1.0081';
    expect(read(text).value).toBeUndefined();
    expect(codesOf(read(text))).toContain('error inverse');
    expect(codesOf(spilloverFromText(text, where, 'warned'))).toContain('warning inverse');
  });

  it('with small negative cells of a fit is read', () => {
    expect(codesOf(read('A,B,C\n1,0.1,-0.004\n-0.003,1,0.2\n-0.001,0.02,1'))).toEqual([]);
    expect(codesOf(read('A,B\n1,-0.002\n-0.003,1'))).toEqual([]);
  });

  it('with decimal commas is read, and noted', () => {
    const result = read(';FITC-A;PE-A\nFITC-A;1;0,1\nPE-A;0,02;1');
    expect(codesOf(result)).toEqual(['note decimal-comma']);
    expect([...(result.value?.matrix ?? [])]).toEqual([1, 0.1, 0.02, 1]);
  });

  it('with commas and points is refused cell by cell, with row and field', () => {
    const result = read('A;B\n1;0,1\n0.02;x');
    expect(result.value).toBeUndefined();
    expect(result.problems.map(({ message, where: at }) => `${at.line}:${at.column} ${message}`)).toEqual([
      '2:2 "0,1" is not a number',
      '3:2 "x" is not a number',
    ]);
  });

  it.each([
    ['no rows', 'FITC-A,PE-A', 'matrix.csv holds no rows below the names'],
    ['nothing', '', 'matrix.csv holds no rows below the names'],
    ['a row missing', ',A,B,C\nA,1,0,0\nB,0,1,0', 'matrix.csv is not square: 4 names, 2 rows of 4 cells'],
    ['ragged rows', ',A,B\nA,1,0\nB,0', 'matrix.csv is not square: 3 names, 2 rows of 2 or 3 cells'],
    [
      'other names in rows than in columns',
      ',A,B\nA,1,0\nC,0,1',
      'matrix.csv: the names of rows and columns differ: without a row of their own "B", rows without a column "C"',
    ],
    ['a name twice', 'A,A\n1,0\n0,1', 'matrix.csv: two columns are named "A"'],
  ])('with %s is refused', (_, text, message) => {
    const result = read(text);
    expect(result.value).toBeUndefined();
    expect(result.problems.map((p) => p.message)).toContain(message);
  });

  it('that is the identity stays a matrix: a person said so', () => {
    const result = read('A,B\n1,0\n0,1');
    expect(codesOf(result)).toEqual(['note identity']);
    expect([...(result.value?.matrix ?? [])]).toEqual([1, 0, 0, 1]);
  });

  it('is given the names of a tube, all or none', () => {
    const { value } = read('Comp-FITC-A :: CD3,Comp-PE-A :: CD4\n1,0.1\n0.02,1');
    if (!value) throw new Error('not read');
    const parameters = [
      { index: 1, name: 'FITC-A', stain: 'CD3' },
      { index: 2, name: 'PE-A', stain: 'CD4' },
    ];
    expect(matchSpillover(value, parameters, where).value?.channels).toEqual(['FITC-A', 'PE-A']);
    const without = matchSpillover(value, parameters.slice(0, 1), where);
    expect(without.value).toBeUndefined();
    expect(without.problems).toHaveLength(1);
    const other = matchSpillover(value, [{ index: 1, name: 'B1-A', stain: 'CD5' }], where);
    expect(other.problems.map((p) => p.message)).toEqual([
      'matrix.csv names "Comp-FITC-A :: CD3", "Comp-PE-A :: CD4", which are no parameters of this file',
    ]);
  });
});

describe('two matrices', () => {
  const matrix = (channels: string[], cells: number[]) => ({ channels, matrix: Float64Array.from(cells) });

  it('are compared by name, with the cell that differs most', () => {
    const a = matrix(['A', 'B'], [1, 0.1, 0.02, 1]);
    const b = matrix(['B', 'A'], [1, 0.05, 0.1, 1]);
    const difference = compareSpillovers(a, b);
    expect(difference).toMatchObject({ row: 'B', column: 'A' });
    expect(difference.largestDifference).toBeCloseTo(0.03, 15);
    expect(compareSpillovers(a, a)).toEqual({ largestDifference: 0, row: '', column: '' });
  });

  it('of which one has a channel more: it counts as unmixed in the other', () => {
    const a = matrix(['A'], [1]);
    const b = matrix(['A', 'B'], [1, 0.3, 0, 1]);
    expect(compareSpillovers(a, b)).toEqual({ largestDifference: 0.3, row: 'A', column: 'B' });
  });
});

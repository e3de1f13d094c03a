import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchSpillover, spilloverFromText } from '../../src/compensation/index.ts';
import { decodeText } from '../../src/tables/index.ts';
import { hasTruth, truthPath } from '../truth.ts';

const where = { file: 'm.csv' };
const read = (text: string, unusual: 'refused' | 'warned' = 'refused') => spilloverFromText(text, where, unusual);
const words = (text: string) => read(text).problems.map(({ severity, message }) => `${severity} ${message}`);
const cells = (text: string) => [...(read(text).value?.matrix ?? [])];

describe('a matrix as programs and people write it', () => {
  it.each([
    ['Cytobank, FlowJo, write.csv: an empty corner', ',FITC-A,PE-A\nFITC-A,1,0.1\nPE-A,0.02,1'],
    ['a corner with a word', 'Channel,FITC-A,PE-A\nFITC-A,1,0.1\nPE-A,0.02,1'],
    ['write.table of R, one name short, quoted', '"FITC-A" "PE-A"\n"FITC-A" 1 0.1\n"PE-A" 0.02 1'],
    ['write.csv of flowCore’s matrix, whose rows have numbers', '"","FITC-A","PE-A"\n"1",1,0.1\n"2",0.02,1'],
    ['pandas, whose rows count from 0', ',FITC-A,PE-A\n0,1.0,0.1\n1,0.02,1.0'],
    ['semicolons', ';FITC-A;PE-A\r\nFITC-A;1;0.1\r\nPE-A;0.02;1\r\n'],
    ['tabs', '\tFITC-A\tPE-A\nFITC-A\t1\t0.1\nPE-A\t0.02\t1'],
    ['the first line of Excel', 'sep=;\n;FITC-A;PE-A\nFITC-A;1;0.1\nPE-A;0.02;1'],
    ['a title and comments above', '# exported 3 May\nPanel B\n,FITC-A,PE-A\nFITC-A,1,0.1\nPE-A,0.02,1'],
    ['blank rows and columns at the ends', ',FITC-A,PE-A,,\nFITC-A,1,0.1,,\nPE-A,0.02,1,,\n,,,,\n'],
    ['rows in another order', ',FITC-A,PE-A\nPE-A,0.02,1\nFITC-A,1,0.1'],
    ['the text of $SPILLOVER', '2,FITC-A,PE-A,1,0.1,0.02,1'],
    ['FlowJo’s older files, line ends of a Macintosh', 'Panel#2\r<\t>\rFITC-A\tPE-A\r1\t0.1\r0.02\t1\r'],
    ['a sign of percent', ',FITC-A,PE-A\nFITC-A,100%,10%\nPE-A,2%,100%'],
    ['percent', ',FITC-A,PE-A\nFITC-A,100,10\nPE-A,2,100'],
    ['decimal commas', ';FITC-A;PE-A\nFITC-A;1;0,1\nPE-A;0,02;1'],
    ['decimal commas in quotes', ',FITC-A,PE-A\nFITC-A,"1,0","0,1"\nPE-A,"0,02","1,0"'],
    [
      'rows named by the files of single stains',
      ',FITC-A,PE-A\nControls_FITC-A Stained.fcs,1,0.1\nControls_PE-A Stained.fcs,0.02,1',
    ],
    ['such rows in another order', ',FITC-A,PE-A\nControls_PE-A.fcs,0.02,1\nControls_FITC-A.fcs,1,0.1'],
    ['rows named otherwise, each greatest in its own column', ',FITC-A,PE-A\n060909.002,1,0.1\n060909.003,0.02,1'],
  ])('%s', (_, text) => {
    const { value, problems } = read(text);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(value?.channels).toEqual(['FITC-A', 'PE-A']);
    for (const [i, cell] of [1, 0.1, 0.02, 1].entries()) expect(value?.matrix[i]).toBeCloseTo(cell, 12);
  });

  it('a comma within a quoted name', () => {
    const { value, problems } = read('"","APC,Cy7-A","PE-A"\n"APC,Cy7-A",1,0.1\nPE-A,0.02,1');
    expect(problems).toEqual([]);
    expect(value?.channels).toEqual(['APC,Cy7-A', 'PE-A']);
  });

  it('exchanged rows are refused in words, unless a person says that they are meant', () => {
    const text = ',FITC-A,PE-A\nFITC-A,0.02,1\nPE-A,1,0.1';
    expect(read(text).value).toBeUndefined();
    expect(words(text)).toEqual([
      'error m.csv: "FITC-A" gives "PE-A" 1 and its own detector 0.02; "PE-A" gives "FITC-A" 1 and its own detector 0.1',
    ]);
    const meant = read(text, 'warned');
    expect(meant.value?.channels).toEqual(['FITC-A', 'PE-A']);
    expect(meant.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['rows of other names', ',A,B\nA,1,0.1\nC,0.2,1', 'the names of rows and columns differ'],
    [
      'names of rows that say nothing, the greatest elsewhere',
      ',A,B\nx,0.1,1\ny,1,0.2',
      'the names of rows and columns differ',
    ],
    ['more columns than rows', ',A,B,C\nA,1,0.1,0\nB,0,1,0', 'is not square'],
    ['an empty cell', ',A,B\nA,1,\nB,0.1,1', 'is not a number'],
    ['an empty cell within', ',A,B\nA,,0.1\nB,0.1,1', '"" is not a number'],
    ['a workbook', 'PK\u0003\u0004', 'is no text'],
    ['XML', '<?xml version="1.0"?><a/>', 'is XML'],
    ['nothing', '', 'holds no rows'],
    ['prose', 'the matrix is in the other folder', 'holds no rows'],
  ])('%s: refused', (_, text, part) => {
    expect(read(text).value).toBeUndefined();
    expect(words(text).join()).toContain(part);
  });

  const parameters = ['FSC-A', 'FITC-A', '7-AAD-A', 'APC-Cy7-A', 'Time'].map((name, i) => ({
    index: i + 1,
    name,
    stain: ['', 'CD3', 'Viability', 'CD 4', ''][i],
  }));
  const matched = (header: string, n = 3) => {
    const body = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (i === j ? 1 : 0.1)).join());
    const { value } = read(`${header}\n${body.join('\n')}`);
    return value && matchSpillover(value, parameters, {});
  };

  it.each([
    ['as R’s read.csv mangles them', 'FITC.A,X7.AAD.A,APC.Cy7.A'],
    ['of FlowJo, compensated', 'Comp-FITC-A,Comp-7-AAD-A,Comp-APC-Cy7-A'],
    ['of FlowJo, with the stain', 'FITC-A :: CD3,7-AAD-A :: Viability,APC-Cy7-A :: CD 4'],
    ['of FlowJo, mangled by R', 'FITC.A....CD3,X7.AAD.A....Viability,APC.Cy7.A....CD.4'],
    ['in other case, with other blanks', 'fitc-a,7-AAD -A,APC_Cy7-A'],
    ['of the stains', 'CD3,Viability,CD 4'],
    ['of the stains, mangled', 'CD3,viability,CD-4'],
  ])('names %s', (_, header) => {
    const found = matched(header);
    expect(found?.value?.channels).toEqual(['FITC-A', '7-AAD-A', 'APC-Cy7-A']);
    expect(found?.problems.map(({ severity }) => severity)).toEqual(['note']);
  });

  it('two names that differ only in what was changed are refused', () => {
    const twins = [
      { index: 1, name: 'APC-Cy7-A', stain: '' },
      { index: 2, name: 'APC Cy7-A', stain: '' },
    ];
    const { value } = read('APC.Cy7.A,APC.Cy7-A\n1,0.1\n0.1,1');
    expect(value && matchSpillover(value, twins, {}).value).toBeUndefined();
  });

  it('a column that neither gives nor takes may be absent from the file', () => {
    const { value } = read('FITC-A,APC-Cy7-A,SSC-W\n1,0.1,0\n0.02,1,0\n0,0,1');
    expect(value && matchSpillover(value, parameters, {}).value?.channels).toEqual(['FITC-A', 'APC-Cy7-A']);
  });

  describe.skipIf(!hasTruth)('of others', () => {
    const file = (...parts: string[]) => decodeText(readFileSync(truthPath(...parts))).text;

    it('flowCore’s compmatrix: title, prefix, line ends of a Macintosh', () => {
      const { value, problems } = read(file('compensation', 'compmatrix'));
      expect(problems).toEqual([]);
      expect(value?.channels).toEqual(['FL1-H', 'FL2-H', 'FL3-H', 'FL4-H']);
      expect([...(value?.matrix.slice(0, 4) ?? [])]).toEqual([1, 0.24, 0.032, 1.13e-3]);
    });

    it('compref, as R’s write.table writes it', () => {
      expect(cells(file('compensation', 'compref')).slice(0, 2)).toEqual([1, 0.242022277630705]);
    });

    it('compref2, two of whose rows were exchanged', () => {
      expect(read(file('compensation', 'compref2')).value).toBeUndefined();
    });

    it('the matrix of Activation', () => {
      expect(read(file('truth', 'activation_spillover.csv')).value?.channels).toHaveLength(11);
    });

    it.each(['empty_corner', 'named_corner', 'r_write_table'])('matrix-csv-forms: %s', (name) => {
      const { value, problems } = read(file('cases', 'matrix-csv-forms', `${name}.csv`));
      expect(problems.filter(({ severity }) => severity !== 'note')).toEqual([]);
      expect([...(value?.matrix.slice(0, 5) ?? [])]).toEqual([1, 0.45, 0.12, 0, 0.03]);
    });
  });
});

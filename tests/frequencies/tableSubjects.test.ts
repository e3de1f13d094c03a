import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFrequencyTable } from '../../src/frequencies/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readAnalysisStudy } from '../../src/study/index.ts';

const head = 'cytopair: 1\nstudy: trial\nvisits: [BL, M1]\n';

function readTable(table: string, more = '', sheet = '') {
  const folder = mkdtempSync(join(tmpdir(), 'subjects-'));
  writeFileSync(join(folder, 'sheet.csv'), sheet);
  writeFileSync(join(folder, 'study.yaml'), `${head}${sheet === '' ? '' : 'sheet: sheet.csv\n'}${more}\n`);
  const study = readAnalysisStudy(join(folder, 'study.yaml'));
  if (study.value === undefined) throw new Error(study.problems.map(printProblem).join('\n'));
  const { value, problems } = readFrequencyTable(new TextEncoder().encode(table), 'f.csv', study.value);
  return { subjects: [...new Set(value?.rows.map(({ subject }) => subject))], words: problems.map(printProblem) };
}

const columns = 'subject,visit,population,pct_parent';
const pair = (subject: string, share = 4) => `${subject},BL,B,${share}\n${subject},M1,B,${share + 1}\n`;

describe('rows that sum up others are no patients', () => {
  const patients = pair('P1') + pair('P2');

  test.each([
    'Mean',
    'SD',
    'StDev',
    'Std Dev',
    'Std. Dev.',
    'standard deviation',
    'SEM',
    'CV',
    '%CV',
    'Median',
    'n',
    'N',
    'Min',
    'Max',
    'Average',
    'Mittelwert',
    'Standardabweichung',
    'Stabw.',
    'Total',
    'Gesamt',
    'Summe',
    'Moyenne',
    'écart-type',
    'Mean BL',
    'Mean (n=6)',
    'MEAN:',
    'Mean ± SD',
    'geo. mean',
    'Q1',
    'Geom. mean',
    's.d.',
    's.e.m.',
    '95% CI',
    'Lower 95% CI of mean',
    '25% Percentile',
    '25th percentile',
    'Number of values',
    'Coefficient of variation',
    'Grand Total',
    'Overall',
    'Desv. Est.',
    'Moy',
    'ET',
    'Ø',
    'x̄',
    'Σ',
    '∑',
    'p-value',
    'Healthy mean',
  ])('"%s" is left out, with its line', (name) => {
    const { subjects, words } = readTable(`${columns}\n${patients}${name},BL,B,4.5\n`);
    expect(subjects).toEqual(['P1', 'P2']);
    expect(words).toEqual([
      `f.csv:6: warning input.summary-row: 1 row left out (line 6): "${name}" sums up other rows (remove them from the table, or rename the id if it is a patient)`,
    ]);
  });

  test('as FlowJo ends its tables: the word stands in a first column without a name, the rest is empty', () => {
    const wide = ',subject,visit,B\na.fcs,P1,BL,4\nb.fcs,P1,M1,5\nMean,,,4.5\nSD,,,0.7\n';
    const { subjects, words } = readTable(wide, 'input: { layout: wide }');
    expect(subjects).toEqual(['P1']);
    expect(words.find((line) => line.includes('summary-row'))).toContain('2 rows left out (lines 4, 5): "Mean", "SD"');
    expect(words.filter((line) => line.includes(' error '))).toEqual([]);
  });

  test('patients who are called by initials stay, and are asked about', () => {
    const { subjects, words } = readTable(`${columns}\n${pair('AB')}${pair('SD')}${pair('MK')}`);
    expect(subjects).toEqual(['AB', 'SD', 'MK']);
    expect(words[0]).toContain(
      'warning input.summary-row: "SD" could be a summary of the other rows; taken for a subject',
    );
  });

  test('a name without a number among numbered ids is asked about, whatever its word', () => {
    const numbered = ['P1', 'P2', 'P3', 'P4'].map((id) => pair(id)).join('');
    const { subjects, words } = readTable(`${columns}\n${numbered}${pair('Kontrolle')}`);
    expect(subjects).toContain('Kontrolle');
    expect(words).toEqual([
      expect.stringContaining(
        'f.csv:10: warning input.summary-row: "Kontrolle" has no number as the other ids do, and could sum them up',
      ),
    ]);
    const names = ['Ann', 'Bea', 'Cleo', 'D4', 'Eva'].map((id) => pair(id)).join('');
    expect(readTable(`${columns}\n${names}`).words).toEqual([]);
  });

  test.each(['Maxine', 'N01', 'Meaney', 'SD-12', 'Min1', 'total-7'])('"%s" is a patient', (name) => {
    expect(readTable(`${columns}\n${patients}${pair(name)}`)).toEqual({ subjects: ['P1', 'P2', name], words: [] });
  });
});

describe('one patient under two ids', () => {
  test.each([
    ['03', '3', 'leading zeros'],
    ['P3', 'p3', 'case or blanks'],
    ['P 3', 'P3', 'case or blanks'],
    ['P03', 'P3', 'leading zeros'],
    ['P_3', 'p-03', 'case, blanks or leading zeros'],
    ['A-1-07', 'A-01-7', 'leading zeros'],
    ['P3', 'P3\u200b', 'case, zeros, or marks and letters that look alike'],
    ['P3', 'P3*', 'case, zeros, or marks and letters that look alike'],
    ['#P3', 'P3', 'case, zeros, or marks and letters that look alike'],
    ["'P3", 'P3', 'case, zeros, or marks and letters that look alike'],
    ['P/3', 'P3', 'case, zeros, or marks and letters that look alike'],
    ['P–3', 'P3', 'case, zeros, or marks and letters that look alike'],
    ['\u0420-3', 'P3', 'case, zeros, or marks and letters that look alike'],
    ['Müller3', 'Muller3', 'case, zeros, or marks and letters that look alike'],
    ['3.0', '3', 'decimals'],
    ['003', '3.00', 'decimals'],
  ])('%s at baseline and %s at month 1 is an error that names both', (one, other, how) => {
    const { words } = readTable(`${columns}\n${pair('P1')}${one},BL,B,4\n${other},M1,B,5\n`);
    expect(words.map((line) => line.replaceAll('\\u200b', '\u200b'))).toEqual([
      `f.csv:5:1: error input.similar-subject: subject "${other}" differs from "${one}" in line 4 by ${how} only: M1 here, BL there (write them alike if they are one patient, else make them differ more)`,
    ]);
  });

  test('who has both visits under both ids may be two patients: a warning', () => {
    const { words } = readTable(`${columns}\n${pair('P3')}${pair('p3')}`);
    expect(words).toEqual([
      expect.stringContaining('f.csv:4:1: warning input.similar-subject: subject "p3" differs from "P3"'),
    ]);
  });

  test('many of them are one line', () => {
    const rows = [1, 2, 3].map((i) => `0${i},BL,B,4\n${i},M1,B,5\n`).join('');
    expect(readTable(`${columns}\n${rows}`).words).toEqual([
      expect.stringContaining(
        'subject "1" differs from "01" in line 2 by leading zeros only: M1 here, BL there; 2 more: "2" and "02", "3" and "03"',
      ),
    ]);
  });

  test('numbers that differ are two patients', () => {
    for (const [one, other] of [
      ['1-2', '12'],
      ['3.01', '3.1.0'],
      ['+', '-'],
      ['Пётр', 'Павел'],
      ['P1-1', 'P11'],
      ['10', '1'],
      ['A1', 'B1'],
      ['100', '10'],
    ])
      expect(readTable(`${columns}\n${pair(one ?? '')}${pair(other ?? '')}`).words).toEqual([]);
  });
});

describe('a lost pair is said with its reason', () => {
  test('in a table without a sheet', () => {
    const rows = `${pair('P1')}P2,BL,B,4\nP3,M1,B,4\nP4,BL,B,4\nP4,M1,B,NA\n`;
    expect(readTable(`${columns}\n${rows}`).words[0]).toContain(
      'f.csv: warning input.missing-pair: comparison "M1-BL": 1 of 4 subjects have both visits; without a pair: "P2" (no M1), "P3" (no BL), "P4" (M1 without a value)',
    );
  });

  test('by the status of a row, and by a sheet whose subject the table lacks', () => {
    const sheet = `sample_id,file,subject,visit\na,a.fcs,P1,BL\nb,b.fcs,P1,M1\nc,c.fcs,P7,BL\nd,d.fcs,P7,M1\n`;
    const table = `${columns},status\nP1,BL,B,4,ok\nP1,M1,B,,failed\n`;
    expect(readTable(table, '', sheet).words[0]).toContain(
      '0 of 2 subjects have both visits; without a pair: "P1" (M1 failed), "P7" (BL not in the table, M1 not in the table)',
    );
  });
});

describe('ids that a spreadsheet has changed', () => {
  test.each([
    '01.02.2026',
    '2026-02-01',
    '2026-02-01 00:00:00',
    '1/2/2026',
    '1-Feb',
    '01. Feb',
    '1. Mrz',
    'Mrz 26',
    'Okt 12',
    '1-Dez',
    'févr.-26',
    '01-févr',
    '1-janv.',
    'janv-26',
    'août-26',
    '1-ene',
    'ene-26',
    '03-dic',
    '1-gen',
    '1.00E+05',
    '1 février 2026',
  ])('"%s" is seen', (id) => {
    const { words } = readTable(`${columns}\n${pair('P1')}${pair(id)}`);
    expect(words).toEqual([
      expect.stringContaining(
        `f.csv:4:1: warning input.excel-changed: subject "${id}": Excel has changed this value (format`,
      ),
    ]);
  });

  test('the serial number of a day among ids like 1-2', () => {
    const { words } = readTable(`${columns}\n${pair('1-2')}${pair('3-14')}${pair('46054')}`);
    expect(words[0]).toContain('subject "46054" is how Excel numbers a day, among ids like "1-2"');
  });

  test.each([
    ['46054', '46055'],
    ['1', '2'],
    ['MAY01', 'JAN02'],
    ['1.01', '1.02'],
    ['SET-01', 'GEN-02'],
    ['01-02-03', 'A-26'],
    ['2026-17', '12-2'],
  ])('%s and %s are ids', (one, other) => {
    expect(readTable(`${columns}\n${pair(one)}${pair(other)}`).words).toEqual([]);
  });
});

describe('counts that contradict', () => {
  const counted = 'subject,visit,population,count,parent_count,pct_parent';
  const words = (rows: string) => readTable(`${counted}\n${rows}`).words.filter((line) => line.includes(' error '));

  test('more events than their parent has', () => {
    expect(words('P1,BL,B,150,100,15\n')).toEqual([
      'f.csv:2:4: error input.contradiction: "count" 150 is more than "parent_count" 100 (correct the row; which of its numbers is right cannot be guessed)',
    ]);
  });

  test('a share that does not follow from its counts, at its cell', () => {
    expect(words('P1,BL,B,130,1000,31\n')).toEqual([
      expect.stringContaining('f.csv:2:6: error input.contradiction: "pct_parent" is 31 %, and 130 of 1000 are 13 %'),
    ]);
    expect(words('P1,BL,B,125,1000,12.4\n')).toHaveLength(1);
    expect(words('P1,BL,B,0,0,11\n')).toEqual([
      expect.stringContaining('f.csv:2:6: error input.contradiction: "pct_parent" is 11 %, and "parent_count" is 0'),
    ]);
    expect(words('P1,BL,B,1,3,33.34\n')).toHaveLength(1);
  });

  test.each([
    '1,3,33.3',
    '1,3,33',
    '2,3,66.7',
    '2,3,66.6',
    '2,3,66.66666667',
    '125,1000,12.5',
    '125,1000,13',
    '125,1000,12',
    '0,0,0',
    '0,10,0',
  ])('%s agrees within its rounding', (cells) => {
    expect(words(`P1,BL,B,${cells}\n`)).toEqual([]);
  });

  test('fractions have the rounding of fractions', () => {
    const fractions = (share: string) =>
      readTable(`${counted}\nP1,BL,B,1,3,${share}\n`, 'input: { unit: fraction }').words;
    expect(fractions('0.33').filter((line) => line.includes(' error '))).toEqual([]);
    expect(fractions('0.35').filter((line) => line.includes(' error '))).toHaveLength(1);
  });
});

describe('tables as other programs write them', () => {
  test("R's names of rows: with a comma in front, or with a header one shorter", () => {
    for (const header of [`"",${columns}`, columns]) {
      const { subjects, words } = readTable(`${header}\n1,P1,BL,B,4\n2,P1,M1,B,5\n`);
      expect(subjects).toEqual(['P1']);
      expect(words).toEqual([
        'f.csv:1:1: note input.row-names: the first column has no name: taken for names of rows, and not read (give it a name if it is to be read)',
      ]);
    }
  });

  test.each(['Export of 2026', 'Export, of 2026,,', '# made by R', 'Export\n\nby "me", here'])(
    'a title above the header of a text table (%j)',
    (title) => {
      for (const separator of [',', ';', '\t']) {
        const body = `${columns}\n${pair('P1')}`.replaceAll(',', separator);
        expect(readTable(`${title.replaceAll('"', "'")}\n${body}`)).toEqual({ subjects: ['P1'], words: [] });
      }
    },
  );

  test('ids that stand only in the first of their rows are one line, and no duplicates', () => {
    const { words } = readTable(`${columns}\n${['P1', 'P2', 'P3'].map((id) => `${id},BL,B,4\n,M1,B,5\n`).join('')}`);
    expect(words).toEqual([
      'f.csv:3:1: error input.missing-cell: "subject" is empty; the same in 2 more of the column (fill it in)',
    ]);
  });

  test('one text in a column of numbers is a fault of its cell, never a lost population', () => {
    const { words } = readTable('subject,visit,B,T\nP1,BL,4,60\nP1,M1,clotted,61\nP2,BL,5,62\nP2,M1,<0.1,63\n');
    expect(words.filter((line) => line.includes(' error '))).toEqual([
      'f.csv:3:3: error input.not-a-number: "clotted" in column "B" is not a number (write a plain number or leave it empty)',
      'f.csv:5:3: error input.not-a-number: "<0.1" in column "B" is not a number (write a plain number or leave it empty)',
    ]);
  });

  test('a column of remarks is none, and one with a few numbers is told', () => {
    const { words } = readTable(
      'subject,visit,B,note,mixed\nP1,BL,4,2 tubes,late\nP1,M1,5,ok,3\nP2,BL,5,,late\nP2,M1,5,,\n',
    );
    expect(words.filter((line) => line.includes('ignored-column'))).toEqual(
      [
        expect.stringContaining('warning input.ignored-column: not used, since most cells are no numbers: "mixed"'),
        expect.stringContaining('note input.ignored-column: not used: "note"'),
      ].sort(),
    );
  });

  test('a "%" says percent, whatever the unit of the table', () => {
    const { words } = readTable(`${columns}\nP1,BL,B,4 %\nP1,M1,B,5 %\n`, 'input: { unit: fraction }');
    expect(words).toEqual([]);
  });
});

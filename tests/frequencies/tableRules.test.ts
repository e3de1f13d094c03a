import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFrequencyTable } from '../../src/frequencies/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readAnalysisStudy } from '../../src/study/index.ts';

const head = `cytopair: 1
study: trial
visits: [BL, M1]
comparisons: [{ id: c, from: BL, to: M1 }]
families: [{ id: f, comparison: c, endpoints: [{ population: Tr, measure: pct_of_B }] }]
`;

function read(table: string, more = '', sheet?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  writeFileSync(join(folder, 'study.yaml'), `${head}${more}\n`);
  if (sheet !== undefined) writeFileSync(join(folder, 'sheet.csv'), sheet);
  const study = readAnalysisStudy(join(folder, 'study.yaml'));
  if (study.value === undefined) throw new Error(study.problems.map(printProblem).join('\n'));
  const { value, problems } = readFrequencyTable(new TextEncoder().encode(table), 'f.csv', study.value);
  return { rows: value?.rows, words: problems.map(printProblem) };
}

const columns = 'subject,visit,population,count,n_B,pct_of_B';

const other = (visits: string, families: string) => `cytopair: 1
study: trial
visits: ${visits}
families: [${families}]
`;

/** The same of another study. */
function readWith(study: string, table: string, sheet?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  writeFileSync(join(folder, 'study.yaml'), study);
  if (sheet !== undefined) writeFileSync(join(folder, 'sheet.csv'), sheet);
  const opened = readAnalysisStudy(join(folder, 'study.yaml'));
  if (opened.value === undefined) throw new Error(opened.problems.map(printProblem).join('\n'));
  const { value, problems } = readFrequencyTable(new TextEncoder().encode(table), 'f.csv', opened.value);
  return { rows: value?.rows, words: problems.map(printProblem) };
}

describe('a table with one row a patient', () => {
  const endpoint = '{ id: f, comparison: M1-BL, endpoints: [{ population: Trans }] }';

  test.each([
    ['Trans_BL,Trans_M1'],
    ['Trans BL,Trans M1'],
    ['Trans (BL),Trans (M1)'],
    ['BL Trans,M1.Trans'],
    ['Trans_bl,Trans-m1'],
  ])('%s: the visits stand in the names of the columns', (names) => {
    const { rows, words } = readWith(other('[BL, M1]', endpoint), `patient,${names}\nP1,4,5\nP2,3.5,\n`);
    expect(rows?.map((row) => [row.subject, row.visit, row.population, row.values.pct_parent])).toEqual([
      ['P1', 'BL', 'Trans', 4],
      ['P1', 'M1', 'Trans', 5],
      ['P2', 'BL', 'Trans', 3.5],
      ['P2', 'M1', 'Trans', null],
    ]);
    expect(words.filter((line) => line.includes('error'))).toEqual([]);
    expect(words.join()).toContain('"P2" (M1 without a value)');
  });

  test('M12 is not M1, and a visit is found by its label', () => {
    const visits = '[BL, {id: M1, label: Month 1}, {id: M12, label: Month 12}]';
    const study = other(visits, '{ id: f, comparison: M1-BL, endpoints: [{ population: Trans }] }');
    const { rows } = readWith(study, 'subject,Trans BL,Trans Month 1,Trans Month 12\nP1,4,5,6\n');
    expect(rows?.map((row) => [row.visit, row.values.pct_parent])).toEqual([
      ['BL', 4],
      ['M1', 5],
      ['M12', 6],
    ]);
  });
});

describe('visits as people write them', () => {
  test('are ids themselves, or labels of short ids; in the sheet and in the table', () => {
    const table = 'subject,visit,population,pct_parent\nP1,Vor Therapie,Trans,4\nP1,Month 1,Trans,5\n';
    const family = (id: string) => `{ id: f, comparison: "${id}", endpoints: [{ population: Trans }] }`;
    const words = readWith(other('[Vor Therapie, Month 1]', family('Month 1-Vor Therapie')), table);
    expect(words.rows?.map((row) => row.visit)).toEqual(['Vor Therapie', 'Month 1']);
    const short = other('[{id: BL, label: Vor Therapie}, {id: M1, label: Month 1}]\nsheet: sheet.csv', family('M1-BL'));
    const sheet = 'sample_id,file,subject,visit\na,a.fcs,P1,Vor Therapie\nb,b.fcs,P1,M1\n';
    expect(readWith(short, table, sheet).rows?.map((row) => row.visit)).toEqual(['BL', 'M1']);
    expect(readWith(short, table.replace('Month 1', 'Month 2'), sheet).words[0]).toContain('did you mean "Month 1"?');
  });

  test('a comparison without the first visit in table and sheet is no error', () => {
    const study = `${other('[BL, M1, M3]', '{ id: f, comparison: c, endpoints: [{ population: Trans }] }')}comparisons: [{ id: c, from: M1, to: M3 }]\nsheet: sheet.csv\n`;
    const sheet = 'sample_id,file,subject,visit\na,a.fcs,P1,M1\nb,b.fcs,P1,M3\n';
    const found = readWith(study, 'subject,visit,population,pct_parent\nP1,M1,Trans,4\nP1,M3,Trans,5\n', sheet);
    expect(found.words).toEqual([]);
    expect(found.rows).toHaveLength(2);
  });
});

describe('the rules of the study hold for a table as for tubes', () => {
  test('too few events of the denominator are not evaluable, few are flagged', () => {
    const table = `${columns}\nP1,BL,Tr,4,80,5\nP1,M1,Tr,20,400,5\nP2,BL,Tr,50,1000,5\n`;
    const { rows } = read(table);
    expect(rows?.map((row) => [row.status, row.reason, row.flags])).toEqual([
      ['not_evaluable', 'not_evaluable', ['few_parents']],
      ['ok', '', ['few_parents']],
      ['ok', '', []],
    ]);
    const strict = read(table, 'rules: { min_parent: 401, few_parents: 2000 }').rows;
    expect(strict?.map((row) => row.status)).toEqual(['not_evaluable', 'not_evaluable', 'ok']);
  });

  test('more events than their denominator, or another percentage, are errors at their cell', () => {
    expect(
      read(`${columns}\nP1,BL,Tr,1200,1000,5\nP1,M1,Tr,50,1000,7.5\n`).words.filter((line) => line.includes('error')),
    ).toEqual([
      expect.stringMatching(/^f\.csv:2:4: error input\.contradiction: "count" 1200 is more than "n_B" 1000/),
      expect.stringMatching(/^f\.csv:3:6: error input\.contradiction: "pct_of_B" is 7\.5 %, and 50 of 1000 are 5 %/),
    ]);
    // As rounded as it is written.
    expect(read(`${columns}\nP1,BL,Tr,51,1000,5.1\nP1,M1,Tr,512,9999,5.1\n`).rows).toHaveLength(2);
  });

  test('a pair that misses a visit is told', () => {
    expect(read(`${columns}\nP1,BL,Tr,50,1000,5\nP2,BL,Tr,50,1000,5\nP2,M1,Tr,50,1000,5\n`).words).toEqual([
      expect.stringContaining('1 of 2 subjects have both visits; without a pair: "P1" (no M1)'),
    ]);
  });

  test('who is excluded is announced as excluded, not as somebody who did not come', () => {
    const sheet = `sample_id,file,subject,visit,exclude,exclude_reason
a,a.fcs,P1,BL,,
b,b.fcs,P1,M1,,
c,c.fcs,P2,BL,yes,withdrew consent
d,d.fcs,P2,M1,yes,withdrew consent
`;
    const { words } = read(`${columns}\nP1,BL,Tr,50,1000,5\nP1,M1,Tr,50,1000,5\n`, 'sheet: sheet.csv', sheet);
    expect(words).toEqual([expect.stringContaining('without a pair: "P2" (excluded)')]);
  });
});

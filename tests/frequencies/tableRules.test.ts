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

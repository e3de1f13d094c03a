import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolvePlan } from '../../src/analysis/index.ts';
import { observationsOf, readFrequencyTable, tablePanels } from '../../src/frequencies/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readAnalysisStudy } from '../../src/study/index.ts';

const head = 'cytopair: 1\nstudy: trial\nvisits: [BL, M1]\n';

function readStudyText(text: string, files: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'analysis-'));
  for (const [name, content] of Object.entries({ ...files, 'study.yaml': text }))
    writeFileSync(join(folder, name), content);
  const { value, problems } = readAnalysisStudy(join(folder, 'study.yaml'));
  if (value === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return value;
}

function readTable(table: string, more = '', files: Record<string, string> = {}) {
  const study = readStudyText(`${head}${more}\n`, files);
  const { value, problems } = readFrequencyTable(new TextEncoder().encode(table), 'f.csv', study);
  return { study, table: value, words: problems.map(printProblem) };
}

const planned = (measure: string) =>
  `comparisons: [{ id: c, from: BL, to: M1 }]\nfamilies: [{ id: f, comparison: c, endpoints: [{ population: B/Tr, measure: ${measure} }] }]`;

const parentOf = (path = '') => path.split('/').slice(0, -1).join('/');

function observations(text: string, more: string, files: Record<string, string> = {}) {
  const { study, table, words } = readTable(text, more, files);
  if (table === undefined) throw new Error(words.join('\n'));
  const facts = {
    panels: tablePanels(table),
    visits: study.visits.map(({ id }) => ({ id })),
    populations: table.populations,
    // In these tables the only denominator is what the population lies in.
    denominators: Object.fromEntries(table.denominators.map((name) => [name, parentOf(table.populations.at(-1))])),
  };
  const plan = resolvePlan(study.plan, facts);
  if (plan.value === undefined) throw new Error(plan.problems.map(printProblem).join('\n'));
  const tubeOf = ({ sampleId, subject, visit }: { sampleId: string; subject: string; visit: string }) =>
    study.rows.find((row) => row.sampleId === sampleId) ??
    study.rows.find((row) => row.subject === subject && row.visit === visit);
  return observationsOf(table.rows, plan.value, { tubeOf });
}

describe('only cytopair, study and visits are required', () => {
  test('without families percent of parent is read', () => {
    const { table, words } = readTable('subject,visit,population,pct_parent\nP1,BL,B,4\nP1,M1,B,7.5\n');
    expect(words).toEqual([]);
    expect(table?.populations).toEqual(['B']);
    expect(table?.rows.map(({ values }) => values)).toEqual([{ pct_parent: 4 }, { pct_parent: 7.5 }]);
  });

  test('what is not needed is not asked for, what is written is still checked', () => {
    const folder = mkdtempSync(join(tmpdir(), 'analysis-'));
    writeFileSync(join(folder, 'study.yaml'), `${head}${planned('pct_of_B').replace('to: M1', 'to: M7')}\nshet: x\n`);
    expect(readAnalysisStudy(join(folder, 'study.yaml')).problems.map(({ code }) => code)).toEqual([
      'study.unknown-name',
      'study.unknown-key',
    ]);
  });
});

describe('a table of ours', () => {
  const ours = `sample_id,subject,visit,role,arm,population,count,parent_count,pct_parent,n_B,pct_of_B,status,flags
a,P1,BL,,x,root,100,,,,,ok,
a,P1,BL,sample,x,L/B/Tr,10,100,10,200,5,ok,few_events;one_mode
b,P1,M1,sample,x,L/B/Tr,,,,,,failed,
c,,,bridge,,L/B/Tr,1,100,1,100,1,ok,
`;

  test('values come with their counts, flags and reasons; controls are left out', () => {
    expect(observations(ours, planned('pct_of_B'))).toEqual([
      {
        subject: 'P1',
        visit: 'BL',
        endpointKey: 'L/B/Tr pct_of_B',
        sampleId: 'a',
        count: 10,
        parentCount: 200,
        percent: 5,
        status: 'ok',
        reason: '',
        flags: ['few_events', 'few_parents', 'one_mode'],
        date: null,
        absolute: null,
        arm: 'x',
      },
      expect.objectContaining({ visit: 'M1', percent: null, count: null, status: 'failed', reason: 'failed' }),
    ]);
  });

  test('a sheet gives dates', () => {
    const files = { 'sheet.csv': 'sample_id,file,subject,visit,date\na,none.fcs,P1,BL,31.10.2019\n' };
    expect(observations(ours, `sheet: sheet.csv\n${planned('pct_parent')}`, files)[0]).toMatchObject({
      date: '2019-10-31',
      percent: 10,
      parentCount: 100,
    });
  });
});

describe('foreign tables', () => {
  test('other names, fractions, decimal commas', () => {
    const more = `${planned('pct_parent')}\ninput: { columns: { subject: Patient, population: Subset, pct_parent: Anteil }, unit: fraction }`;
    const found = observations('Patient;Visit;Subset;Anteil\nP1;BL;B/Tr;0,25\nP1;M1;B/Tr;0,5\n', more);
    expect(found.map(({ percent, status }) => [percent, status])).toEqual([
      [25, 'ok'],
      [50, 'ok'],
    ]);
  });

  test('populations side by side', () => {
    const more = `${planned('pct_of_B')}\ninput: { layout: wide, columns: { B/Tr: "Transitional %" } }`;
    const { words } = readTable('subject,visit,Transitional %,note\nP1,BL,4,x\n', more);
    expect(words.filter((line) => line.includes(' note '))).toEqual([
      'f.csv:1: note input.ignored-column: not used: "note" (name them under input: {columns: …})',
    ]);
    expect(
      observations('subject,visit,Transitional %\nP1,BL,4\nP1,M1,\n', more).map(({ percent, status, reason }) => [
        percent,
        status,
        reason,
      ]),
    ).toEqual([
      [4, 'ok', ''],
      [null, 'not_evaluable', 'no_value'],
    ]);
  });

  test('side by side without families: every column of numbers is a population', () => {
    const { table } = readTable('subject,visit,B,T,note\nP1,BL,4,60,x\n', 'input: { layout: wide }');
    expect(table?.populations).toEqual(['B', 'T']);
  });

  test('percentages that look like fractions are asked about', () => {
    expect(readTable('subject,visit,population,pct_parent\nP1,BL,B,0.04\n').words[0]).toContain(
      'warning input.looks-like-fraction: no share is above 0.04: are these fractions?',
    );
  });
});

describe('any tidy table, and which column was taken for what', () => {
  test('other names are told in one line', () => {
    const { table, words } = readTable('Patient,Timepoint,Gate,pct_parent,note\nP1,BL,B,4,x\n');
    expect(table?.rows).toMatchObject([{ subject: 'P1', visit: 'BL', population: 'B', values: { pct_parent: 4 } }]);
    expect(words.filter((line) => line.includes(' note '))).toEqual([
      expect.stringContaining(
        'f.csv:1: note input.columns: subject from "Patient", visit from "Timepoint", population from "Gate", pct_parent from "pct_parent"',
      ),
    ]);
  });

  test('a table without a column of populations is read side by side, and says so', () => {
    const { table, words } = readTable('subject\tvisit\tB\tT\nP1\tBL\t4\t60\nP1\tM1\t\t61\n');
    expect(table?.populations).toEqual(['B', 'T']);
    expect(words[0]).toContain('no column "population": read as one column a population (layout: wide)');
  });

  test('several columns make one key together', () => {
    const joined = 'input: { columns: { subject: [centre, file] } }';
    const { table, words } = readTable(
      'centre,file,visit,population,pct_parent\nA,1,BL,B,4\nB,1,BL,B,5\nB,,BL,T,5\n',
      joined,
    );
    expect(words.find((word) => word.includes('missing-cell'))).toContain(
      'f.csv:4:2: error input.missing-cell: "subject" ("file") is empty',
    );
    expect(table).toBeUndefined();
    const sound = readTable('centre,file,visit,population,pct_parent\nA,1,BL,B,4\nB,1,BL,B,5\n', joined);
    expect(sound.table?.rows.map(({ subject }) => subject)).toEqual(['A 1', 'B 1']);
  });

  test('a row without a value and without a reason is told', () => {
    const { table, words } = readTable('subject,visit,population,pct_parent\nP1,BL,B,4\nP1,M1,B,\n');
    expect(table?.rows).toHaveLength(2);
    expect(words[1]).toContain('f.csv:3: warning input.no-value: "B" has no value: taken as missing');
  });
});

test('all faults are told at once, at row and column', () => {
  const { table, words } = readTable(`subject,visit,population,pct_parent,count
P1,BL,B,4,1
P1,BL,B,5,1
P1,M2,B,4,1
P1,M1,B,104,1
P1,M1,T,about 3,1
,M1,B,3,1
P2,M1,B,3,1.5
`);
  expect(table).toBeUndefined();
  expect(words.map((line) => line.split(' (')[0])).toEqual([
    'f.csv:3: error input.duplicate-row: "B" of subject "P1" at visit "BL" is also on line 2',
    'f.csv:4:2: error input.unknown-visit: visit "M2" is not in study.yaml',
    'f.csv:5:4: error input.out-of-range: "pct_parent" must be from 0 to 100, found 104',
    'f.csv:6:4: error input.not-a-number: "about 3" in column "pct_parent" is not a number',
    'f.csv:7:1: error input.missing-cell: "subject" is empty',
    'f.csv:8:5: error input.out-of-range: "count" must be a count, found 1.5',
  ]);
});

test('a measure that the plan names and the table lacks is told', () => {
  expect(readTable('subject,visit,population,pct_parent\nP1,BL,B,4\n', planned('pct_of_B')).words[0]).toContain(
    'f.csv:1: error input.missing-column: column "pct_of_B" is missing',
  );
});

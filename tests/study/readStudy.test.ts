import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { printProblem } from '../../src/problems/index.ts';
import { readStudy } from '../../src/study/index.ts';
import { registry } from '../template/fakeRegistry.ts';
import { head, read, sheet, studyFolder, template } from './studyFolder.ts';

const family = (more: string, endpoints: string) =>
  `${head}comparisons: [{ id: M1-BL, from: BL, to: M1 }]
families:
  - { id: first, comparison: M1-BL, ${more}endpoints: [${endpoints}] }
`;

describe('events of study.yaml', () => {
  const dated = head.replace(', M3]', ', { id: M3, day: 91 }]');

  test('are kept with the day, and with the patient where they are of one', () => {
    const events = 'events: [{ day: 0, label: infusion }, { day: 40, label: relapse, subject: P02 }]\n';
    const { study, words } = read({ 'study.yaml': dated + events });
    expect(words).toEqual([]);
    expect(study?.events).toEqual([
      { day: 0, label: 'infusion', subject: null },
      { day: 40, label: 'relapse', subject: 'P02' },
    ]);
  });

  test('of a patient who is not in the sheet are refused: the mark would be missing in silence', () => {
    const { study, words } = read({ 'study.yaml': `${dated}events: [{ day: 40, label: relapse, subject: P2 }]\n` });
    expect(study).toBeUndefined();
    expect(words.join()).toMatch(/study\.event-subject: "P2" of an event has no row in the sheet/);
  });

  test('without a day for every visit are told to be unmarked', () => {
    const { study, words } = read({ 'study.yaml': `${head}events: [{ day: 40, label: relapse }]\n` });
    expect(study?.events).toHaveLength(1);
    expect(words.join()).toMatch(/warning study\.event-unplaced: events cannot be marked: M3 has no day/);
  });
});

describe('a sound study', () => {
  test('tubes, visits and plan are as written, defaults filled in', () => {
    const { study, words, folder } = read();
    expect(words).toEqual([]);
    expect(study).toMatchObject({
      name: 'trial',
      folder,
      seed: 1,
      visits: [
        { id: 'BL', label: 'BL', day: 0, window: [-28, 0] },
        { id: 'M1', label: 'month 1', day: 30, window: [21, 45] },
        { id: 'M3', label: 'M3', day: null, window: null },
      ],
      plan: { alpha: 0.05, level: 0.95, rules: { min_parent: 100, few_parents: 500, few_events: 25 } },
      absolute: undefined,
      blind: ['visit', 'arm', 'subject', 'date', 'file'],
    });
    expect(study?.plan.families).toBeUndefined();
    expect(study?.tubes[1]).toEqual({
      sampleId: 'P01_M1',
      controlOf: [],
      subject: 'P01',
      visit: 'M1',
      visitIndex: 1,
      panel: '',
      role: 'sample',
      batch: '',
      arm: '',
      date: null,
      specimen: '',
      excluded: false,
      excludeReason: '',
      path: join(folder, 'fcs/P01_M1.fcs'),
      displayPath: 'fcs/P01_M1.fcs',
      reading: {},
      covariates: {},
      absolute: {},
      sheetRow: 3,
    });
    expect(study?.inputs.map(({ role, displayPath }) => [role, displayPath])).toEqual([
      ['study', 'study.yaml'],
      ['template', 'template.yaml'],
      ['sheet', 'sheet.csv'],
    ]);
  });

  test('endpoints come as full paths', () => {
    const { study, words } = read({
      'study.yaml': `${family('role: primary, ', '{ population: B/CD24hi, measure: pct_of_B }, { population: T }')}denominators: { B: B, Lym: Lymphocytes }\n`,
    });
    expect(words).toEqual([]);
    expect(study?.plan.families?.[0]?.endpoints).toEqual([
      { population: 'Lymphocytes/B/CD24hi', measure: 'pct_of_B' },
      { population: 'Lymphocytes/T', measure: 'pct_parent' },
    ]);
    expect(study?.denominators).toEqual({ B: 'Lymphocytes/B', Lym: 'Lymphocytes' });
  });

  test.each([
    ['B/CD24hi', '"Lymphocytes/B/CD24hi"'],
    ['Lymphocytes/B', '"Lymphocytes/B"'],
  ])('%s has no share of a denominator that is without CD24hi', (population, path) => {
    const endpoint = `{ population: ${population}, measure: pct_of_C }`;
    const denominators = 'denominators: { C: { of: B, without: B/CD24hi } }';
    const { words } = read({ 'study.yaml': `${family('', endpoint)}${denominators}\n` });
    expect(words).toHaveLength(1);
    expect(words[0]).toContain(
      `study.not-below-denominator: ${path} does not lie in "Lymphocytes/B" without "Lymphocytes/B/CD24hi", the denominator`,
    );
  });

  test('several panels: each tube has its template, and one visit may have a tube of each', () => {
    const { study, words } = read({
      'study.yaml': head.replace('template: template.yaml', 'template: { B: template.yaml, T: other.yaml }'),
      'other.yaml': template.replace('template: small', 'template: other'),
      'sheet.csv': 'sample_id,file,subject,visit,panel\na,P01_BL.fcs,P01,BL,B\nb,P01_M1.fcs,P01,BL,T\n',
    });
    expect(words.filter((line) => !line.includes('missing-pair'))).toEqual([]);
    expect([...(study?.templates.values() ?? [])].map(({ name }) => name)).toEqual(['small', 'other']);
    expect(study?.tubes.map(({ panel }) => panel)).toEqual(['B', 'T']);
  });

  test('covariates, arms, absolute counts and reading decisions arrive at the tube', () => {
    const { study, words } = read({
      'study.yaml': `${head}covariates: { SLEDAI: number, dose: text }\narms: { column: group }
absolute: { method: dual, count: lymphocytes_per_ul, of: Lymphocytes }
reading: { P01_BL: { offsets: header, data_set: 2, accept_truncated: true, values: arcsinh5 } }\n`,
      'sheet.csv':
        'sample_id;file;subject;visit;SLEDAI;dose;group;lymphocytes_per_ul\nP01_BL;P01_BL.fcs;P01;BL;4,5;high;A;1200\n',
    });
    expect(words.filter((line) => !line.includes('missing-pair'))).toEqual([]);
    expect(study?.absolute).toEqual({ method: 'dual', column: 'lymphocytes_per_ul', of: 'Lymphocytes' });
    expect(study?.tubes[0]).toMatchObject({
      covariates: { SLEDAI: 4.5, dose: 'high' },
      arm: 'A',
      absolute: { lymphocytes_per_ul: 1200 },
      reading: { offsets: 'header', dataSet: 2, acceptTruncated: true },
      values: { kind: 'display', word: 'arcsinh5', spec: { kind: 'arcsinh', cofactor: 5 } },
    });
  });
});

describe('names that are not there are told with the nearest', () => {
  test.each([
    [
      'denominators: { C: Bee }',
      'study.yaml:7:20: error study.unknown-population: population "Bee" is not in the template',
    ],
    [
      'denominators: { C: { of: B, without: Bee } }',
      'study.yaml:7:38: error study.unknown-population: population "Bee" is not in the template',
    ],
    [
      'denominators: { C: { of: B, without: T } }',
      'study.yaml:7:38: error study.not-in-denominator: "Lymphocytes/T" does not lie below "Lymphocytes/B", so that it cannot be taken out of it',
    ],
    ['denominators: { C: { of: B } }', 'without'],
    [
      'denominators: { B: { of: B, without: B/CD24hi } }',
      'denominator "B" is "Lymphocytes/B" without "Lymphocytes/B/CD24hi" here and "Lymphocytes/B" in the template',
    ],
    [
      'denominators: { B: T }',
      'error study.denominator-conflict: denominator "B" is "Lymphocytes/T" here and "Lymphocytes/B" in the template',
    ],
    ['absolute: { method: beads, of: Lymphocyts }', 'did you mean "Lymphocytes"?'],
    [
      'absolute: { method: dual, count: lymphocytes_per_ul, of: Lymphocytes }',
      'column "lymphocytes_per_ul" is not known',
    ],
    [
      'comparisons: [{ id: c, from: BL, to: M2 }]',
      'study.yaml:7:38: error study.unknown-name: visit "M2" is not known',
    ],
    ['covariates: { SLEDAI: number }', 'study.unknown-name: column "SLEDAI" is not known'],
    ['covariates: { SLEDAI: numeric }', '"SLEDAI" must be one of number, text, found "numeric"'],
    ['arms: { column: dose }', 'column "dose" is not known'],
    ['reading: { P1_BL: { offsets: header } }', 'sample_id "P1_BL" is not known (did you mean "P01_BL"?)'],
    ['reading: { P01_BL: { offset: header } }', 'did you mean "offsets"?'],
    ['famlies: []', 'study.unknown-key: key "famlies" is not known here (did you mean "families"?)'],
    ['rules: { min_parents: 3 }', 'did you mean "min_parent"?'],
    ['alpha: 5', '"alpha" must be less than 1, found number 5'],
    ['seed: 1.5', '"seed" must be a whole number, found number 1.5'],
  ])('%s', (more, expected) => {
    const { words, study } = read({ 'study.yaml': `${head}${more}\n` });
    expect(study).toBeUndefined();
    expect(words).toHaveLength(1);
    expect(words[0]).toContain(expected);
  });

  test.each([
    [
      '',
      '{ population: CD24hi }',
      'study.ambiguous-population: population "CD24hi" is ambiguous: "Lymphocytes/T/CD24hi", "Lymphocytes/B/CD24hi"',
    ],
    ['', '{ population: B/CD24high }', 'did you mean "B/CD24hi"?'],
    ['', '{ population: T, measure: pct_of_C }', 'denominator "C" is not known (known: B)'],
    [
      '',
      '{ population: T, measure: pct_of_B }',
      'study.not-below-denominator: "Lymphocytes/T" does not lie in "Lymphocytes/B"',
    ],
    ['', '{ population: T, measure: cells_per_ul }', 'study.no-absolute'],
    [
      '',
      '{ population: T, measure: percent }',
      '"measure" must be pct_parent, pct_of_<denominator>, cells_per_ul, median_of <marker> or ratio, found "percent"',
    ],
    ['question: transient, ', '{ population: T }', 'needs return_to'],
    [
      'question: transient, return_to: { visit: M33, by: fall }, ',
      '{ population: T }',
      'visit "M33" is not known (did you mean "M3"?)',
    ],
    ['question: equivalence, test: signed_rank, ', '{ population: T }', 'does not answer the question'],
    ['test: wilcoxon, ', '{ population: T }', '"test" must be one of signed_rank'],
  ])('family %s%s', (more, endpoints, expected) => {
    const { words } = read({ 'study.yaml': family(more, endpoints) });
    expect(words).toHaveLength(1);
    expect(words[0]).toContain(expected);
    expect(words[0]).toMatch(/^study\.yaml:9:/);
  });
});

describe('files', () => {
  test('study, sheet, template and data root that are not there', () => {
    expect(readStudy('/nowhere/study.yaml', registry).problems.map(printProblem)).toEqual([
      'study.yaml: error input.not-found: there is no file "study.yaml" (check the path)',
    ]);
    const { words } = read({
      'study.yaml': head
        .replace('data: fcs', 'data: fsc')
        .replace('sheet: sheet.csv', 'sheet: s.csv')
        .replace('template: template.yaml', 'template: shipped:nothing'),
    });
    expect(words.map((line) => line.split(' (')[0])).toEqual([
      'study.yaml:3:7: error input.not-found: there is no folder "fsc"',
      'study.yaml:4:8: error input.not-found: there is no file "s.csv"',
      'study.yaml:5:11: error input.not-found: there is no template "shipped:nothing"',
    ]);
  });

  test('faults of study, sheet and template are told together', () => {
    const { words } = read({
      'study.yaml': `${head}alpah: 1\n`,
      'sheet.csv': sheet.replace('P02,M1', 'P02,M7'),
      'template.yaml': template.replace('parent: Lymphocytes', 'parent: Lymphs'),
    });
    expect(words.map((line) => line.split(': ')[0])).toEqual(['sheet.csv:5:4', 'study.yaml:7:1', 'template.yaml:7:24']);
  });

  test('a file that leaves the data root by a link is refused; one by ".." too', () => {
    const folder = studyFolder({
      'secret.fcs': '',
      'sheet.csv': `${sheet}P03_BL,link.fcs,P03,BL\nP04_BL,../secret.fcs,P04,BL\n`,
    });
    symlinkSync(join(folder, 'secret.fcs'), join(folder, 'fcs/link.fcs'));
    expect(readStudy(join(folder, 'study.yaml'), registry).problems.map(printProblem)).toEqual([
      'sheet.csv:6:2: error sheet.file-outside: "link.fcs" lies outside the data root (move it into the folder that `data:` names, or name a wider folder)',
      'sheet.csv:7:2: error sheet.file-outside: "../secret.fcs" lies outside the data root (move it into the folder that `data:` names, or name a wider folder)',
    ]);
  });

  test('the data root itself may be a link, and files may lie in folders below it', () => {
    const folder = studyFolder({
      'real/a/P01.fcs': '',
      'sheet.csv': 'sample_id,file,subject,visit\nx,a\\P01.fcs,P01,BL\n',
      'study.yaml': head.replace('fcs', 'linked'),
    });
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));
    const { value } = readStudy(join(folder, 'study.yaml'), registry);
    expect(value?.tubes[0]?.displayPath).toBe('linked/a/P01.fcs');
  });

  test('a matrix is read once, with the study: a file that changes or goes afterwards changes nothing', () => {
    const { study, folder } = read({
      'template.yaml': `${template}compensation: m.csv\n`,
      'm.csv': 'A,B\n1,0.1\n0,1\n',
    });
    writeFileSync(join(folder, 'm.csv'), 'A,B\n1,0.9\n0,1\n');
    expect(study?.templates.get('')?.compensation).toMatchObject({ matrix: { matrix: [1, 0.1, 0, 1] } });
    expect(JSON.stringify(study?.templates.get('')?.compensation)).not.toContain(folder);
  });

  test('what is wrong with a matrix is said once, with the study, in the name that the study has for it', () => {
    const { words } = read({ 'template.yaml': `${template}compensation: m.csv\n`, 'm.csv': 'A,B\n0.1,1\n1,0\n' });
    expect(words).toHaveLength(1);
    expect(words[0]).toMatch(/^m\.csv: error compensation\.spillover-exchanged/);
  });

  test('study.yaml says of single tubes what becomes of their matrix', () => {
    const { study, words } = read({
      'study.yaml': `${head}reading:
  P01_BL: { compensation: { apply: never } }
  P01_M1: { compensation: { from: tube.csv, apply: detect } }
`,
      'tube.csv': 'A,B\n1,0.1\n0,1\n',
    });
    expect(words).toEqual([]);
    expect(study?.tubes.slice(0, 2).map(({ compensation }) => compensation)).toMatchObject([
      { kind: 'none' },
      { kind: 'matrix', apply: 'detect', matrix: { source: 'tube.csv' } },
    ]);
    expect(study?.inputs.map(({ displayPath }) => displayPath)).toContain('tube.csv');
  });

  test('a matrix of the template is found beside it and is an input', () => {
    const { study } = read({
      'study.yaml': head.replace('template: template.yaml', 'template: templates/t.yaml'),
      'templates/t.yaml': `${template}compensation: m.csv\n`,
      'templates/m.csv': 'A,B\n1,0.1\n0,1\n',
    });
    expect(study?.inputs.at(2)).toMatchObject({ role: 'spillover', displayPath: 'templates/m.csv' });
    expect(study?.templates.get('')?.compensation).toMatchObject({
      kind: 'matrix',
      matrix: { source: 'templates/m.csv', channels: ['A', 'B'], matrix: [1, 0.1, 0, 1] },
    });
    expect(read({ 'template.yaml': `${template}compensation: m.csv\n` }).words).toEqual([
      'template.yaml:12:15: error input.not-found: there is no file "m.csv" (check the path)',
    ]);
  });
});

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { spilloverFromText } from '../../src/compensation/index.ts';
import { placementRegistry } from '../../src/placement/index.ts';
import { printProblem, sortProblems } from '../../src/problems/index.ts';
import { checkSheet, readStudy } from '../../src/study/index.ts';
import { readTemplate } from '../../src/template/index.ts';
import { head, sheet, studyFolder } from '../study/studyFolder.ts';

// One slip of the pen at a time, in documents that are otherwise right; what a person is told of each stands in faults.txt
// and was read by one before it was kept. A new slip is a line here.

const template = `cytopair: 1
template: slips
version: 1.0.0
markers: { CD3: {}, CD19: { aliases: [anti-CD19] }, CD24: { optional: true }, FSC-A: {}, FSC-H: {} }
scales: { CD19: { scale: logicle, width: estimate } }
alignments:
  - { name: core, parent: B, method: ridge, markers: [CD24, CD38] }
populations:
  - { name: Singlets, parent: root, gate: { method: singlets } }
  - { name: Lymphocytes, parent: Singlets, gate: { method: interval, marker: FSC-A, min: 30000, max: 90000, units: raw } }
  - { name: T, parent: Lymphocytes, gate: { method: valley, marker: CD3, keep: above, range: [1, 5] } }
  - { name: B, parent: Lymphocytes, gate: { method: valley, marker: CD19, keep: above } }
  - { name: CD24hi, parent: B, gate: { method: tail, marker: CD24, keep: above, side: right, if_absent: { CD24: parent } } }
  - { name: Other, parent: Lymphocytes, gate: { method: boolean, of: { not: { or: [T, B] } } } }
denominators: { B: B }
assertions: [{ sum: [T, B], of: Lymphocytes, atLeast: 80 }, { population: B, of: Lymphocytes, between: [1, 40] }]
`.replace(/alignments:\n.*\n/, '');

type Edit = readonly [what: string | RegExp, by: string];
const t = (what: string | RegExp, by: string): Edit => [what, by];

const templateSlips: readonly Edit[] = [
  t('cytopair: 1', 'cytopair: 2'),
  t('cytopair: 1\n', ''),
  t('template: slips', 'template: my template'),
  t('version: 1.0.0', 'version: 1.0'),
  t('markers:', 'marker:'),
  t('CD3: {}', 'CD3: { option: true }'),
  t('optional: true', 'optional: yes'),
  t('[anti-CD19]', 'anti-CD19'),
  t('[anti-CD19]', '[CD3]'),
  t('scale: logicle, width: estimate', 'scale: logicel'),
  t('scale: logicle, width: estimate', 'scale: logicle'),
  t('scale: logicle, width: estimate', 'scale: logicle, T: 262144, W: 5, M: 4.5, A: 0'),
  t('scale: logicle, width: estimate', 'scale: arcsinh, cofactor: 0'),
  t('scales: { CD19', 'scales: { CD91'),
  t('name: Singlets', 'name: root'),
  t('name: Singlets', 'name: Single/ts'),
  t('name: Singlets', 'name: NA'),
  t('name: Singlets, parent: root', 'name: Singlets'),
  t('parent: Singlets', 'parent: Singlet'),
  t('parent: Singlets', 'parent: T'),
  t('name: T, parent: Lymphocytes', 'name: b, parent: Lymphocytes'),
  t('name: CD24hi, parent: B', 'name: T, parent: B'),
  t('method: singlets', 'method: singlet'),
  t('gate: { method: singlets }', 'gate: {}'),
  t('gate: { method: singlets }', 'gate: singlets'),
  t(', gate: { method: singlets }', ''),
  t('min: 30000, max: 90000', 'min: 90000, max: 30000'),
  t('min: 30000, max: 90000', 'min: 30 000, max: 90000'),
  t('min: 30000, max: 90000, ', ''),
  t(', units: raw', ''),
  t('units: raw', 'units: linear'),
  t('keep: above, range', 'keep: positive, range'),
  t('keep: above, range', 'range'),
  t('range: [1, 5]', 'range: [5, 1]'),
  t('range: [1, 5]', 'range: 1-5'),
  t('range: [1, 5]', 'range: [1]'),
  t('range: [1, 5]', 'rage: [1, 5]'),
  t('range: [1, 5]', 'range: [1, 5], prominence: 30'),
  t('range: [1, 5]', 'range: [1, 5], units: raw'),
  t('range: [1, 5]', 'range: [1, 5], align: core'),
  t('range: [1, 5]', 'range: [1, 5], pool: all'),
  t('marker: CD3,', 'marker: CD-3,'),
  t('side: right', 'side: upper'),
  t('{ CD24: parent }', '{ CD19: parent }'),
  t('{ CD24: parent }', '{ CD24: skip }'),
  t('CD24: { optional: true }', 'CD24: {}'),
  t('{ or: [T, B] }', '{ or: [T] }'),
  t('{ or: [T, B] }', '{ or: [T, Bcells] }'),
  t('{ or: [T, B] }', '{ xor: [T, B] }'),
  t('{ not: { or: [T, B] } }', '{ not: Lymphocytes }'),
  t('{ not: { or: [T, B] } }', '{ and: [T, { not: T }] }'),
  t('{ not: { or: [T, B] } }', '{ or: [T, Lymphocytes] }'),
  t('{ not: { or: [T, B] } }', '{ not: Other }'),
  t('{ not: { or: [T, B] } }', 'T'),
  t('denominators: { B: B }', 'denominators: { B-cells: B }'),
  t('denominators: { B: B }', 'denominators: { B: Bs }'),
  t('denominators: { B: B }', 'denominators: { B: { of: B, without: T } }'),
  t('denominators: { B: B }', 'denominators: { B: B, b: T }'),
  t('atLeast: 80', 'atLeast: 180'),
  t('between: [1, 40]', 'between: [40, 1]'),
  t('sum: [T, B]', 'sum: [T, NK]'),
  t('template: slips', 'template: slips\nextends: shipped:linages'),
  t('template: slips', 'template: slips\nextends: t.yaml'),
  t('template: slips', 'template: slips\nremove: [NK]'),
  t('template: slips', 'template: slips\ncompensation: mine'),
  t('template: slips', 'template: slips\namplification: log'),
  t('template: slips', 'template: slips\nvalues: decibel'),
  t('template: slips', 'template: slips\nintensities: { markers: [CD99], populations: [B] }'),
  t('template: slips', 'template: slips\ntemplate: again'),
  t('populations:\n', 'populations:\n\t- x\n'),
  t('populations:\n', 'populations: [\n'),
  t(/populations:[\s\S]*?denominators/, 'denominators'),
];

function templateWords([what, by]: Edit): string[] {
  const text = template.replace(what, by);
  if (text === template) throw new Error(`"${what}" is not in the template`);
  const source = { file: 't.yaml', text };
  const load = (reference: string) => (reference === 't.yaml' ? source : undefined);
  return sortProblems(readTemplate(source, placementRegistry, load).problems).map(printProblem);
}

const plan = `comparisons: [{ id: M1-BL, from: BL, to: M1 }]
families:
  - id: main
    role: primary
    question: change
    comparison: M1-BL
    endpoints: [{ population: B, measure: pct_of_B }, { population: T }]
`;
const study = `${head}${plan}`;

const studySlips: readonly Edit[] = [
  t('study: trial', 'study: my trial/2'),
  t('sheet: sheet.csv', 'sheet: sheets.csv'),
  t('template: template.yaml', 'template: shipped:lineage'),
  t('window: [-28, 0]', 'window: [0, -28]'),
  t('day: 30', 'day: thirty'),
  t('M3]', 'M1]'),
  t(/visits: .*\n/, ''),
  t('from: BL', 'from: Baseline'),
  t('id: M1-BL,', 'id: M1 to BL,'),
  t('comparison: M1-BL', 'comparison: M1'),
  t('role: primary', 'role: main'),
  t('question: change', 'question: superiority'),
  t('question: change', 'question: equivalence\n    margins: { ratio: [1.25, 0.8] }'),
  t('question: change', 'question: change\n    test: wilcoxon'),
  t('question: change', 'question: change\n    adjust: bonferroni'),
  t('population: T }', 'population: Tcells }'),
  t('measure: pct_of_B', 'measure: percent'),
  t('measure: pct_of_B', 'measure: pct_of_T'),
  t('measure: pct_of_B', 'measure: cells_per_ul'),
  t('population: T }', 'population: T, control: unstimulated }'),
  t('study: trial', 'study: trial\nalpha: 5'),
  t('study: trial', 'study: trial\ndenominators: { NK: NK }'),
  t('study: trial', 'study: trial\nreading: { P09_BL: { data_set: 2 } }'),
  t('study: trial', 'study: trial\nfamilies: []'),
];

function studyWords([what, by]: Edit): string[] {
  const text = study.replace(what, by);
  if (text === study) throw new Error(`"${what}" is not in the study`);
  const folder = studyFolder({ 'study.yaml': text, 'template.yaml': template });
  return readStudy(join(folder, 'study.yaml'), placementRegistry).problems.map(printProblem);
}

const sheetSlips: readonly Edit[] = [
  t('subject,visit', 'subject,when'),
  t('P02_BL,P02', 'P01_BL,P02'),
  t('P02_M1,P02_M1.fcs', 'P02_M1,P01_M1.fcs'),
  t('P02_M1.fcs,P02,M1', 'P02_M1.fcs,P02,M7'),
  t('P02_M1.fcs,P02,M1', 'P02_M1.fcs,P02,'),
  t('P02_M1.fcs,P02,M1', 'P02_M1.fcs,,M1'),
  t('P02_M1.fcs,P02,M1', 'P02_M1.fcs,P01,M1'),
  t('P02_M1.fcs', 'P02_M2.fcs'),
  t('P02_M1.fcs', '../other/P02_M1.fcs'),
  t('P02_M1,', 'P02/M1,'),
  t(/P02,/g, 'p01 ,'),
  t(/^[\s\S]*$/, 'sample_id,file,subject,visit\n'),
  t(/^[\s\S]*$/, ''),
  t('P02_M1.fcs,P02,M1', 'P02_M1.fcs,P02,M1,extra'),
  t(/\nP02_M1/, '\n"P02_M1'),
];

function sheetWords([what, by]: Edit): string[] {
  const text = sheet.replace(what, by);
  if (text === sheet) throw new Error(`"${what}" is not in the sheet`);
  const folder = studyFolder({ 'sheet.csv': text, 'template.yaml': template });
  return readStudy(join(folder, 'study.yaml'), placementRegistry).problems.map(printProblem);
}

const matrix = ',FITC-A,PE-A,APC-A\nFITC-A,1,0.2,0.01\nPE-A,0.02,1,0.1\nAPC-A,0,0.01,1\n';
const matrixSlips: readonly Edit[] = [
  t('0.2,', 'x,'),
  t('0.2,', ','),
  t('PE-A,0.02,1,0.1\n', ''),
  t('PE-A,0.02', 'FITC-A,0.02'),
  t('PE-A,0.02,1,0.1', 'PE-A,1,0.2,0.01'),
  t('FITC-A,1,0.2', 'FITC-A,1,1.4'),
  t(/\n(\w+-A),1,/, '\n$1,0.9,'),
  t(/^[\s\S]*$/, 'hello\n'),
];

function matrixWords([what, by]: Edit): string[] {
  const text = matrix.replace(what, by);
  if (text === matrix) throw new Error(`"${what}" is not in the matrix`);
  return sortProblems(spilloverFromText(text, { file: 'm.csv' }, 'refused').problems).map(printProblem);
}

const catalogue = [
  { kind: 'template', slips: templateSlips, words: templateWords },
  { kind: 'study', slips: studySlips, words: studyWords },
  { kind: 'sheet', slips: sheetSlips, words: sheetWords },
  { kind: 'matrix', slips: matrixSlips, words: matrixWords },
];

const told = catalogue.flatMap(({ kind, slips, words }) =>
  slips.map((slip) => ({ kind, slip, words: words(slip).filter((line) => !line.includes(': note ')) })),
);

describe('slips of the pen', () => {
  test('the documents are right without a slip', () => {
    const source = { file: 't.yaml', text: template };
    expect(readTemplate(source, placementRegistry, () => undefined).problems).toEqual([]);
    const folder = studyFolder({ 'study.yaml': study, 'template.yaml': template });
    expect(readStudy(join(folder, 'study.yaml'), placementRegistry).problems).toEqual([]);
    expect(checkSheet(join(folder, 'sheet.csv')).problems).toEqual([]);
    expect(spilloverFromText(matrix, { file: 'm.csv' }, 'refused').problems).toEqual([]);
  });

  test('each is told, in words that were read', async () => {
    const text = told.map(({ kind, slip: [what, by], words }) => {
      const edit = `${kind}: ${String(what)} -> ${by.split('\n').join('\\n')}`;
      return [edit, ...words.map((line) => `  ${line}`)].join('\n');
    });
    await expect(`${text.join('\n')}\n`).toMatchFileSnapshot('faults.txt');
  });

  test('none passes in silence, and none is buried: at most four lines a slip', () => {
    expect(told.filter(({ words }) => words.length === 0).map(({ slip }) => slip)).toEqual([]);
    expect(told.filter(({ words }) => words.length > 4).map(({ slip, words }) => [slip, words.length])).toEqual([]);
  });

  test('ninety texts and more', () => {
    expect(new Set(told.flatMap(({ words }) => words)).size).toBeGreaterThanOrEqual(90);
  });

  test.each(told.map(({ kind, slip, words }) => [`${kind} ${slip[0]} -> ${slip[1]}`, words] as const))(
    '%s: a place, what was found, what to do',
    (_name, words) => {
      for (const line of words) {
        expect(line).toMatch(/^\S+(?::\d+(?::\d+)?)?: (?:error|warning) [a-z]+\.[a-z-]+: \S[\s\S]*\([\s\S]+\)$/);
        expect(line).not.toMatch(/undefined|NaN|\[object|invalid input/i);
      }
    },
  );
});

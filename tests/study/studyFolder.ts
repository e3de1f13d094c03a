import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { printProblem } from '../../src/problems/index.ts';
import { readStudy } from '../../src/study/index.ts';
import { registry } from '../template/fakeRegistry.ts';

export const template = `cytopair: 1
template: small
version: 1.0.0
markers: { CD3: {}, CD19: {}, CD24: {} }
populations:
  - { name: Lymphocytes, parent: root, gate: { method: valley, x: CD3, keep: below } }
  - { name: T, parent: Lymphocytes, gate: { method: valley, x: CD3, keep: above } }
  - { name: B, parent: Lymphocytes, gate: { method: valley, x: CD19, keep: above } }
  - { name: CD24hi, parent: B, gate: { method: valley, x: CD24, keep: above } }
  - { name: CD24hi, parent: T, gate: { method: valley, x: CD24, keep: above } }
denominators: { B: B }
`;

export const head = `cytopair: 1
study: trial
data: fcs
sheet: sheet.csv
template: template.yaml
visits: [{ id: BL, day: 0, window: [-28, 0] }, { id: M1, label: month 1, day: 30, window: [21, 45] }, M3]
`;

export const sheet = `sample_id,file,subject,visit
P01_BL,P01_BL.fcs,P01,BL
P01_M1,P01_M1.fcs,P01,M1
P02_BL,P02_BL.fcs,P02,BL
P02_M1,P02_M1.fcs,P02,M1
`;

const tubes = ['P01_BL', 'P01_M1', 'P02_BL', 'P02_M1'].map((name) => `fcs/${name}.fcs`);

/** A study on disk: the files named here over those of a sound small study. */
export function studyFolder(files: Record<string, string | Uint8Array> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'study-'));
  const empty = Object.fromEntries(tubes.map((name) => [name, '']));
  const all = { 'study.yaml': head, 'sheet.csv': sheet, 'template.yaml': template, ...empty, ...files };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export function read(files: Record<string, string | Uint8Array> = {}) {
  const folder = studyFolder(files);
  const { value, problems } = readStudy(join(folder, 'study.yaml'), registry);
  return { study: value, words: problems.map(printProblem), folder };
}

/** Problems of the sound small study with another sheet. */
export function sheetWords(text: string | Uint8Array, more: Record<string, string> = {}): string[] {
  return read({ 'sheet.csv': text, ...more }).words;
}

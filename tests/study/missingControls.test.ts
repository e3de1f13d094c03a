import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placementRegistry } from '../../src/placement/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readStudy } from '../../src/study/index.ts';
import { head, sheet, studyFolder } from './studyFolder.ts';

const template = `cytopair: 1
template: small
version: 1.0.0
markers: { CD3: {}, CD27: {} }
populations:
  - { name: T, parent: root, gate: { method: valley, marker: CD3, keep: above } }
  - { name: CD27+, parent: T, gate: { method: reference, variant: fmo, marker: CD27, keep: above } }
  - { name: CD27-, parent: T, gate: { method: reference, variant: fmo, marker: CD27, keep: below } }
  - { name: Lit, parent: T, gate: { method: reference, variant: control, marker: CD27, keep: above } }
`;
const rows = sheet
  .trim()
  .split('\n')
  .map((line, i) => `${line},${i === 0 ? 'role' : 'sample'}`);

function warnings(more: readonly string[], study = head): string[] {
  const files = { 'study.yaml': study, 'template.yaml': template, 'sheet.csv': `${[...rows, ...more].join('\n')}\n` };
  const extra = Object.fromEntries(more.map((line) => [`fcs/${line.split(',')[1]}`, '']));
  const { problems } = readStudy(join(studyFolder({ ...files, ...extra }), 'study.yaml'), placementRegistry);
  return problems.map(printProblem).filter((line) => line.includes('study.control-missing'));
}

test('a gate by FMO or unstained tubes, and no such row in the sheet: told once a role, at the gate', () => {
  expect(warnings([])).toEqual([
    'template.yaml:7:37: warning study.control-missing: no tube has the role "fmo", from which "T/CD27+", "T/CD27-" would take the place of a gate (write their role in the column role of the sheet, or choose another method)',
    'template.yaml:9:35: warning study.control-missing: no tube has the role "unstained", from which "T/Lit" would take the place of a gate (write their role in the column role of the sheet, or choose another method)',
  ]);
});

test('with the controls in the sheet nothing is said', () => {
  expect(warnings(['FMO,fmo.fcs,,,fmo', 'BLANK,blank.fcs,,,unstained'])).toEqual([]);
});

test('an endpoint over a background that no tube gives', () => {
  const plan = `comparisons: [{ id: M1-BL, from: BL, to: M1 }]
families:
  - id: f
    role: primary
    question: change
    scale: percent
    comparison: M1-BL
    endpoints: [{ population: T, control: unstimulated, background: difference }]
`;
  expect(warnings(['FMO,fmo.fcs,,,fmo', 'BLANK,blank.fcs,,,unstained'], head + plan)).toEqual([
    expect.stringContaining(
      'warning study.control-missing: no tube has the role "unstimulated", the background of "T"',
    ),
  ]);
});

import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placementRegistry } from '../../src/placement/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readStudy } from '../../src/study/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { head, read, sheet, template } from './studyFolder.ts';

const composed = 'B\u00e4rbel';
const decomposed = 'Ba\u0308rbel';

/** Some disks keep one spelling of a name only: there cannot be two. */
const keepsBoth = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'composed-'));
  for (const name of [composed, decomposed]) writeFileSync(join(folder, name), '');
  return readdirSync(folder).length === 2;
})();

describe('composed and decomposed names are one name', () => {
  test.each([
    ['on the disk decomposed, in the sheet composed', decomposed, composed],
    ['on the disk composed, in the sheet decomposed', composed, decomposed],
  ])('of tubes and of their folders: %s', (_, disk, written) => {
    const { study, words } = read({
      [`fcs/${disk}/${disk}_BL.fcs`]: '',
      'sheet.csv': sheet.replace('P01_BL.fcs', `${written}/${written}_BL.fcs`),
    });
    expect(words).toEqual([]);
    const tube = study?.tubes[0];
    expect(tube?.displayPath).toBe(`fcs/${composed}/${composed}_BL.fcs`);
    expect(readdirSync(join(tube?.path ?? '', '..'))).toHaveLength(1);
  });

  test('of data root, sheet, template, what it extends, and matrix', () => {
    const { words, study } = read({
      'study.yaml': head
        .replace('data: fcs', `data: ${composed}`)
        .replace('sheet: sheet.csv', `sheet: ${composed}.csv`)
        .replace('template: template.yaml', `template: ${composed}.yaml`),
      [`${decomposed}.csv`]: sheet,
      [`${decomposed}.yaml`]: `cytopair: 1\ntemplate: own\nversion: 1.0.0\nextends: ${composed}-base.yaml\ncompensation: ${composed}-matrix.csv\n`,
      [`${decomposed}-base.yaml`]: template,
      [`${decomposed}-matrix.csv`]: 'a,b\n1,0.1\n0.05,1\n',
      ...Object.fromEntries(['P01_BL', 'P01_M1', 'P02_BL', 'P02_M1'].map((name) => [`${decomposed}/${name}.fcs`, ''])),
    });
    expect(words).toEqual([]);
    expect(study?.inputs.map(({ displayPath }) => displayPath)).toEqual([
      'study.yaml',
      `${composed}.yaml`,
      `${composed}-base.yaml`,
      `${composed}-matrix.csv`,
      `${composed}.csv`,
    ]);
  });

  test.skipIf(!keepsBoth)('two files that differ in nothing else are an error that tells them apart', () => {
    const { words } = read({
      [`fcs/${composed}_BL.fcs`]: '',
      [`fcs/${decomposed}_BL.fcs`]: '',
      'sheet.csv': sheet.replace('P01_BL.fcs', `${composed}_BL.fcs`),
    });
    expect(words).toEqual([
      `sheet.csv:2:2: error input.twin-names: there are two of the name "${composed}_BL.fcs": one composed (U+00E4), one decomposed (U+0061 U+0308) (remove or rename one of them)`,
    ]);
  });

  test('a file that is not there under either is not there', () => {
    const { words } = read({ 'sheet.csv': sheet.replace('P01_BL.fcs', `${composed}_BL.fcs`) });
    expect(words[0]).toContain(`there is no file "${composed}_BL.fcs"`);
  });

  test.skipIf(!hasTruth)('a study copied from a Mac is found', () => {
    const { value, problems } = readStudy(truthPath('cases', 'names', 'study.yaml'), placementRegistry);
    expect(problems.filter(({ severity }) => severity === 'error').map(printProblem)).toEqual([]);
    expect(value?.tubes).toHaveLength(2);
  });
});

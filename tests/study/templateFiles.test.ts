import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placementRegistry } from '../../src/placement/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { checkSheet, readTemplateFile } from '../../src/study/index.ts';
import { shippedTemplate, shippedTemplates } from '../../src/study/tools.ts';
import { registry } from '../template/fakeRegistry.ts';
import { sheet, template } from './studyFolder.ts';

describe('templates from files', () => {
  test('a template and what it extends, found beside it, are its inputs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'templates-'));
    mkdirSync(join(folder, 'base'));
    writeFileSync(join(folder, 'base', 't.yaml'), template);
    writeFileSync(
      join(folder, 't.yaml'),
      'cytopair: 1\ntemplate: own\nversion: 1.0.0\nextends: base/t.yaml\nremove: [T]\n',
    );
    const { value, problems } = readTemplateFile(join(folder, 't.yaml'), registry);
    expect(problems).toEqual([]);
    expect(value?.template.populations.map(({ path }) => path)).toEqual([
      'Lymphocytes',
      'Lymphocytes/B',
      'Lymphocytes/B/CD24hi',
    ]);
    // Outside the working directory a file is called by its base name; a second one of that name with its folder.
    expect(value?.inputs.map(({ displayPath }) => displayPath)).toEqual(['t.yaml', 'base/t.yaml']);
  });

  test('a file that is not there, a folder, and an unknown shipped template', () => {
    const words = (reference: string) => readTemplateFile(reference, registry).problems.map(printProblem);
    expect(words('/nowhere/t.yaml')).toEqual([
      't.yaml: error input.not-found: there is no file "t.yaml" (check the path)',
    ]);
    expect(words('.')[0]).toContain('is a folder, not a file');
    expect(words('shipped:nothing')[0]).toContain(
      'error input.not-found: there is no template "shipped:nothing" (shipped templates: ',
    );
    expect(words('shipped:../package')[0]).toContain('there is no template');
  });

  test('every template of the package is sound', () => {
    for (const name of shippedTemplates()) {
      expect(shippedTemplate(name)).toContain(`${name}.yaml`);
      expect(readTemplateFile(`shipped:${name}`, placementRegistry).problems.map(printProblem)).toEqual([]);
    }
  });
});

test('a sheet can be checked without its study', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
  writeFileSync(join(folder, 's.csv'), sheet.replace('P02_BL,', 'P01_BL,'));
  expect(checkSheet(join(folder, 's.csv')).problems.map(printProblem)).toEqual([
    's.csv:4:1: error sheet.duplicate-sample: sample_id "P01_BL" is also in row 2 (rename one of them)',
  ]);
});

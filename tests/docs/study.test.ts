import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sheetExamples, studyExamples } from '../../docs/studyExamples.ts';
import { exampleOf, studyKeys } from '../../docs/studyPage.ts';
import { StudyFile, sheetJsonSchema } from '../../src/study/tools.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'study.md'), 'utf8');
const required = { cytopair: 1, study: 's', data: 'fcs', sheet: 's.csv', template: 't.yaml', visits: ['BL', 'M1'] };

describe('docs/study.md', () => {
  test('has every key that the schema of study.yaml knows, with an example of that key', () => {
    const keys = studyKeys();
    expect(keys.length).toBeGreaterThan(100);
    for (const { path } of keys) {
      expect(page, path).toContain(`\`${path}\``);
      const name = path.slice(path.search(/[^.\][*]+$/));
      expect(Object.keys(parse(exampleOf(path)?.[0] ?? '')), path).toEqual([name]);
    }
  });

  test('has examples that the schema takes, wherever a key stands alone', () => {
    const tops = Object.keys(studyExamples).filter((path) => !/[.[]/.test(path) && path !== 'arms');
    expect(tops.length).toBeGreaterThan(20);
    for (const path of tops) {
      if (path === 'margins') continue;
      const found = StudyFile.safeParse({ ...required, ...parse(studyExamples[path]?.[0] ?? '') });
      expect(found.error?.issues ?? [], path).toEqual([]);
    }
  });

  test('has examples of a family, an endpoint and the rules that the schema takes', () => {
    const family = { id: 'f', comparison: 'M1-BL', endpoints: [{ population: 'B' }] };
    const inFamily = (key: string) => ({
      families: [{ ...family, ...parse(studyExamples[`families[].${key}`]?.[0] ?? '') }],
    });
    const keys = [
      'role',
      'question',
      'test',
      'scale',
      'zero_handling',
      'alternative',
      'sensitivity',
      'adjust',
      'claim',
      'panel',
      'margins',
      'return_to',
    ];
    const rules = Object.keys(studyExamples).filter((path) => path.startsWith('rules.'));
    const all = [
      ...keys.map(inFamily),
      ...rules.map((path) => ({ rules: parse(studyExamples[path]?.[0] ?? '') })),
      { families: [{ ...family, endpoints: [{ population: 'CD4', measure: 'ratio', to: 'T/CD8' }] }] },
    ];
    for (const part of all) {
      const found = StudyFile.safeParse({ ...required, ...part });
      expect(found.error?.issues ?? [], JSON.stringify(part)).toEqual([]);
    }
  });

  test('has every column of the sheet', () => {
    const { properties } = sheetJsonSchema();
    const columns = Object.keys(properties as object);
    expect(Object.keys(sheetExamples)).toEqual(columns);
    for (const column of columns) expect(page).toContain(`| \`${column}\` |`);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printProblem, sortProblems } from '../../src/problems/index.ts';
import { readTemplate } from '../../src/template/index.ts';
import { read, sheetWords } from '../study/studyFolder.ts';
import { registry } from '../template/fakeRegistry.ts';

const text = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

function faultyTemplate(): string[] {
  const source = { file: 'template.yaml', text: text('faulty-template.yaml') };
  return sortProblems(readTemplate(source, registry, () => undefined).problems).map(printProblem);
}

test.each([
  ['faulty-template', faultyTemplate],
  ['faulty-study', () => read({ 'study.yaml': text('faulty-study.yaml') }).words],
  ['faulty-sheet', () => sheetWords(text('faulty-sheet.csv'))],
])('%s: every fault in words a person can act on', async (name, words) => {
  await expect(`${words().join('\n')}\n`).toMatchFileSnapshot(`${name}.txt`);
});

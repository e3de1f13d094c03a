import { basename } from 'node:path';
import { type OpenCytoImport, readOpenCyto } from '../../foreign/index.ts';
import { type Outcome, type OutFolder, refused, warningsOf } from '../../pipeline/index.ts';
import { counted, type Problem } from '../../problems/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { writeImport } from './writeImport.ts';

/** The methods of an openCyto template as a template of ours, and import.md. */
export function importOpenCyto(path: string, out: OutFolder): Outcome {
  const shown = basename(path);
  const problems: Problem[] = [];
  const bytes = readFileOrSay(path, path, { file: shown }, problems);
  if (bytes === undefined) return refused(problems);
  const read = readOpenCyto(bytes, shown);
  const found = [...problems, ...read.problems];
  if (read.value === undefined) return refused(found);
  writeImport(out, [
    { name: 'template.yaml', text: read.value.text },
    { name: 'import.md', text: openCytoNotes(read.value) },
  ]);
  const words = `${counted(read.value.paths.length, 'population')}, ${warningsOf(found)}`;
  return { exit: 0, problems: found, text: '', closing: `cytopair: ${words} -> ${out.shown}` };
}

function openCytoNotes({ paths, notes, left }: OpenCytoImport): string {
  const lines = [
    '# What came along',
    '',
    'Methods by their counterparts here. Cuts are found over all tubes of a study, each tube with its own shift; openCyto',
    'finds them tube by tube, or over the groups that it names. Counts will be near, not equal.',
    '',
    ...paths.map((path) =>
      [`- ${path}`, ...notes.filter((one) => one.path === path).map(({ says }) => says)].join('; '),
    ),
    '',
    '# What did not come along',
    '',
    ...(left.length === 0 ? ['Nothing is missing.'] : left.map(({ path, why }) => `- ${path}: ${why}`)),
  ];
  return `${lines.join('\n')}\n`;
}

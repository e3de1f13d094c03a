import { basename } from 'node:path';
import { type Problem, type Reading, sortProblems } from '../problems/index.ts';
import { readFileOrSay } from './readFileOrSay.ts';
import { readSheet } from './readSheet.ts';
import type { SheetTube } from './sheetRow.ts';

/** A sample sheet without its study: columns, ids, dates, numbers, duplicates; not visits, panels or files. */
export function checkSheet(path: string): Reading<readonly SheetTube[]> {
  const file = basename(path);
  const problems: Problem[] = [];
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return { value: undefined, problems };
  const named = { subject: 'subject', arm: undefined, covariates: [] };
  const rules = { visits: undefined, panels: undefined, covariates: {}, countColumn: undefined };
  const read = readSheet(bytes, file, { named, ...rules });
  return { value: read.value?.tubes, problems: sortProblems([...problems, ...read.problems]) };
}

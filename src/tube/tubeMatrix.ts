import { readFileSync } from 'node:fs';
import { matchSpillover, type Spillover, spilloverFromKeywords, spilloverFromTable } from '../compensation/index.ts';
import type { FcsFile } from '../fcs/index.ts';
import type { Problem, Reading, Where } from '../problems/index.ts';
import { readCsvText } from '../tables/index.ts';
import type { Template } from '../template/index.ts';

/** The matrix that a tube is to be compensated with, or why there is none. */
export type TubeMatrix =
  | { readonly kind: 'matrix'; readonly spillover: Spillover }
  | { readonly kind: 'identity' | 'none' | 'unwanted'; readonly says: string };

/** The matrix that the template asks for: the file's own, one from a CSV, or none. */
export function tubeMatrix(file: FcsFile, template: Template, where: Where): Reading<TubeMatrix> {
  switch (template.compensation.kind) {
    case 'none':
      return { value: { kind: 'unwanted', says: 'none, as the template says' }, problems: [] };
    case 'matrix':
      return fromTable(file, template.compensation.path, where);
    case 'file':
      return fromFile(file, where);
    default: {
      const unknown: never = template.compensation;
      throw new Error(`unknown compensation ${JSON.stringify(unknown)}`);
    }
  }
}

function fromFile(file: FcsFile, where: Where): Reading<TubeMatrix> {
  const { value: spillover, problems } = spilloverFromKeywords(file.keywords, file.parameters, where);
  if (spillover === undefined) return { value: undefined, problems };
  if (spillover !== null) return { value: { kind: 'matrix', spillover }, problems };
  const isIdentity = problems.some((one) => one.code === 'compensation.spillover-identity');
  return { value: { kind: isIdentity ? 'identity' : 'none', says: 'none, the file holds no matrix' }, problems };
}

function fromTable(file: FcsFile, path: string, where: Where): Reading<TubeMatrix> {
  const table = readCsvText(readFileSync(path), path, []);
  if (!table.value) return { value: undefined, problems: table.problems };
  const rows = [table.value.header, ...table.value.rows.map((row) => row.cells)];
  const read = spilloverFromTable(rows, { file: path });
  if (!read.value) return { value: undefined, problems: [...table.problems, ...read.problems] };
  const matched = matchSpillover(read.value, file.parameters, where);
  const problems: Problem[] = [...table.problems, ...read.problems, ...matched.problems];
  return { value: matched.value && { kind: 'matrix', spillover: matched.value }, problems };
}

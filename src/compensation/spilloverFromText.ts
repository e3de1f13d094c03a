import { hasErrors, problem, type Reading, type Where } from '../problems/index.ts';
import { csvCells } from '../tables/index.ts';
import { checkMatrix } from './checkMatrix.ts';
import { readMatrixText } from './readMatrixText.ts';
import type { Spillover } from './spillover.ts';
import { spilloverFromTable } from './spilloverFromTable.ts';

const separators = ['\t', ';', ',', ' '] as const;

/**
 * Reads a spillover matrix that a program or a person wrote to a text file: CSV of R, FlowJo, Cytobank, spreadsheets
 * (tab, semicolon, comma or blank), FlowJo's older matrix files, or the text of $SPILLOVER itself. The separator is the
 * one that makes a square matrix of it.
 * @param where the file under the name by which messages may call it
 * @param unusual what becomes of rows that are greatest outside their own column
 * @returns channels as written; undefined with an error where it cannot be told what was meant
 */
export function spilloverFromText(text: string, where: Where, unusual: 'refused' | 'warned'): Reading<Spillover> {
  const source = where.file ?? 'the table';
  const refusal = notATable(text, source);
  if (refusal !== undefined) {
    return { value: undefined, problems: [problem('error', 'compensation.spillover-shape', refusal, where)] };
  }
  const body = text.replace(/^sep=.[ \t]*(?=\r|\n)/i, '');
  if (/^\s*"?\d+\s*,[^\r\n]*$/.test(body.trim())) return fromKeywordText(body, source, where);
  const tried = separators.flatMap((separator) => {
    const rows = csvCells(body, separator);
    if (rows === undefined || !rows.some(({ cells }) => cells.length > 1)) return [];
    return [spilloverFromTable(rows, where, unusual)];
  });
  const usable = tried.find((one) => one.value !== undefined);
  if (usable) return usable;
  // What is nearest to a matrix tells best what is wrong: a table whose cells or names are wrong, before one of no shape.
  const isShapeless = (one: Reading<Spillover>) =>
    one.problems.some(
      ({ code, message }) => code === 'compensation.spillover-shape' && !message.includes('names of rows'),
    );
  const nearest = tried.find((one) => !isShapeless(one)) ?? tried.find((one) => hasErrors(one.problems));
  return nearest ?? spilloverFromTable([], where);
}

/** What a file is that is no table at all, in words. */
function notATable(text: string, source: string): string | undefined {
  if (text.includes('\0') || text.startsWith('PK\u0003\u0004')) return `${source} is no text: save the matrix as CSV`;
  if (/^\s*<(?:\?xml|!DOCTYPE|[a-z]+[:>\s])/i.test(text)) return `${source} is XML: export the matrix as CSV`;
  return undefined;
}

/** One line, as it stands in an FCS file: 4,FITC-A,PE-A, … */
function fromKeywordText(text: string, source: string, where: Where): Reading<Spillover> {
  const read = readMatrixText(text, source, where);
  if (!read.value) {
    const none = problem('error', 'compensation.spillover-shape', `${source} holds no matrix`, where);
    return { value: undefined, problems: read.problems.length > 0 ? read.problems : [none] };
  }
  const checked = checkMatrix(read.value.names, read.value.matrix, source, where);
  const value =
    checked.value === null ? { ...read.value, channels: read.value.names, source, conditionNumber: 1 } : checked.value;
  return { value, problems: [...read.problems, ...checked.problems] };
}

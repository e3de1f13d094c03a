import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type Compensator,
  detectCompensated,
  makeCompensator,
  matchSpillover,
  type Spillover,
  spilloverFromKeywords,
  spilloverFromTable,
} from '../compensation/index.ts';
import type { FcsFile } from '../fcs/index.ts';
import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { readCsvText } from '../tables/index.ts';
import type { Template } from '../template/index.ts';

/** A tube's matrix, and what to do with it once the values are read. */
export interface TubeCompensation {
  readonly spillover: Spillover | null;
  /** @param columns raw values of the matrix's channels, in its order */
  decide(
    columns: readonly Float64Array[],
  ): Reading<{ readonly compensator: Compensator | undefined; readonly says: string }>;
}

/**
 * The matrix that the template asks for: the file's own, one from a CSV, or none. A file that gives signs of being
 * compensated already is not compensated again; where its signs contradict each other, the author decides.
 */
export function tubeCompensation(file: FcsFile, template: Template, where: Where): Reading<TubeCompensation> {
  switch (template.compensation.kind) {
    case 'none':
      return withoutMatrix('none, as the template says', []);
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

function fromFile(file: FcsFile, where: Where): Reading<TubeCompensation> {
  const reading = spilloverFromKeywords(file.keywords, file.parameters, where);
  if (reading.value === undefined) return { value: undefined, problems: reading.problems };
  const isIdentity = reading.problems.some((one) => one.code === 'compensation.spillover-identity');
  if (reading.value === null) {
    const state = detectCompensated(
      { parameters: file.parameters, keywords: file.keywords, matrix: isIdentity ? 'identity' : 'none' },
      where,
    );
    const missing = problem('warning', 'compensation.no-matrix', 'the file holds no spillover matrix', where);
    const isSaid = isIdentity || state.verdict === 'compensated';
    return withoutMatrix('none, the file holds no matrix', [
      ...reading.problems,
      ...state.problems,
      ...(isSaid ? [] : [missing]),
    ]);
  }
  return withMatrix(file, reading.value, reading.problems, where);
}

function fromTable(file: FcsFile, path: string, where: Where): Reading<TubeCompensation> {
  // Messages and outputs never hold the folders of a machine.
  const shown = basename(path).normalize('NFC');
  const table = readCsvText(readFileSync(path), shown, []);
  if (!table.value) return { value: undefined, problems: table.problems };
  const rows = [table.value.header, ...table.value.rows.map((row) => row.cells)];
  const read = spilloverFromTable(rows, { file: shown });
  if (!read.value) return { value: undefined, problems: [...table.problems, ...read.problems] };
  const matched = matchSpillover(read.value, file.parameters, where);
  const problems = [...table.problems, ...read.problems, ...matched.problems];
  return matched.value ? withMatrix(file, matched.value, problems, where) : { value: undefined, problems };
}

function withoutMatrix(says: string, problems: readonly Problem[]): Reading<TubeCompensation> {
  const decide = () => ({ value: { compensator: undefined, says }, problems: [] });
  return { value: { spillover: null, decide }, problems };
}

function withMatrix(
  file: FcsFile,
  spillover: Spillover,
  problems: readonly Problem[],
  where: Where,
): Reading<TubeCompensation> {
  return {
    value: {
      spillover,
      decide(columns) {
        const { parameters, keywords } = file;
        const state = detectCompensated({ parameters, keywords, matrix: spillover, columns }, where);
        if (state.verdict === 'contradiction') return { value: undefined, problems: state.problems };
        const isDone = state.verdict === 'compensated';
        return {
          value: isDone
            ? { compensator: undefined, says: 'none, the file is compensated already' }
            : { compensator: makeCompensator(spillover), says: spillover.source },
          problems: state.problems,
        };
      },
    },
    problems,
  };
}

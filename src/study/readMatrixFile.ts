import { type FrozenSpillover, spilloverFromText } from '../compensation/index.ts';
import { type Problem, problem, type Where } from '../problems/index.ts';
import { decodeText } from '../tables/index.ts';
import type { Apply } from '../template/index.ts';
import { readFileOrSay } from './readFileOrSay.ts';

/** A matrix file that a template or a study names. */
interface MatrixRequest {
  /** Absolute, for opening. */
  readonly path: string;
  /** As the person wrote it. */
  readonly named: string;
  /** How messages and the record call it. */
  readonly shown: string;
  readonly apply: Apply;
  /** The place that names it. */
  readonly where: Where;
}

/** A matrix file, read once. */
export interface MatrixFile {
  readonly bytes: Uint8Array;
  readonly matrix: FrozenSpillover;
}

/** Reads a matrix once, so that every tube of a run goes by the same; what is wrong with it is told here, and once. */
export function readMatrixFile(request: MatrixRequest, problems: Problem[]): MatrixFile | undefined {
  const { path, named, shown, apply, where } = request;
  const bytes = readFileOrSay(path, named, where, problems);
  if (bytes === undefined) return undefined;
  const { text, encoding } = decodeText(bytes);
  const place = { file: shown };
  if (encoding === 'windows-1252') {
    problems.push(problem('note', 'input.encoding', 'not UTF-8; read as Windows-1252', place));
  }
  const read = spilloverFromText(text, place, apply === 'always' ? 'warned' : 'refused');
  problems.push(...read.problems);
  return read.value && { bytes, matrix: { ...read.value, matrix: [...read.value.matrix] } };
}

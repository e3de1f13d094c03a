import { matchSpillover, type Spillover, spilloverFromKeywords } from '../compensation/index.ts';
import type { FcsFile } from '../fcs/index.ts';
import type { Reading, Where } from '../problems/index.ts';
import type { Apply, Compensation } from '../template/index.ts';

/** The matrix that a tube is to be compensated with, or why there is none. */
export type TubeMatrix =
  | { readonly kind: 'matrix'; readonly from: 'file' | 'csv'; readonly apply: Apply; readonly spillover: Spillover }
  | { readonly kind: 'identity' | 'none' | 'unwanted'; readonly says: string };

/** The matrix that template or study ask for: the file's own, one from a CSV, or none. */
export function tubeMatrix(file: FcsFile, compensation: Compensation, where: Where): Reading<TubeMatrix> {
  switch (compensation.kind) {
    case 'none':
      return { value: { kind: 'unwanted', says: 'none, as was written' }, problems: [] };
    case 'matrix': {
      const { matrix: frozen, apply } = compensation;
      const written = { ...frozen, matrix: Float64Array.from(frozen.matrix) };
      const { value: spillover, problems } = matchSpillover(written, file.parameters, where);
      return { value: spillover && { kind: 'matrix', from: 'csv', apply, spillover }, problems };
    }
    case 'file':
      return fromFile(file, compensation.apply, where);
    case 'named':
      throw new Error(`the matrix "${compensation.path}" was not read with its template`);
    default: {
      const unknown: never = compensation;
      throw new Error(`unknown compensation ${JSON.stringify(unknown)}`);
    }
  }
}

function fromFile(file: FcsFile, apply: Apply, where: Where): Reading<TubeMatrix> {
  const { value: spillover, problems } = spilloverFromKeywords(file.keywords, file.parameters, where);
  if (spillover === undefined) return { value: undefined, problems };
  if (spillover !== null) return { value: { kind: 'matrix', from: 'file', apply, spillover }, problems };
  const isIdentity = problems.some((one) => one.code === 'compensation.spillover-identity');
  return { value: { kind: isIdentity ? 'identity' : 'none', says: 'none, the file holds no matrix' }, problems };
}

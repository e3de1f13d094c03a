import { Matrix, pseudoInverse, solve } from 'ml-matrix';
import type { ForeignMatrix } from '../model.ts';

/** What one fluorochrome is made of: value = Σ weight × detector. */
export type Weights = readonly { readonly detector: string; readonly weight: number }[];

/**
 * What turns detectors into fluorochromes: the inverse of a square matrix, least squares of one with more detectors, an
 * inverted one as it is.
 * @returns undefined where the matrix is singular
 */
export function matrixWeights({
  fluorochromes,
  detectors,
  rows,
  isInverted,
}: ForeignMatrix): ReadonlyMap<string, Weights> | undefined {
  const written = new Matrix(rows.map((row) => [...row]));
  const applied = isInverted ? written : inverted(written);
  if (applied === undefined || !applied.to1DArray().every(Number.isFinite)) return undefined;
  return new Map(
    fluorochromes.map((name, column) => [
      name,
      detectors.map((detector, row) => ({ detector, weight: applied.get(row, column) })),
    ]),
  );
}

/** m × n of n × m: true = observed × this. */
function inverted(matrix: Matrix): Matrix | undefined {
  if (matrix.rows !== matrix.columns) return pseudoInverse(matrix);
  try {
    return solve(matrix, Matrix.eye(matrix.rows));
  } catch (error) {
    if (error instanceof Error && /singular/i.test(error.message)) return undefined;
    throw error;
  }
}

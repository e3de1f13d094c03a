import { CholeskyDecomposition, Matrix as Dense, EigenvalueDecomposition } from 'ml-matrix';

/** Rows of a small dense matrix: a design has a handful of columns. */
export type Matrix = readonly (readonly number[])[];

/** A pivot that lost all its digits is none: the columns depend on each other. As a share of the diagonal. */
const LEAST_PIVOT = 1e-12;

/** Inverse and log determinant of a symmetric positive definite matrix; undefined where it is singular. */
export function inverted(matrix: Matrix): { inverse: number[][]; logDeterminant: number } | undefined {
  // The lower half is read; the library refuses one whose halves differ in their last bit.
  const whole = matrix.map((row, i) => row.map((value, j) => (j <= i ? value : matrix[j]![i]!)));
  const factor = new CholeskyDecomposition(new Dense(whole));
  const diagonal = factor.lowerTriangularMatrix.diag();
  if (!diagonal.every((value, i) => value ** 2 > LEAST_PIVOT * matrix[i]![i]!)) return undefined;
  return {
    inverse: factor.solve(Dense.eye(matrix.length)).to2DArray(),
    logDeterminant: diagonal.reduce((sum, value) => sum + 2 * Math.log(value), 0),
  };
}

export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function times(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => dot(row, vector));
}

/**
 * Eigenvalues and unit eigenvectors of a symmetric matrix.
 * @returns `vectors[k]` belongs to `values[k]`; in no particular order
 */
export function symmetricEigen(matrix: Matrix): { values: number[]; vectors: number[][] } {
  const found = new EigenvalueDecomposition(new Dense(matrix.map((row) => [...row])), { assumeSymmetric: true });
  return { values: found.realEigenvalues, vectors: found.eigenvectorMatrix.transpose().to2DArray() };
}

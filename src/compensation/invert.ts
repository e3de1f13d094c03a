import { LuDecomposition, Matrix } from 'ml-matrix';

/**
 * Inverse of a matrix by LU with partial pivoting, and its condition number in the 1-norm.
 * @param matrix n × n, row by row, finite
 * @returns undefined where a pivot is zero or the inverse is not finite
 */
export function invert(matrix: Float64Array): { inverse: Float64Array; conditionNumber: number } | undefined {
  const n = Math.round(Math.sqrt(matrix.length));
  const lu = new LuDecomposition(Matrix.from1DArray(n, n, matrix));
  if (lu.isSingular()) return undefined;
  const inverse = Float64Array.from(lu.solve(Matrix.eye(n)).to1DArray());
  if (!inverse.every(Number.isFinite)) return undefined;
  return { inverse, conditionNumber: norm1(matrix, n) * norm1(inverse, n) };
}

/** Greatest sum of magnitudes in a column. */
function norm1(matrix: Float64Array, n: number): number {
  let greatest = 0;
  for (let column = 0; column < n; column++) {
    let sum = 0;
    for (let row = 0; row < n; row++) sum += Math.abs(matrix[row * n + column]!);
    greatest = Math.max(greatest, sum);
  }
  return greatest;
}

/** Rows of a small dense matrix: a design has a handful of columns. */
export type Matrix = readonly (readonly number[])[];

/** Lower factor L of a symmetric positive definite matrix, A = LLᵀ; undefined where it is singular. */
export function cholesky(matrix: Matrix): number[][] | undefined {
  const n = matrix.length;
  const lower = matrix.map(() => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      // A pivot that lost all its digits is none: the columns depend on each other.
      if (i === j && sum <= 1e-12 * matrix[i]![i]!) return undefined;
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  }
  return lower;
}

/** Inverse of a symmetric positive definite matrix from its lower factor. */
export function inverseFrom(lower: Matrix): number[][] {
  const n = lower.length;
  const columns = lower.map((_, j) => {
    const x = new Array<number>(n).fill(0);
    for (let i = 0; i < n; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= lower[i]![k]! * x[k]!;
      x[i] = sum / lower[i]![i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = x[i]!;
      for (let k = i + 1; k < n; k++) sum -= lower[k]![i]! * x[k]!;
      x[i] = sum / lower[i]![i]!;
    }
    return x;
  });
  return columns;
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
 * Eigenvalues and unit eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, 8.5).
 * @returns `vectors[k]` belongs to `values[k]`; in no particular order
 */
export function symmetricEigen(matrix: Matrix): { values: number[]; vectors: number[][] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  const size = Math.sqrt(a.reduce((sum, row) => sum + dot(row, row), 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p]![q]! ** 2;
    if (Math.sqrt(off) <= 1e-16 * size) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, p, q);
  }
  return { values: a.map((row, i) => row[i]!), vectors };
}

/** One rotation that makes a[p][q] zero; changes `a` and `vectors`. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  if (a[p]![q] === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k]![p]!, a[k]![q]!];
    [a[k]![p], a[k]![q]] = [c * x - s * y, s * x + c * y];
  }
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[p]![k]!, a[q]![k]!];
    [a[p]![k], a[q]![k]] = [c * x - s * y, s * x + c * y];
    const [u, v] = [vectors[p]![k]!, vectors[q]![k]!];
    [vectors[p]![k], vectors[q]![k]] = [c * u - s * v, s * u + c * v];
  }
}

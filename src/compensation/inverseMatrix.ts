import { type Problem, problem, type Where } from '../problems/index.ts';

// Light is added, never taken away. Fitted matrices hold small negative cells from noise; in the inverse of a matrix
// nearly all the light outside the diagonal is negative.
const leastTaken = 0.02;

/**
 * A table whose cells outside the diagonal are negative taken together: a compensation matrix, which is the inverse of
 * a spillover matrix, or percentages to subtract with their sign. Used as spillover it would compensate the wrong way.
 * @param matrix n × n, row by row, row = fluorochrome
 */
export function inverseMatrix(
  channels: readonly string[],
  matrix: Float64Array,
  source: string,
  where: Where,
): Problem[] {
  const n = channels.length;
  const own = matrix[0] ?? 1;
  const others = [...matrix].filter((_, i) => i % (n + 1) !== 0);
  const taken = -others.filter((value) => value < 0).reduce((sum, value) => sum + value, 0);
  const given = others.filter((value) => value > 0).reduce((sum, value) => sum + value, 0);
  if (taken <= given || taken < leastTaken * own) return [];
  const negative = others.filter((value) => value < 0).length;
  const message = `${source}: ${negative} of ${others.length} cells outside the diagonal are negative, as in the inverse of a spillover matrix`;
  return [problem('error', 'compensation.spillover-inverse', message, where)];
}

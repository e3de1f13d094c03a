import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { parseNumber } from './parseNumber.ts';
import type { ParameterName, WrittenMatrix } from './spillover.ts';

/**
 * Reads $COMP (FCS 3.0): n, then n² numbers for all parameters in their order, without names, in fractions or percent.
 * Parameters that neither give nor take (rows and columns of the identity) are left out.
 * @returns value undefined without a problem for a text that is blank or says 0
 */
export function readUnnamedMatrix(
  text: string,
  parameters: readonly ParameterName[],
  where: Where,
): Reading<WrittenMatrix> {
  const fields = text.split(',').map((field) => field.trim());
  while (fields.at(-1) === '') fields.pop();
  if (fields.length === 0 || (fields.length === 1 && Number(fields[0]) === 0))
    return { value: undefined, problems: [] };
  const n = parameters.length;
  const refuse = (code: Problem['code'], message: string): Reading<WrittenMatrix> => ({
    value: undefined,
    problems: [problem('error', code, message, where)],
  });
  if (Number(fields[0]) !== n || fields.length !== 1 + n * n) {
    const found = `says ${fields[0]} and holds ${fields.length - 1} numbers`;
    return refuse('compensation.spillover-count', `$COMP ${found}; the ${n} parameters need ${n} and ${n * n}`);
  }
  const cells = fields.slice(1).map(parseNumber);
  const wrong = cells.indexOf(undefined);
  if (wrong >= 0) return refuse('compensation.spillover-number', `$COMP: "${fields[wrong + 1]}" is not a number`);
  const scaled = fromPercent(Float64Array.from(cells, Number), n);
  const message = '$COMP is written in percent; it was divided by 100';
  const problems = scaled.wasPercent ? [problem('warning', 'compensation.spillover-percent', message, where)] : [];
  return { value: withoutIdle(scaled.matrix, parameters), problems };
}

/** Divides by 100 where the diagonal is 100, and the off-diagonals alone where they exceed 1 over a unit diagonal. */
function fromPercent(matrix: Float64Array, n: number): { matrix: Float64Array; wasPercent: boolean } {
  const isDiagonal = (i: number): boolean => i % (n + 1) === 0;
  const isHundred = matrix.every((value, i) => !isDiagonal(i) || value === 100);
  const isUnit = matrix.every((value, i) => !isDiagonal(i) || value === 1);
  if (isHundred) return { matrix: matrix.map((value) => value / 100), wasPercent: true };
  if (isUnit && matrix.some((value, i) => !isDiagonal(i) && Math.abs(value) > 1)) {
    return { matrix: matrix.map((value, i) => (isDiagonal(i) ? value : value / 100)), wasPercent: true };
  }
  return { matrix, wasPercent: false };
}

function withoutIdle(matrix: Float64Array, parameters: readonly ParameterName[]): WrittenMatrix {
  const n = parameters.length;
  const isUnit = (at: (k: number) => number | undefined, own: number): boolean =>
    parameters.every((_, k) => at(k) === (k === own ? 1 : 0));
  const kept = parameters
    .map((_, i) => i)
    .filter((i) => !(isUnit((k) => matrix[i * n + k], i) && isUnit((k) => matrix[k * n + i], i)));
  const names = kept.map((i) => parameters[i]?.name ?? '');
  return { names, matrix: Float64Array.from(kept.flatMap((i) => kept.map((j) => matrix[i * n + j]!))) };
}

import { type Problem, problem, type Where } from '../problems/index.ts';

/**
 * Rows of a person's table that hold more light in another detector than in their own: a sign that rows were exchanged,
 * sorted, or named wrongly. One finding for the matrix.
 * @param matrix n × n, row by row, row = fluorochrome
 */
export function exchangedRows(
  channels: readonly string[],
  matrix: Float64Array,
  source: string,
  where: Where,
): Problem[] {
  const n = channels.length;
  const greatest = channels.map((_, i) => {
    const row = [...matrix.subarray(i * n, (i + 1) * n)].map(Math.abs);
    const own = matrix[i * n + i]!;
    const most = row.findIndex(
      (value, j) => j !== i && value >= own && value === Math.max(...row.filter((_v, k) => k !== i)),
    );
    return most;
  });
  const wrong = channels.map((_, i) => i).filter((i) => greatest[i]! >= 0);
  if (wrong.length === 0) return [];
  const cell = (i: number, j: number): string => `${matrix[i * n + j]}`;
  const said = wrong.map((i) => {
    const j = greatest[i]!;
    return `"${channels[i]}" gives "${channels[j]}" ${cell(i, j)} and its own detector ${cell(i, i)}`;
  });
  const message = `${source}: ${said.join('; ')}`;
  return [problem('error', 'compensation.spillover-exchanged', message, where)];
}

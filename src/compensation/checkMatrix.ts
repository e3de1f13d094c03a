import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { invert } from './invert.ts';
import type { Spillover } from './spillover.ts';

// Limits of the condition number in the 1-norm. Panels of usual dyes lie between 1 and about 20; beyond 1e6 the error
// of a value that was stored with 24 bits exceeds the value.
const conditionNoted = 10;
const conditionWarned = 100;
const conditionRefused = 1e6;

/**
 * The last look at a matrix before it is used: percent, identity, diagonal, order of magnitude, solvability.
 * @param matrix n × n, row by row, row = fluorochrome
 * @returns null for the identity: there is nothing to apply
 */
export function checkMatrix(
  channels: readonly string[],
  matrix: Float64Array,
  source: string,
  where: Where,
): Reading<Spillover | null> {
  const n = channels.length;
  const problems: Problem[] = [];
  let used = matrix;
  if (n > 0 && channels.every((_, i) => matrix[i * n + i] === 100)) {
    used = matrix.map((value) => value / 100);
    const message = `${source}: the diagonal is 100; every value was divided by 100`;
    problems.push(problem('warning', 'compensation.spillover-percent', message, where));
  }
  if (isIdentity(used, n)) {
    const message = `${source} is the identity for ${n} ${n === 1 ? 'channel' : 'channels'}; nothing is applied`;
    problems.push(problem('note', 'compensation.spillover-identity', message, where));
    return { value: null, problems };
  }
  problems.push(...diagonalProblems(channels, used, source, where), ...largeProblems(channels, used, source, where));
  const solved = invert(used);
  if (!solved || solved.conditionNumber > conditionRefused) {
    const number = solved ? `its condition number is ${solved.conditionNumber.toPrecision(3)}` : 'it is singular';
    const message = `${source} cannot be solved: ${number}${dependent(channels, used)}`;
    problems.push(problem('error', 'compensation.spillover-singular', message, where));
    return { value: undefined, problems };
  }
  const { conditionNumber } = solved;
  if (conditionNumber > conditionNoted) {
    const severity = conditionNumber > conditionWarned ? 'warning' : 'note';
    const message = `${source} has the condition number ${conditionNumber.toPrecision(3)} (1-norm)`;
    problems.push(problem(severity, 'compensation.spillover-condition', message, where));
  }
  return { value: { channels, matrix: used, source, conditionNumber }, problems };
}

/** Whether an n × n matrix, row by row, is exactly the identity. */
export function isIdentity(matrix: Float64Array, n: number): boolean {
  return matrix.every((value, i) => value === (i % (n + 1) === 0 ? 1 : 0));
}

function diagonalProblems(channels: readonly string[], matrix: Float64Array, source: string, where: Where): Problem[] {
  const n = channels.length;
  const off = channels.filter((_, i) => matrix[i * n + i] !== 1);
  if (off.length === 0) return [];
  const message = `${source}: the diagonal is not 1 for ${off.map((channel) => `"${channel}"`).join(', ')}`;
  return [problem('warning', 'compensation.spillover-diagonal', message, where)];
}

function largeProblems(channels: readonly string[], matrix: Float64Array, source: string, where: Where): Problem[] {
  const n = channels.length;
  const large: string[] = [];
  matrix.forEach((value, i) => {
    if (i % (n + 1) === 0 || Math.abs(value) <= 1) return;
    large.push(`"${channels[Math.floor(i / n)]}" into "${channels[i % n]}": ${value}`);
  });
  if (large.length === 0) return [];
  const message = `${source}: spillover above 1: ${large.join(', ')}`;
  const hint = isTransposed(matrix, n) ? 'rows and columns seem to be exchanged: a row is a fluorochrome' : undefined;
  return [problem('warning', 'compensation.spillover-large', message, where, hint)];
}

/** The diagonal is the greatest of every column, but not of every row. */
function isTransposed(matrix: Float64Array, n: number): boolean {
  let byRow = true;
  let byColumn = true;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = Math.abs(matrix[i * n + j]!);
      if (value > matrix[i * n + i]!) byRow = false;
      if (value > matrix[j * n + j]!) byColumn = false;
    }
  }
  return byColumn && !byRow;
}

/** Names two fluorochromes with the same row, the usual cause. */
function dependent(channels: readonly string[], matrix: Float64Array): string {
  const n = channels.length;
  const row = (i: number): string => matrix.subarray(i * n, (i + 1) * n).join();
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (row(i) === row(j)) return `; the rows "${channels[i]}" and "${channels[j]}" are equal`;
    }
  }
  return '';
}

import { type Problem, problem } from '../problems/index.ts';

/** Findings that concern a column and would otherwise be told for each of its cells. */
const ofColumns = /\.(?:two-readings|thousands|missing-word|excel-changed|no-value|missing-cell|no-formula-value)$/;

/**
 * The same finding in many cells of one column as one line, at the first of them, with the number of the others. Other
 * problems are left as they are, in their order.
 */
export function gatherByColumn(problems: readonly Problem[]): Problem[] {
  const gathered = new Map<string, Problem[]>();
  const keyOf = ({ code, severity, where }: Problem) => `${code} ${severity} ${where.file} ${where.column}`;
  for (const found of problems) {
    if (!ofColumns.test(found.code)) continue;
    const same = gathered.get(keyOf(found));
    if (same === undefined) gathered.set(keyOf(found), [found]);
    else same.push(found);
  }
  return problems.flatMap((found): Problem[] => {
    const same = ofColumns.test(found.code) ? (gathered.get(keyOf(found)) ?? []) : [found];
    if (same[0] !== found) return [];
    if (same.length === 1) return [found];
    const message = `${found.message}; the same in ${same.length - 1} more of the column`;
    return [problem(found.severity, found.code, message, found.where, found.hint)];
  });
}

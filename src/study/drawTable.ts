import { type DrawnCount, plannedEndpoints, type ResolvedPlan } from '../analysis/index.ts';
import { type Problem, problem, type Reading, sortProblems } from '../problems/index.ts';
import { type CsvRow, type CsvTable, columnKey, gatherByColumn, numberCell, readTable } from '../tables/index.ts';

/**
 * Counts under plausible placements from a draws.csv, for the endpoints of a plan. An endpoint without rows there has
 * none; its denominator is `parent_count`, or `n_D` for `pct_of_D`.
 */
export function readDrawTable(bytes: Uint8Array, file: string, plan: ResolvedPlan): Reading<readonly DrawnCount[]> {
  const endpoints = plannedEndpoints(plan);
  const read = readTable(bytes, { file, required: ['sample_id', 'population', 'draw', 'count'], area: 'input' });
  const table = read.value;
  if (table === undefined) return { value: undefined, problems: read.problems };
  const problems: Problem[] = [...read.problems];
  const keys = table.header.map(columnKey);
  const number = (row: CsvRow, name: string) => countCell(table, row, keys.indexOf(columnKey(name)), problems);
  const text = (row: CsvRow, name: string) => row.cells[keys.indexOf(name)] ?? '';
  const rows = table.rows.flatMap((row) => {
    const own = endpoints.filter((endpoint) => endpoint.population === text(row, 'population'));
    const draw = number(row, 'draw');
    if (own.length === 0 || draw === null) return [];
    const count = number(row, 'count');
    return own.map(({ key: endpointKey, denominator }): DrawnCount => {
      const parentCount = number(row, denominator === '' ? 'parent_count' : `n_${denominator}`);
      return { endpointKey, sampleId: text(row, 'sample_id').normalize('NFC'), draw, count, parentCount };
    });
  });
  const isSound = !problems.some((found) => found.severity === 'error');
  return { value: isSound ? rows : undefined, problems: sortProblems(gatherByColumn(problems)) };
}

function countCell(table: CsvTable, row: CsvRow, position: number, problems: Problem[]): number | null {
  if (position < 0) return null;
  const cell = numberCell(table, row, position, 'count');
  problems.push(...cell.problems);
  if (cell.kind !== 'number') return null;
  if (Number.isSafeInteger(cell.number) && cell.number >= 0) return cell.number;
  const message = `"${table.header[position]}" must be a count, found ${cell.number}`;
  const where = { file: table.file, line: row.line, column: position + 1 };
  problems.push(problem('error', 'input.out-of-range', message, where));
  return null;
}

import type { Ridges } from '../analysis/index.ts';
import { type Problem, type Reading, sortProblems } from '../problems/index.ts';
import { columnKey, gatherByColumn, numberCell, readTable } from '../tables/index.ts';

const required = ['sample_id', 'alignment', 'bin_from', 'bin_to', 'count'];

/** Events along ridges from a ridge.csv. */
export function readRidgeTable(bytes: Uint8Array, file: string): Reading<Ridges['bins']> {
  const read = readTable(bytes, { file, required, area: 'input' });
  const table = read.value;
  if (table === undefined) return { value: undefined, problems: read.problems };
  const problems: Problem[] = [...read.problems];
  const keys = table.header.map(columnKey);
  const rows = table.rows.flatMap((row) => {
    const text = (name: string) => row.cells[keys.indexOf(name)] ?? '';
    const number = (name: string) => {
      const cell = numberCell(table, row, keys.indexOf(name), 'exact');
      problems.push(...cell.problems);
      return cell.kind === 'number' ? cell.number : undefined;
    };
    const [from, to, count] = [number('bin_from'), number('bin_to'), number('count')];
    if (from === undefined || to === undefined || count === undefined) return [];
    return [{ sampleId: text('sample_id').normalize('NFC'), alignment: text('alignment'), from, to, count }];
  });
  const isSound = !problems.some((found) => found.severity === 'error');
  return { value: isSound ? rows : undefined, problems: sortProblems(gatherByColumn(problems)) };
}

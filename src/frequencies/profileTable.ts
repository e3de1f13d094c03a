import type { Profiles } from '../analysis/index.ts';
import type { TubeCounts } from '../gating/index.ts';
import { type Problem, type Reading, sortProblems } from '../problems/index.ts';
import { type CsvColumn, columnKey, gatherByColumn, numberCell, readTable } from '../tables/index.ts';

/** The parent's events of one tube in one bin of a profile. */
export interface ProfileBin {
  readonly sampleId: string;
  readonly alignment: string;
  /** u from the tube's own core; the first and the last bin hold what lies beyond. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The columns of ridge.csv in their order. */
export const profileColumns: readonly CsvColumn<ProfileBin>[] = [
  { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
  { name: 'alignment', kind: 'text' },
  { name: 'bin_from', kind: 'rounded', of: (row) => row.from },
  { name: 'bin_to', kind: 'rounded', of: (row) => row.to },
  { name: 'count', kind: 'count' },
];

/** The profiles of one tube, alignments as in the template, bins ascending, empty bins included. */
export function profileRows({ sampleId, answers }: TubeCounts): readonly ProfileBin[] {
  return answers.profiles.flatMap(({ alignment, from, binWidth, counts }) =>
    counts.map((count, bin): ProfileBin => {
      return { sampleId, alignment, from: from + bin * binWidth, to: from + (bin + 1) * binWidth, count };
    }),
  );
}

const required = ['sample_id', 'alignment', 'bin_from', 'bin_to', 'count'];

/** Events along profiles from a ridge.csv. */
export function readProfileTable(bytes: Uint8Array, file: string): Reading<Profiles['bins']> {
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

import type { TubeCounts } from '../gating/index.ts';
import type { CsvColumn } from '../tables/index.ts';

/** The parent's events of one tube in one bin along a ridge. */
export interface RidgeBin {
  readonly sampleId: string;
  readonly alignment: string;
  /** u from the tube's own core; the first and the last bin hold what lies beyond. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The columns of ridge.csv in their order. */
export const ridgeColumns: readonly CsvColumn<RidgeBin>[] = [
  { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
  { name: 'alignment', kind: 'text' },
  { name: 'bin_from', kind: 'rounded', of: (row) => row.from },
  { name: 'bin_to', kind: 'rounded', of: (row) => row.to },
  { name: 'count', kind: 'count' },
];

/** The ridges of one tube, alignments as in the template, bins ascending, empty bins included. */
export function ridgeRows({ sampleId, answers }: TubeCounts): readonly RidgeBin[] {
  return answers.ridges.flatMap(({ alignment, from, binWidth, counts }) =>
    counts.map((count, bin): RidgeBin => {
      return { sampleId, alignment, from: from + bin * binWidth, to: from + (bin + 1) * binWidth, count };
    }),
  );
}

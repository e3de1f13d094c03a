import type { Intensity, TubeCounts } from '../gating/index.ts';
import type { CsvColumn } from '../tables/index.ts';

/** One population and marker of one tube: how bright, in linear compensated units. */
export interface IntensityRow extends Intensity {
  readonly sampleId: string;
}

/** The columns of intensities.csv in their order. */
export const intensityColumns: readonly CsvColumn<IntensityRow>[] = [
  { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
  { name: 'population', kind: 'text' },
  { name: 'marker', kind: 'text' },
  { name: 'channel', kind: 'text' },
  { name: 'n', kind: 'count' },
  { name: 'median', kind: 'rounded' },
  { name: 'p25', kind: 'rounded' },
  { name: 'p75', kind: 'rounded' },
];

/** The intensities of one tube, as the template names populations and markers. */
export function intensityRows({ sampleId, answers }: TubeCounts): readonly IntensityRow[] {
  return answers.intensities.map((one) => ({ sampleId, ...one }));
}

import type { CsvColumn } from '../../tables/index.ts';
import type { ConcordanceRow } from './concordance.ts';

/** The columns of concord.csv, in their order. */
export const concordanceColumns: readonly CsvColumn<ConcordanceRow>[] = [
  { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
  { name: 'population', kind: 'text', of: (row) => row.population },
  { name: 'imported_name', kind: 'text', of: (row) => row.importedName },
  { name: 'stored_count', kind: 'count', of: (row) => row.stored },
  { name: 'flowjo_count', kind: 'count', of: (row) => row.flowjo },
  { name: 'exact_count', kind: 'count', of: (row) => row.exact },
  { name: 'difference', kind: 'count', of: (row) => difference(row.flowjo, row.stored) },
  { name: 'exact_difference', kind: 'count', of: (row) => difference(row.exact, row.stored) },
  { name: 'cause', kind: 'text', of: (row) => row.cause },
];

function difference(ours: number | null, stored: number | null): number | null {
  return ours === null || stored === null ? null : ours - stored;
}

import type { CellValue, CsvColumn } from '../tables/index.ts';
import type { Frequency, Share } from './frequency.ts';

type Kind = CsvColumn<Frequency>['kind'];

/**
 * The columns of frequencies.csv in their order.
 * @param denominators names in the order of their columns
 */
export function frequencyColumns(denominators: readonly string[]): readonly CsvColumn<Frequency>[] {
  return [
    column('sample_id', 'text', (row) => row.sampleId),
    column('subject', 'text', (row) => row.subject),
    column('visit', 'text', (row) => row.visit),
    column('visit_index', 'count', (row) => row.visitIndex),
    column('panel', 'text', (row) => row.panel),
    column('role', 'text', (row) => row.role),
    column('batch', 'text', (row) => row.batch),
    column('arm', 'text', (row) => row.arm),
    column('population', 'text', (row) => row.population),
    column('parent', 'text', (row) => row.parent),
    column('depth', 'count', (row) => row.depth),
    column('count', 'count', (row) => row.count),
    column('parent_count', 'count', (row) => row.parentCount),
    ...shareColumns('pct_parent', (row) => row.ofParent),
    ...denominators.flatMap((name) => denominatorColumns(name)),
    column('cells_per_ul', 'rounded', (row) => row.cellsPerUl),
    column('status', 'text', (row) => row.status),
    column('flags', 'text', (row) => row.flags.join(';')),
  ];
}

function denominatorColumns(name: string): readonly CsvColumn<Frequency>[] {
  const share = (row: Frequency) => (Object.hasOwn(row.of, name) ? row.of[name] : undefined);
  return [column(`n_${name}`, 'count', (row) => share(row)?.n), ...shareColumns(`pct_of_${name}`, share)];
}

function shareColumns(name: string, share: (row: Frequency) => Share | null | undefined): CsvColumn<Frequency>[] {
  return [
    column(name, 'exact', (row) => share(row)?.percent),
    column(`${name}_lo`, 'rounded', (row) => share(row)?.low),
    column(`${name}_hi`, 'rounded', (row) => share(row)?.high),
  ];
}

function column(name: string, kind: Kind, of: (row: Frequency) => CellValue): CsvColumn<Frequency> {
  return { name, kind, of };
}

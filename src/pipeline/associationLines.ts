import type { AssociationRow } from '../analysis/index.ts';

/** The planned analyses of `associations:` as a person reads them on a terminal; '' where there are none. */
export function associationLines(rows: readonly AssociationRow[]): string {
  const primary = rows.filter((row) => row.analysis === 'primary');
  const ids = [...new Set(primary.map((row) => row.association))];
  return ids
    .map((id) => {
      const own = primary.filter((row) => row.association === id);
      return `\n${id} (${own[0]?.role}, ${own[0]?.question})\n${own.map((row) => `  ${row.sentence}\n`).join('')}`;
    })
    .join('');
}

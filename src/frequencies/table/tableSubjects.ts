import { hasErrors, type Problem } from '../../problems/index.ts';
import { missingPairs, type PairedTube, similarSubjects } from '../../study/index.ts';
import { excelChangedIds } from '../../tables/index.ts';
import type { OpenTable, TableRow } from './tableCells.ts';

/**
 * What is said of a sheet's subjects, of a table's: ids that a spreadsheet has changed, one patient under two ids, and
 * who has no pair and why.
 */
export function checkSubjects(rows: readonly TableRow[], open: OpenTable): Problem[] {
  const { table, request, columns } = open;
  const { file } = table;
  const changed = ['subject', 'sample_id'].flatMap((column) => {
    const positions = columns.at(column);
    // Columns that study.yaml joins to one key are not ids by themselves.
    return positions.length === 1 ? excelChangedIds(table, positions[0] ?? 0, column) : [];
  });
  const column = columns.at('subject')[0];
  const written = rows
    .filter(({ subject }) => subject !== '')
    .map(({ subject, visit, line }) => {
      const where = { file, line, ...(column === undefined ? {} : { column: column + 1 }) };
      return { subject, visit, row: `line ${line}`, where };
    });
  const similar = similarSubjects(written, 'input.similar-subject');
  const used: PairedTube[] = rows
    .filter(({ role }) => role === 'sample')
    .map(({ subject, visit, status, values, count }) => {
      const isUsed = status === 'ok' && (count !== null || Object.values(values).some((value) => value !== null));
      return {
        role: 'sample',
        subject,
        visit,
        excluded: !isUsed,
        lostBy: status === 'ok' ? 'without a value' : status,
      };
    });
  // A subject of the sheet of whom the table says nothing is lost as well.
  const planned = (request.rows ?? []).map(
    (tube): PairedTube => ({ ...tube, excluded: true, lostBy: tube.excluded ? 'excluded' : 'not in the table' }),
  );
  // With a fault in a row, who has a pair is not known.
  if (hasErrors(open.problems) || hasErrors(similar)) return [...changed, ...similar];
  const pairs = missingPairs(request.plan, request.visits, [...used, ...planned], { file, code: 'input.missing-pair' });
  return [...changed, ...similar, ...pairs];
}

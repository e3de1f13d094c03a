import type { Visit } from '../../study/index.ts';
import { measureCell, type OpenTable, rowFrame, type TableRow } from './tableCells.ts';
import { populationColumns, rowsOf } from './wideTable.ts';

/** A column of a table with one row a patient: what it holds, and of which visit. */
interface VisitColumn {
  readonly name: string;
  readonly visit: string;
}

/**
 * The columns of a header that hold a value of one visit: `Trans_BL`, `Trans (Month 1)`, `BL Trans`; the visit by id or
 * label, behind or before the name, without case. The longest visit wins: `M12` is not `M1`.
 * @returns index -> name without the visit, and the visit's id
 */
export function visitColumns(header: readonly string[], visits: readonly Visit[]): ReadonlyMap<number, VisitColumn> {
  const names = visits
    .flatMap(({ id, label }) => [...new Set([id, label])].map((word) => ({ id, word: word.toLowerCase() })))
    .sort((a, b) => b.word.length - a.word.length);
  return new Map(
    header.flatMap((written, index): [number, VisitColumn][] => {
      for (const { id, word } of names) {
        const name = withoutVisit(written, word);
        if (name !== undefined) return [[index, { name, visit: id }]];
      }
      return [];
    }),
  );
}

function withoutVisit(written: string, word: string): string | undefined {
  const text = written.toLowerCase();
  const bare = text.endsWith(')') || text.endsWith(']') ? text.slice(0, -1) : text;
  if (bare.endsWith(word)) {
    const name = written.slice(0, bare.length - word.length);
    if (/[ _.:;|/([-]$/.test(name)) return name.replace(/[ _.:;|/([-]+$/, '') || undefined;
  }
  if (text.startsWith(word)) {
    const name = written.slice(word.length);
    if (/^[ _.:;|/-]/.test(name)) return name.replace(/^[ _.:;|/-]+/, '') || undefined;
  }
  return undefined;
}

/** One row a patient, one column a population and visit: each cell becomes a row of its own. */
export function patientRows(open: OpenTable, columns: ReadonlyMap<number, VisitColumn>): TableRow[] {
  const found = populationColumns(open, (index) => columns.get(index)?.name);
  const visits = [...new Set([...columns.values()].map(({ visit }) => visit))];
  return open.table.rows.flatMap((row) =>
    visits.flatMap((visit) => {
      const own = found.filter(({ position }) => columns.get(position)?.visit === visit);
      const frame = own.length === 0 ? undefined : rowFrame(row, open, visit);
      return frame === undefined
        ? []
        : rowsOf(frame, own, (position, measure) => measureCell(row, position, measure, open)?.value ?? null);
    }),
  );
}

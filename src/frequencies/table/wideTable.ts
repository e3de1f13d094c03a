import { problem } from '../../problems/index.ts';
import { columnKey, isMissingWord } from '../../tables/index.ts';
import { resolveReference } from '../../template/index.ts';
import { measureCell, type OpenTable, rowFrame, type TableRow } from './tableCells.ts';

/** A column of a wide table that holds one measure of one population. */
export interface PopulationColumn {
  readonly position: number;
  readonly population: string;
  readonly measure: string;
}

const ownColumns = ['subject', 'visit', 'panel', 'role', 'status', 'sample_id', 'batch', 'arm', 'date', 'flags'];

/** One row a tube, one column a population: each cell becomes a row of its own. There are no counts in such a table. */
export function wideRows(open: OpenTable): TableRow[] {
  const columns = populationColumns(open);
  return open.table.rows.flatMap((row) => {
    const frame = rowFrame(row, open);
    if (frame === undefined) return [];
    return rowsOf(frame, columns, (position, measure) => measureCell(row, position, measure, open)?.value ?? null);
  });
}

/** A row for each population, with all its measures. */
export function rowsOf(
  frame: NonNullable<ReturnType<typeof rowFrame>>,
  columns: readonly PopulationColumn[],
  valueAt: (position: number, measure: string) => number | null,
): TableRow[] {
  const byPopulation = new Map<string, Record<string, number | null>>();
  for (const { position, population, measure } of columns) {
    const values = byPopulation.get(population) ?? {};
    values[measure] = valueAt(position, measure);
    byPopulation.set(population, values);
  }
  return [...byPopulation].map(([population, values]) => ({
    ...frame,
    population,
    count: null,
    values,
    denominatorCounts: {},
  }));
}

/**
 * The columns of populations: those that the plan names (by `columns:`, by `population measure`, or by `population`
 * where the plan has one measure of it), and without families every column of numbers.
 * @param nameAt what a column is called where its header says more; undefined for one that takes no part
 */
export function populationColumns(
  open: OpenTable,
  nameAt: (index: number) => string | undefined = (index) => open.table.header[index],
): PopulationColumn[] {
  const { table, request, problems } = open;
  const taken = new Set(ownColumns.flatMap((column) => open.columns.at(column)));
  const ours = new Map(
    Object.entries(request.input.columns).flatMap(([name, theirs]) =>
      typeof theirs === 'string' ? [[columnKey(theirs), name] as const] : [],
    ),
  );
  const named = table.header.map((header, index) => {
    const own = nameAt(index) ?? '';
    return { name: ours.get(columnKey(header)) ?? ours.get(columnKey(own)) ?? own, index };
  });
  const candidates = named.filter(({ name, index }) => name !== '' && !taken.has(index));
  const ignored: string[] = [];
  const mixed: string[] = [];
  const columns = candidates.flatMap(({ name, index }): PopulationColumn[] => {
    const found = measureOf(name, open);
    const content = request.plan.families === undefined ? contentOf(index, open) : 'numbers';
    if (found !== undefined && content === 'numbers') return [{ position: index, ...found }];
    const few = found !== undefined && content === 'few numbers';
    (few ? mixed : ignored).push(`"${table.header[index]}"`);
    return [];
  });
  if (ignored.length > 0) {
    const message = `not used: ${ignored.join(', ')}`;
    problems.push(problem('note', 'input.ignored-column', message, { file: table.file, line: table.headerLine }));
  }
  if (mixed.length > 0) {
    const message = `not used, since most cells are no numbers: ${mixed.join(', ')}`;
    problems.push(problem('warning', 'input.ignored-column', message, { file: table.file, line: table.headerLine }));
  }
  return columns;
}

function measureOf(
  name: string,
  { request, measures }: OpenTable,
): { population: string; measure: string } | undefined {
  const suffix = measures.find((measure) => name.endsWith(` ${measure}`));
  const population = suffix === undefined ? name : name.slice(0, -suffix.length - 1);
  if (request.plan.families === undefined) return { population, measure: suffix ?? 'pct_parent' };
  const { families, associations = [] } = request.plan;
  const endpoints = [...families, ...associations].flatMap((one) => one.endpoints);
  const planned = endpoints.filter((endpoint) => resolveReference(endpoint.population, [population]).kind === 'one');
  const own = [...new Set(planned.map((endpoint) => endpoint.measure))];
  if (suffix !== undefined) return own.includes(suffix) ? { population, measure: suffix } : undefined;
  const [measure] = own;
  return measure !== undefined && own.length === 1 ? { population, measure } : undefined;
}

/** A number, or one with a sign that stands for "below detection": a value was meant. */
const meantAsNumber = /^[<>≤≥~≈]?\s*[+-]?[\d.,'\s]*\d[\d.,'\s]*%?$/;

/** One text in a column of numbers is a fault of its cell, never the end of the population. */
function contentOf(position: number, { table }: OpenTable): 'numbers' | 'few numbers' | 'texts' {
  const filled = table.rows
    .map((row) => row.cells[position] ?? '')
    .filter((text) => text !== '' && !isMissingWord(text));
  const numbers = filled.filter((text) => meantAsNumber.test(text));
  if (numbers.length === 0) return 'texts';
  return numbers.length * 2 >= filled.length ? 'numbers' : 'few numbers';
}

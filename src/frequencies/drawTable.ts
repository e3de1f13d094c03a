import {
  type Denominator,
  type DrawnCount,
  endpointId,
  isPartOf,
  plannedEndpoints,
  type ResolvedPlan,
} from '../analysis/index.ts';
import type { TubeCounts } from '../gating/index.ts';
import { type Problem, problem, type Reading, sortProblems } from '../problems/index.ts';
import {
  type CsvColumn,
  type CsvRow,
  type CsvTable,
  columnKey,
  gatherByColumn,
  numberCell,
  readTable,
} from '../tables/index.ts';
import { denominatorCounts } from './denominatorCount.ts';

/** One population of one tube under one plausible placement of its gate. */
export interface DrawRow {
  readonly sampleId: string;
  readonly population: string;
  /** 0: the book's own place; then the draws, each of which moved the gate in all tubes of the study. */
  readonly draw: number;
  /** null where the gate has no place. */
  readonly count: number | null;
  readonly parentCount: number | null;
  /** Denominator -> its events; only those at or above the population. They stay as placed, whatever the draw. */
  readonly of: Readonly<Record<string, number | null>>;
}

/**
 * The columns of draws.csv in their order.
 * @param denominators names in the order of their columns
 */
export function drawColumns(denominators: readonly string[]): readonly CsvColumn<DrawRow>[] {
  return [
    { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
    { name: 'population', kind: 'text' },
    { name: 'draw', kind: 'count' },
    { name: 'count', kind: 'count' },
    { name: 'parent_count', kind: 'count', of: (row) => row.parentCount },
    ...denominators.map(
      (name): CsvColumn<DrawRow> => ({
        name: `n_${name}`,
        kind: 'count',
        of: (row) => (Object.hasOwn(row.of, name) ? row.of[name] : null),
      }),
    ),
  ];
}

/**
 * The draws of one tube: populations in tree order, draws ascending.
 * @param denominators by name
 */
export function drawRows(counted: TubeCounts, denominators: Readonly<Record<string, Denominator>>): readonly DrawRow[] {
  const { sampleId, populations, answers } = counted;
  const placed = new Map(populations.map((one) => [one.population, one]));
  const wholeOf = denominatorCounts(counted);
  return answers.draws.flatMap(({ population, counts }) => {
    const parentCount = placed.get(population)?.parentCount ?? null;
    const own = Object.entries(denominators).filter(([, one]) => isPartOf(population, one));
    const of = Object.fromEntries(own.map(([name, one]) => [name, wholeOf(population, one)]));
    const itself = own.flatMap(([name, one]) => (one === population ? [name] : []));
    return counts.map((count, draw): DrawRow => {
      const drawn = Object.fromEntries(itself.map((name) => [name, count]));
      return { sampleId, population, draw, count, parentCount, of: { ...of, ...drawn } };
    });
  });
}

/**
 * The counts under plausible placements that a plan asks for, of the tubes that answer each endpoint.
 * @param panelOf the panel of a tube; undefined for one that takes no part
 */
export function drawnCounts(
  rows: readonly DrawRow[],
  plan: ResolvedPlan,
  panelOf: (sampleId: string) => string | undefined,
): readonly DrawnCount[] {
  const endpoints = plannedEndpoints(plan);
  return rows.flatMap(({ sampleId, population, draw, count, parentCount, of }) =>
    endpoints
      // A value of its own does not follow from the events of one gate.
      .filter((endpoint) => endpoint.population === population && endpoint.value === undefined)
      .filter(({ panel }) => panel === undefined || panel === panelOf(sampleId))
      .map((endpoint): DrawnCount => {
        const { denominator } = endpoint;
        const own = Object.hasOwn(of, denominator) ? (of[denominator] ?? null) : null;
        const whole = denominator === '' ? parentCount : own;
        return { endpointKey: endpointId(endpoint), sampleId, draw, count, parentCount: whole };
      }),
  );
}

/**
 * Rows of a draws.csv for the endpoints of a plan, with the denominators that these name. Other populations are not read.
 */
export function readDrawTable(bytes: Uint8Array, file: string, plan: ResolvedPlan): Reading<readonly DrawRow[]> {
  const endpoints = plannedEndpoints(plan);
  const populations = new Set(endpoints.map(({ population }) => population));
  const denominators = [...new Set(endpoints.flatMap(({ denominator }) => (denominator === '' ? [] : [denominator])))];
  const read = readTable(bytes, { file, required: ['sample_id', 'population', 'draw', 'count'], area: 'input' });
  const table = read.value;
  if (table === undefined) return { value: undefined, problems: read.problems };
  const problems: Problem[] = [...read.problems];
  const keys = table.header.map(columnKey);
  const number = (row: CsvRow, name: string) => countCell(table, row, keys.indexOf(columnKey(name)), problems);
  const text = (row: CsvRow, name: string) => row.cells[keys.indexOf(name)] ?? '';
  const rows = table.rows.flatMap((row): DrawRow[] => {
    const population = text(row, 'population');
    const draw = number(row, 'draw');
    if (!populations.has(population) || draw === null) return [];
    const of = Object.fromEntries(denominators.map((name) => [name, number(row, `n_${name}`)]));
    const sampleId = text(row, 'sample_id').normalize('NFC');
    return [{ sampleId, population, draw, count: number(row, 'count'), parentCount: number(row, 'parent_count'), of }];
  });
  const isSound = !problems.some((found) => found.severity === 'error');
  return { value: isSound ? rows : undefined, problems: sortProblems(gatherByColumn(problems)) };
}

function countCell(table: CsvTable, row: CsvRow, position: number, problems: Problem[]): number | null {
  if (position < 0) return null;
  const cell = numberCell(table, row, position, 'count');
  problems.push(...cell.problems);
  if (cell.kind !== 'number') return null;
  if (Number.isSafeInteger(cell.number) && cell.number >= 0) return cell.number;
  const message = `"${table.header[position]}" must be a count, found ${cell.number}`;
  const where = { file: table.file, line: row.line, column: position + 1 };
  problems.push(problem('error', 'input.out-of-range', message, where));
  return null;
}

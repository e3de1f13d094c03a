import type { Tube } from '../study/index.ts';
import type { ExportedRun } from './exportedRun.ts';
import { rowsOf } from './typedTable.ts';

/** One population of one tube of a patient, with every share that it is reported as. */
export interface ReportedPopulation {
  readonly tube: Tube;
  readonly population: string;
  readonly parent: string;
  readonly count: number | null;
  readonly cellsPerUl: number | null;
  /** `ok`, or why there is no value. */
  readonly status: string;
  readonly flags: string;
  /** Of the parent first, then of each named denominator; only of those that are above the population. */
  readonly shares: readonly { readonly of: string; readonly name: string; readonly percent: number | null }[];
}

/** Tubes of patients in sheet order, populations in tree order; controls take no part. */
export function reportedPopulations(run: ExportedRun): readonly ReportedPopulation[] {
  const tubes = new Map(run.planned?.tubes.map((tube) => [tube.sampleId, tube]));
  const table = run.table('frequencies');
  const denominators = table.columns.flatMap(({ name }) => (name.startsWith('n_') ? [name.slice(2)] : []));
  return rowsOf(table).flatMap((row) => {
    const tube = tubes.get(String(row.sample_id));
    if (tube === undefined || tube.role !== 'sample' || row.population === 'root') return [];
    const parent = String(row.parent);
    // Of itself it is all, and of the parent it is told already.
    const told = [String(row.population), parent].map((path) => path.split('/').at(-1));
    const named = denominators
      .filter((name) => typeof row[`n_${name}`] === 'number' && !told.includes(name))
      .map((name) => ({ of: name, name: `pct_of_${name}` }));
    const shares = [{ of: parent.split('/').at(-1) ?? parent, name: 'pct_parent' }, ...named];
    return [
      {
        tube,
        population: String(row.population),
        parent,
        count: numberOf(row.count),
        cellsPerUl: numberOf(row.cells_per_ul),
        status: String(row.status),
        flags: String(row.flags),
        shares: shares.map((share) => ({ ...share, percent: numberOf(row[share.name]) })),
      },
    ];
  });
}

function numberOf(cell: unknown): number | null {
  return typeof cell === 'number' ? cell : null;
}

const DAY_MS = 86_400_000;

/** sample_id -> days from the patient's sample at baseline; left out where either has no date. */
export function daysFromBaseline(tubes: readonly Tube[]): ReadonlyMap<string, number> {
  const baseline = new Map<string, string>();
  for (const { subject, visitIndex, date, role } of tubes) {
    if (role === 'sample' && visitIndex === 0 && subject !== null && date !== null) baseline.set(subject, date);
  }
  return new Map(
    tubes.flatMap(({ sampleId, subject, date }) => {
      const start = subject === null ? undefined : baseline.get(subject);
      if (start === undefined || date === null) return [];
      return [[sampleId, Math.round((Date.parse(date) - Date.parse(start)) / DAY_MS)] as const];
    }),
  );
}

/** Levels as text: `CD19+CD24hi`, or parted by what a standard asks for. */
export function levelText(definition: ReadonlyMap<string, string> | undefined, between = ''): string {
  return [...(definition ?? [])].map(([marker, level]) => `${marker}${level}`).join(between);
}

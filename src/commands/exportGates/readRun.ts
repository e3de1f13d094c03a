import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { PlacementBook } from '../../gating/index.ts';
import { type Problem, problem, type Reading } from '../../problems/index.ts';
import { jsonValue, readCsvText, sha256 } from '../../tables/index.ts';

const Handling = z.looseObject({
  compensated: z.boolean(),
  compensation: z.string(),
  matrix: z.looseObject({ channels: z.array(z.string()), values: z.array(z.number()) }).nullable(),
  values: z.string(),
  amplification: z.string(),
  unit_factors: z.record(z.string(), z.number()),
});
const Run = z.looseObject({
  format: z.literal('cytopair/run/1'),
  inputs: z.array(
    z.looseObject({
      role: z.string(),
      path: z.string(),
      sample_id: z.string().nullable(),
      sha256: z.string().nullable(),
    }),
  ),
  outputs: z.array(z.looseObject({ path: z.string(), sha256: z.string() })),
  tubes: z.array(
    z.looseObject({ sample_id: z.string(), status: z.string(), handling: Handling.nullable().optional() }),
  ),
});

export type TubeHandling = z.infer<typeof Handling>;

/** A tube of a run with what its gates rest on. */
export interface RunTube {
  readonly sampleId: string;
  readonly status: string;
  readonly handling: TubeHandling | undefined;
  /** As the record names it. */
  readonly path: string;
  readonly sha256: string | null;
}

export interface ReadRun {
  readonly books: readonly PlacementBook[];
  /** Hashes of the books, by which what was made of them is known again. */
  readonly placements: readonly string[];
  readonly tubes: readonly RunTube[];
  /** sample_id, then path of the population. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number | null>>;
}

/** The record, the placement books and the counts of a run; the books are those that the run wrote, by their hash. */
export function readRun(folder: string): Reading<ReadRun> {
  const refuse = (message: string): Reading<ReadRun> => ({ value: undefined, problems: [refusal(message)] });
  const record = read(folder, 'run.json');
  if (record === undefined) return refuse('the folder holds no run.json: it is no run of cytopair');
  const run = Run.safeParse(jsonValue(record));
  if (!run.success) return refuse('run.json is no record of a run of this version');
  const names = run.data.outputs.filter(({ path }) => /^placements(?:-.*)?\.json$/.test(path));
  if (names.length === 0) return refuse('the run placed no gates');
  const books: PlacementBook[] = [];
  for (const { path, sha256: written } of names) {
    const text = read(folder, path);
    if (text === undefined || sha256(text) !== written) return refuse(`"${path}" is not as the run wrote it`);
    // What its hash shows to be written by us needs no second look.
    books.push(jsonValue(text) as PlacementBook);
  }
  const files = new Map(run.data.inputs.filter(({ role }) => role === 'fcs').map((one) => [one.sample_id ?? '', one]));
  const tubes = run.data.tubes.map(({ sample_id: sampleId, status, handling }): RunTube => {
    const file = files.get(sampleId);
    return { sampleId, status, handling: handling ?? undefined, path: file?.path ?? '', sha256: file?.sha256 ?? null };
  });
  const placements = names.map((one) => one.sha256).sort();
  return { value: { books, placements, tubes, counts: countsOf(folder) }, problems: [] };
}

function refusal(message: string): Problem {
  return problem('error', 'import.no-run', message, {});
}

function read(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : undefined;
}

function countsOf(folder: string): ReadonlyMap<string, ReadonlyMap<string, number | null>> {
  const text = read(folder, 'frequencies.csv');
  const counts = new Map<string, Map<string, number | null>>();
  if (text === undefined) return counts;
  const { value: table } = readCsvText(new TextEncoder().encode(text), 'frequencies.csv', [
    'sample_id',
    'population',
    'count',
  ]);
  const [id, population, count] = ['sample_id', 'population', 'count'].map((name) => table?.header.indexOf(name) ?? -1);
  for (const { cells } of table?.rows ?? []) {
    const own = counts.get(cells[id!] ?? '') ?? new Map<string, number | null>();
    own.set(cells[population!] ?? '', cells[count!] === '' ? null : Number(cells[count!]));
    counts.set(cells[id!] ?? '', own);
  }
  return counts;
}

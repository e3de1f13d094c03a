import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { RidgeBorder, Ridges } from '../analysis/index.ts';
import { readRidgeTable, ridgeRows } from '../frequencies/index.ts';
import type { PlacementBook } from '../gating/index.ts';
import { hasErrors, type Problem, problem, type Reading } from '../problems/index.ts';
import { jsonValue } from '../tables/index.ts';
import type { Walked } from './walked.ts';

/** Of placements.json what says where a gate has its border on a ridge. */
const RidgeBook = z.object({
  alignments: z.array(z.object({ name: z.string(), fit: z.record(z.string(), z.unknown()) })),
  gates: z.array(
    z.object({ population: z.string(), align: z.string().nullable(), parameters: z.record(z.string(), z.unknown()) }),
  ),
});

/** Events along the ridges of a study that was gated. */
export function studyRidges({ tubes, panels }: Walked): Ridges {
  const bins = tubes.flatMap(({ counts }) => (counts === undefined ? [] : ridgeRows(counts)));
  return { bins, borders: panels.flatMap(({ panel, book }) => bordersOf(book, panel)) };
}

/** ridge.csv and the placement books beside a table of frequencies; no ridges where there is no table or no book. */
export function ridgesBeside(tablePath: string): Reading<Ridges> {
  const folder = dirname(tablePath);
  const books = booksBeside(tablePath);
  const table = join(folder, 'ridge.csv');
  if (!existsSync(table) || books.length === 0) return { value: { bins: [], borders: [] }, problems: [] };
  const bins = readRidgeTable(readFileSync(table), 'ridge.csv');
  const problems: Problem[] = [...bins.problems];
  const borders = books.flatMap((file) => {
    const read = RidgeBook.safeParse(jsonValue(readFileSync(join(folder, file), 'utf8')));
    if (read.success) return bordersOf(read.data, panelOf(file));
    const message = `"${file}" cannot be read as a placement book`;
    problems.push(problem('error', 'input.not-readable', message, { file }));
    return [];
  });
  if (bins.value === undefined || hasErrors(problems)) return { value: undefined, problems };
  return { value: { bins: bins.value, borders }, problems };
}

/** File names of the books beside a table: one, or one a panel. */
export function booksBeside(tablePath: string): readonly string[] {
  return readdirSync(dirname(tablePath))
    .filter((name) => /^placements(?:-.+)?\.json$/.test(name))
    .sort();
}

/** The panel that a book is named by: `placements-T.json`; empty where the study has one. */
function panelOf(file: string): string {
  return /^placements-(.+)\.json$/.exec(file)?.[1] ?? '';
}

/** The transitional gates on a ridge: their border lies a share k of the way from the core to the tip. */
function bordersOf({ alignments, gates }: z.infer<typeof RidgeBook> | PlacementBook, panel: string): RidgeBorder[] {
  return gates.flatMap(({ population, align, parameters }) => {
    const tip = alignments.find((one) => one.name === align)?.fit.tip;
    const { part, k } = parameters;
    if (align === null || part !== 'transitional' || typeof k !== 'number' || typeof tip !== 'number') return [];
    return [{ population, panel, alignment: align, border: k * tip }];
  });
}

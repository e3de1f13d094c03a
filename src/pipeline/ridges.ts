import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { ridgeRows } from '../frequencies/index.ts';
import type { PlacementBook } from '../gating/index.ts';
import { hasErrors, type Problem, problem, type Reading } from '../problems/index.ts';
import type { RidgeBorder, Ridges } from '../statistics/index.ts';
import { readRidgeTable } from '../study/index.ts';
import type { Walked } from './walk.ts';

/** Of placements.json what says where a gate has its border on a ridge. */
const RidgeBook = z.object({
  alignments: z.array(z.object({ name: z.string(), fit: z.record(z.string(), z.unknown()) })),
  gates: z.array(
    z.object({ population: z.string(), align: z.string().nullable(), parameters: z.record(z.string(), z.unknown()) }),
  ),
});

/** Events along the ridges of a study that was gated. */
export function studyRidges(walked: Walked): Ridges {
  const bins = [...walked.counts.values()].flatMap(ridgeRows);
  return { bins, borders: [...walked.books.values()].flatMap(bordersOf) };
}

/** ridge.csv and placements.json beside a table of frequencies; no ridges where one of them is not there. */
export function ridgesBeside(tablePath: string): Reading<Ridges> {
  const [table, book] = ['ridge.csv', 'placements.json'].map((name) => join(dirname(tablePath), name));
  if (!existsSync(table!) || !existsSync(book!)) return { value: { bins: [], borders: [] }, problems: [] };
  const bins = readRidgeTable(readFileSync(table!), 'ridge.csv');
  const read = RidgeBook.safeParse(parsed(readFileSync(book!, 'utf8')));
  const problems: Problem[] = [...bins.problems];
  if (!read.success) {
    const message = '"placements.json" cannot be read as a placement book';
    problems.push(problem('error', 'input.not-readable', message, { file: 'placements.json' }));
  }
  if (bins.value === undefined || !read.success || hasErrors(problems)) return { value: undefined, problems };
  return { value: { bins: bins.value, borders: bordersOf(read.data) }, problems };
}

/** The transitional gates on a ridge: their border lies a share k of the way from the core to the tip. */
function bordersOf({ alignments, gates }: z.infer<typeof RidgeBook> | PlacementBook): RidgeBorder[] {
  return gates.flatMap(({ population, align, parameters }) => {
    const tip = alignments.find((one) => one.name === align)?.fit.tip;
    const { part, k } = parameters;
    if (align === null || part !== 'transitional' || typeof k !== 'number' || typeof tip !== 'number') return [];
    return [{ population, alignment: align, border: k * tip }];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

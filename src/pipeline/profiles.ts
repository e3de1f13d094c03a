import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { ProfileBorder, Profiles } from '../analysis/index.ts';
import { profileRows, readProfileTable } from '../frequencies/index.ts';
import type { PlacementBook } from '../gating/index.ts';
import { borderOnProfile } from '../placement/index.ts';
import { hasErrors, type Problem, problem, type Reading } from '../problems/index.ts';
import { jsonValue } from '../tables/index.ts';
import type { Walked } from './walked.ts';

/** Of placements.json what says where a gate cuts the profile of its alignment. */
const Book = z.object({
  alignments: z.array(z.object({ name: z.string(), fit: z.record(z.string(), z.unknown()) })),
  gates: z.array(
    z.object({
      population: z.string(),
      align: z.string().nullable(),
      method: z.string(),
      parameters: z.record(z.string(), z.unknown()),
    }),
  ),
});

type Book = z.infer<typeof Book>;

/** Events along the profiles of a study that was gated. */
export function studyProfiles({ tubes, panels }: Walked): Profiles {
  const bins = tubes.flatMap(({ counts }) => (counts === undefined ? [] : profileRows(counts)));
  return { bins, borders: panels.flatMap(({ panel, book }) => bordersOf(book, panel)) };
}

/** ridge.csv and the placement books beside a table of frequencies; no profiles where there is no table or no book. */
export function profilesBeside(tablePath: string): Reading<Profiles> {
  const folder = dirname(tablePath);
  const books = booksBeside(tablePath);
  const table = join(folder, 'ridge.csv');
  if (!existsSync(table) || books.length === 0) return { value: { bins: [], borders: [] }, problems: [] };
  const bins = readProfileTable(readFileSync(table), 'ridge.csv');
  const problems: Problem[] = [...bins.problems];
  const borders = books.flatMap((file) => {
    const read = Book.safeParse(jsonValue(readFileSync(join(folder, file), 'utf8')));
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

/** The gates that cut the profile of their alignment. */
function bordersOf({ alignments, gates }: Book | PlacementBook, panel: string): ProfileBorder[] {
  return gates.flatMap(({ population, align, method, parameters }) => {
    const fit = alignments.find((one) => one.name === align)?.fit;
    if (align === null || fit === undefined) return [];
    const border = borderOnProfile({ method, parameters }, fit);
    return border === undefined ? [] : [{ population, panel, alignment: align, border }];
  });
}

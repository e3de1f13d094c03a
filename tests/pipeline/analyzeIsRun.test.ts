import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analyze, run } from '../../src/pipeline/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { ownFolder } from '../cli/cytopair.ts';
import { type StudyRecipe, writeGeneratedStudy } from './generatedStudy.ts';

const options = { threads: 0, quiet: true, fresh: true, membership: false, signal: new AbortController().signal };
const tables = ['comparisons.csv', 'pairs.csv', 'visits.csv', 'associations.csv', 'ridge_effects.csv', 'table_one.csv'];

/** Whole studies, from FCS files to tables, take seconds each: few in every run of the suite, as many as wished by hand. */
const wholeRuns = Number(process.env.CYTOPAIR_STUDIES ?? 20);

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove(), 120_000);

const some = fc.uniqueArray(fc.nat(25), { maxLength: 3 });
const recipes: fc.Arbitrary<StudyRecipe> = fc.record({
  seed: fc.nat(1_000_000),
  panelCount: fc.integer({ min: 1, max: 3 }),
  subjectCount: fc.integer({ min: 3, max: 4 }),
  visits: fc.constantFrom(['BL', 'M1'], ['BL', 'M1', 'M3']),
  missing: some,
  excluded: some,
  damaged: fc.uniqueArray(fc.nat(25), { maxLength: 2 }),
  controls: fc.uniqueArray(fc.nat(25), { maxLength: 1 }),
  small: some,
  answering: fc.nat(2),
  hasCells: fc.boolean(),
  hasArms: fc.boolean(),
  hasBackground: fc.boolean(),
});

/** The first line in which two tables differ, as both have it. */
function firstDifference(one: string | null, other: string | null): readonly string[] | undefined {
  if (one === other) return undefined;
  const [mine, theirs] = [(one ?? 'no table').split('\n'), (other ?? 'no table').split('\n')];
  const at = mine.findIndex((line, i) => line !== theirs[i]);
  return [mine[at] ?? 'no line', theirs[at] ?? 'no line'];
}

/** The tables of both commands, by name. */
async function bothWays(recipe: StudyRecipe, name: string): Promise<[string, string | null, string | null][]> {
  const study = writeGeneratedStudy(join(folder.path, name), recipe);
  const [ran, again] = [join(folder.path, name, 'ran'), join(folder.path, name, 'again')];
  const first = await run(study, { ...options, out: ran });
  if (first.exit !== 0 && first.exit !== 3) throw new Error(first.problems.map(printProblem).join('\n'));
  const second = await analyze(join(ran, 'frequencies.csv'), study, { ...options, out: again });
  if (second.exit !== 0) throw new Error(second.problems.map(printProblem).join('\n'));
  const text = (out: string, table: string) =>
    existsSync(join(out, table)) ? readFileSync(join(out, table), 'utf8') : null;
  return tables.map((table) => [table, text(ran, table), text(again, table)]);
}

describe('analyze of the frequencies that run wrote', () => {
  it('gives the same bytes for whole studies of one to three panels, with tubes missing, excluded, damaged or small', async () => {
    let studies = 0;
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(recipes, async (recipe) => {
        for (const [table, ran, again] of await bothWays(recipe, `s${studies++}`)) {
          expect(firstDifference(ran, again), table).toBeUndefined();
          rows += (ran ?? '').split('\n').length;
        }
      }),
      { numRuns: wholeRuns, endOnFailure: true },
    );
    expect(studies).toBeGreaterThanOrEqual(wholeRuns);
    expect(rows).toBeGreaterThan(wholeRuns * 50);
  }, 900_000);
});

describe('a study of two panels that share populations', () => {
  const two: StudyRecipe = {
    seed: 5,
    panelCount: 2,
    subjectCount: 3,
    visits: ['BL', 'M1'],
    missing: [],
    excluded: [],
    damaged: [],
    controls: [],
    small: [],
    answering: 1,
    hasCells: false,
    hasArms: false,
    hasBackground: false,
  };

  it('runs nothing where the plan does not say whose tubes answer, and names panel and place', async () => {
    const study = writeGeneratedStudy(join(folder.path, 'two'), two);
    writeFileSync(study, readFileSync(study, 'utf8').replaceAll(/, panel: [AB]|\n {4}panel: [AB]/g, ''));
    const ended = await run(study, { ...options, out: join(folder.path, 'out') });
    expect(ended.exit).toBe(2);
    const words = ended.problems.filter(({ code }) => code === 'stats.ambiguous-panel').map(printProblem);
    expect(words[0]).toMatch(
      /^study\.yaml:\d+:\d+: error .*"Cells\/Bright pct_of_Cells" could be answered by panels "A" and "B" \(write panel: A, or the other/,
    );
    expect(words.some((line) => line.includes('association "course"'))).toBe(true);
  });

  it('compares, draws and lists siblings of the panel that answers, and says which', async () => {
    const study = writeGeneratedStudy(join(folder.path, 'two'), two);
    const out = join(folder.path, 'out');
    expect((await run(study, { ...options, out })).exit).toBe(0);
    const table = (name: string) =>
      parse<Record<string, string>>(readFileSync(join(out, name), 'utf8'), { columns: true });
    const shares = new Map(
      table('frequencies.csv').map((row) => [`${row.sample_id} ${row.population}`, [row.panel, row.pct_of_Cells]]),
    );
    const pairs = table('pairs.csv').filter(
      (row) => row.endpoint === 'Cells/Bright pct_of_Cells' && row.family === 'main',
    );
    expect(pairs).toHaveLength(3);
    for (const row of pairs) {
      expect(row.panel).toBe('B');
      expect(shares.get(`${row.sample_from} Cells/Bright`)).toEqual(['B', row.pct_from]);
    }
    expect(table('siblings.csv').every((row) => Number(row.n_pairs) === 3)).toBe(true);
    expect(new Set(table('visits.csv').map((row) => row.panel))).toEqual(new Set(['A', 'B']));
    expect(
      readdirSync(join(out, 'figures')).filter((name) => /-(A|B)-Bright-/.test(name)).length,
    ).toBeGreaterThanOrEqual(2);
  });
});

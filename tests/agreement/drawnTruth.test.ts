import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { planCohort } from '../../samples/cohort.ts';
import { writeCohort } from '../../samples/writeCohort.ts';
import { cytopair, ownFolder, tinyStudy } from '../cli/cytopair.ts';

// A drawn trial has a true label for every event. The study runs as a person runs it; its table is then held against
// truth/populations.csv, which no command reads.

const folder = ownFolder();
afterAll(() => folder.remove());

/** Populations of the shipped template, root apart. */
const populationCount = 17;

/** Key of tube and population -> the named column, where it has a value. */
function columnOf(table: string, name: string): Map<string, number> {
  const [header = '', ...lines] = readFileSync(table, 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  const [sample, population, value] = ['sample_id', 'population', name].map((column) => names.indexOf(column));
  const rows = lines.map((line) => line.split(','));
  return new Map(
    rows.flatMap((cells) => {
      const cell = cells[value ?? -1] ?? '';
      return cell === '' ? [] : [[`${cells[sample ?? -1]} ${cells[population ?? -1]}`, Number(cell)] as const];
    }),
  );
}

/** Counts that lie farther from the truth than 10 % and 3 Poisson standard deviations, and how many were compared. */
function compare(run: string, study: string): { far: string[]; compared: number } {
  const counts = columnOf(join(run, 'frequencies.csv'), 'count');
  const truth = columnOf(join(study, 'truth', 'populations.csv'), 'count');
  const shared = [...truth].filter(([key]) => counts.has(key));
  const far = shared.flatMap(([key, expected]) => {
    const count = counts.get(key) ?? Number.NaN;
    const isNear = Math.abs(count - expected) <= Math.max(0.1 * expected, 3 * Math.sqrt(expected));
    return isNear ? [] : [`${key}: ${count} for ${expected}`];
  });
  return { far, compared: shared.length };
}

async function runOf(study: string, out: string): Promise<string> {
  const path = join(folder.path, out);
  const ended = await cytopair(['run', join(study, 'study.yaml'), '--out', path, '--threads', '0', '--quiet']);
  expect(ended.exit, ended.stderr).toBe(0);
  return path;
}

describe('every population of every tube is within 10 % or 3 Poisson SD of its drawn truth', () => {
  it('in the tiny study: 16 tubes of 4,000 events', async () => {
    const { far, compared } = compare(await runOf(tinyStudy, 'tiny'), tinyStudy);
    expect(far).toEqual([]);
    expect(compared).toBe(16 * populationCount);
  });

  it('at the size of the demo: tubes of 30,000 events of BL and M1, and both regulatory subsets rise', async () => {
    const study = join(folder.path, 'cohort');
    const effect = { transitional: 2.2, memoryReg: 1.8 };
    const design = { mode: 'islands', seed: 912, eventCount: 30_000, visits: ['BL', 'M1'], effect, shift: {} } as const;
    expect(writeCohort(planCohort(design), study, 'synthetic')).toBeUndefined();
    const run = await runOf(study, 'run');
    const { far, compared } = compare(run, study);
    expect(far).toEqual([]);
    expect(compared).toBe(16 * populationCount);
    const sentences = readFileSync(join(run, 'comparisons.csv'), 'utf8');
    for (const name of ['CD24hiCD38hi', 'CD27+CD38lo-CD24hi'])
      expect(sentences).toContain(`${name} rose from BL to M1`);
  });
});

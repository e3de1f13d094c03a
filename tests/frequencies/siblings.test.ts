import { describe, expect, test } from 'vitest';
import { PlanSchema, resolvePlan } from '../../src/analysis/index.ts';
import { absoluteProblems, type Frequency, siblingTable } from '../../src/frequencies/index.ts';
import { eventsNeeded } from '../../src/statistics/index.ts';

const names = ['L', 'L/B', 'L/B/Tr', 'L/B/Naive'];
const denominators = { L: 'L', B: 'L/B' };

/** 1,000 B with 50 transitional and 650 naive; then half of the naive gone and nothing else. */
function rowsOf(subject: string, visit: string, counts: readonly number[]): Frequency[] {
  return names.map((population, i): Frequency => {
    const parent = population.split('/').slice(0, -1).join('/') || 'root';
    const count = counts[i] ?? 0;
    const share = (of: string) => {
      const n = of === 'root' ? 10_000 : (counts[names.indexOf(of)] ?? 0);
      return { n, percent: (100 * count) / n, low: null, high: null };
    };
    const within = (of: string) => population === of || population.startsWith(`${of}/`);
    const of = Object.fromEntries(
      Object.entries(denominators).flatMap(([name, path]) => (within(path) ? [[name, share(path)]] : [])),
    );
    return {
      sampleId: `${subject}_${visit}`,
      subject,
      visit,
      visitIndex: visit === 'BL' ? 0 : 1,
      panel: '',
      role: 'sample',
      batch: '',
      arm: '',
      population,
      parent,
      depth: population.split('/').length,
      count,
      parentCount: share(parent).n,
      ofParent: share(parent),
      of,
      cellsPerUl: count / 10,
      status: subject === 'P9' && visit === 'M1' ? 'not_evaluable' : 'ok',
      flags: [],
    };
  });
}

const plan = resolvePlan(
  PlanSchema.parse({
    comparisons: [{ id: 'c', from: 'BL', to: 'M1' }],
    families: [{ id: 'f', role: 'primary', comparison: 'c', endpoints: [{ population: 'B/Tr', measure: 'pct_of_B' }] }],
  }),
  { visits: [{ id: 'BL' }, { id: 'M1' }], populations: names, denominators },
).value;

describe('the table beside a primary endpoint', () => {
  const frequencies = ['P1', 'P2', 'P9'].flatMap((subject) => [
    ...rowsOf(subject, 'BL', [5000, 1000, 50, 650]),
    ...rowsOf(subject, 'M1', [4675, 675, 50, 325]),
  ]);

  test('shows that a share rose because a sibling fell, and no cell was gained', () => {
    if (plan === undefined) throw new Error('no plan');
    const rows = siblingTable(frequencies, plan);
    const told = rows.map(({ relation, population, measure, n_pairs, n_up, n_down }) => {
      return [relation, population, measure, n_pairs, n_up, n_down];
    });
    expect(told).toEqual([
      ['endpoint', 'L/B/Tr', 'pct_of_B', 2, 2, 0],
      ['measure', 'L/B/Tr', 'pct_parent', 2, 2, 0],
      ['measure', 'L/B/Tr', 'pct_of_L', 2, 2, 0],
      ['measure', 'L/B/Tr', 'cells_per_ul', 2, 0, 0],
      ['sibling', 'L/B/Naive', 'pct_of_B', 2, 0, 2],
    ]);
    expect(rows[0]).toMatchObject({ median_from: 5, visit_from: 'BL', visit_to: 'M1', family: 'f' });
    expect(rows[0]?.median_ratio).toBeCloseTo(1000 / 675, 12);
    expect(rows[3]?.median_ratio).toBe(1);
  });
});

describe('events still needed', () => {
  test('are those of 25(1 − p), and as many parents as bring them', () => {
    // 10 of 1,000: ⌈25 · .99⌉ − 10 = 15, at 1 % of 1,500 more parents.
    expect(eventsNeeded(10, 1000)).toEqual({ events: 15, parents: 1500 });
    expect(eventsNeeded(25, 1000)).toEqual({ events: 0, parents: 0 });
    expect(eventsNeeded(0, 1000)).toEqual({ events: 25, parents: null });
    expect(eventsNeeded(100, 100_000, 0.1)).toEqual({ events: 0, parents: 0 });
    expect(eventsNeeded(0, 0)).toBeUndefined();
  });
});

describe('tubes without cells per µL', () => {
  const rule = { method: 'dual', column: 'lymphocytes_per_ul', of: 'L' } as const;
  const two = [...rowsOf('P1', 'BL', [500, 100, 5, 65]), ...rowsOf('P2', 'BL', [500, 100, 5, 65])];

  test('are named in one warning that says which column to fill', () => {
    const lacking = two.map((row) => (row.subject === 'P2' ? { ...row, cellsPerUl: null } : row));
    const [found, ...others] = absoluteProblems(lacking, rule);
    expect(found?.message).toBe('1 of 2 tubes have no cells per µL: "P2_BL"');
    expect(found?.hint).toContain('lymphocytes_per_ul');
    expect(others).toEqual([]);
  });

  test('are no matter where nobody asked for cells', () => {
    expect(
      absoluteProblems(
        two.map((row) => ({ ...row, cellsPerUl: null })),
        undefined,
      ),
    ).toEqual([]);
    expect(absoluteProblems(two, rule)).toEqual([]);
  });
});

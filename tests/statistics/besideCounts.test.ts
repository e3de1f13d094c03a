import { describe, expect, test } from 'vitest';
import { analyze, type Observation } from '../../src/analysis/index.ts';
import { breg, change, comparisons, counts, planOf, subjects, tubesOf, visits } from './madeUpStudy.ts';

const plan = planOf({ comparisons, families: [{ ...change, sensitivity: ['absolute', 'with_not_evaluable'] }] });
const both = tubesOf(breg, { BL: counts.BL, M1: counts.M1 });

function rowsOf(observations: readonly Observation[]) {
  const { comparisons: rows } = analyze({ study: 's', seed: 1, visits, plan, subjects, observations });
  return new Map(rows.map((row) => [row.analysis, row]));
}

describe('analyses beside the planned one', () => {
  test('in cells per µL the same share of fewer B cells is no rise', () => {
    // Cells as if naive cells had gone: the share rises, the number of cells stays.
    const rows = rowsOf(both.map((one) => ({ ...one, absolute: one.visit === 'BL' ? 10 : 10 * 0.98 })));
    expect(rows.get('primary')).toMatchObject({ n_up: 7, reject: true });
    expect(rows.get('absolute')).toMatchObject({ n_pairs: 8, n_up: 0, n_down: 8, scale: 'log-ratio', status: 'ok' });
    expect(rows.get('absolute')?.ratio).toBeCloseTo(0.98, 9);
    expect(rows.get('absolute')?.counting_share).toBeNull();
  });

  test('only the patients whose tubes have cells per µL take part; where none has, it is not computed', () => {
    const some = both.map((one) => ({ ...one, absolute: one.subject < 'P05' ? 5 : null }));
    expect(rowsOf(some).get('absolute')).toMatchObject({ n_pairs: 4 });
    expect(rowsOf(both).get('absolute')).toMatchObject({ status: 'not_estimable', reason: 'not_computed', p: null });
  });

  test('tubes with too few parents come back by their counts, and only in that row', () => {
    const poor = both.map((one) =>
      one.subject === 'P07' && one.visit === 'BL'
        ? { ...one, status: 'not_evaluable' as const, reason: 'not_evaluable', percent: null }
        : one,
    );
    const rows = rowsOf(poor);
    expect(rows.get('primary')).toMatchObject({ n_pairs: 7, n_missing: 1 });
    expect(rows.get('with_not_evaluable')).toMatchObject({ n_pairs: 8 });
    expect(rows.get('with_not_evaluable')?.p).toBe(rowsOf(both).get('primary')?.p);
  });
});

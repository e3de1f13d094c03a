import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { analyze, type Observation, PlanSchema, resolvePlan } from '../../src/analysis/index.ts';
import { type AnalysisInput, endpointKey } from '../../src/analysis/tools.ts';
import { signFlipTest } from '../../src/statistics/index.ts';
import { type Vector, VectorFile } from './compareVector.ts';
import { breg, comparisons, counts, populations, study, subjects, tubesOf, visits } from './madeUpStudy.ts';

const file = VectorFile.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'stat_vectors.json'), 'utf8')),
);
const vector = (id: string): Vector => {
  const found = file.vectors.find((one) => one.id === id);
  if (!found) throw new Error(`no vector ${id}`);
  return found;
};
const numbers = (id: string, name: string): number[] => {
  const list = vector(id).input[name];
  return Array.isArray(list) ? list.map(Number) : [];
};

type Source = NonNullable<z.input<typeof PlanSchema>['associations']>[number];
const endpoints = [{ population: 'B/CD24hiCD38hi', measure: 'pct_of_B' }];
const facts = { visits, populations, denominators: { B: 'Live/B', Live: 'Live' } };

function planOf(associations: Source[], known = facts, others = comparisons) {
  const reading = resolvePlan(PlanSchema.parse({ comparisons: others, families: [], associations }), known);
  if (!reading.value) throw new Error(reading.problems.map((found) => found.message).join('; '));
  return reading.value;
}

const rowsOf = (association: Source, parts: Partial<AnalysisInput> = {}) =>
  analyze(study({ plan: planOf([association]), ...parts })).associations;

/** Percentages without counts, one list a visit. */
function percents(by: Readonly<Record<string, readonly number[]>>, arms: readonly string[] = []): Observation[] {
  return Object.entries(by).flatMap(([visit, values]) =>
    values.map((percent, i): Observation => {
      const subject = `P${String(i + 1).padStart(2, '0')}`;
      const shared = { subject, visit, endpointKey: breg, sampleId: `${subject}_${visit}` } as const;
      const counted = { count: null, parentCount: null, status: 'ok', reason: '', flags: [] } as const;
      return { ...shared, ...counted, percent, arm: arms[i] ?? '' };
    }),
  );
}
const everyone = (n: number) => Array.from({ length: n }, (_, i) => `P${String(i + 1).padStart(2, '0')}`);

describe('correlation of a change with a covariate', () => {
  const [dB, dS] = [numbers('spearman.exact', 'dB'), numbers('spearman.exact', 'dS')];
  const observations = percents({ BL: dB.map(() => 10), M1: dB.map((value) => 10 + value) });
  const covariates = dS.flatMap((value, i) => [
    { subject: subjects[i] ?? '', visit: 'BL', name: 'SLEDAI', value: 12 },
    { subject: subjects[i] ?? '', visit: 'M1', name: 'SLEDAI', value: 12 + value },
  ]);
  const asked = {
    id: 'benefit',
    question: 'correlation',
    comparison: 'M1-BL',
    with: 'SLEDAI',
    scale: 'percent',
    endpoints,
  } as const;

  test('is the exact one of the vectors, Spearman and Kendall', () => {
    const [spearman] = rowsOf(asked, { observations, covariates });
    expect(spearman).toMatchObject({ p_count: 292, p_total: 40320, n: 8, method: 'exact-enumeration', reject: null });
    expect(spearman?.estimate).toBeCloseTo(-0.880952380952381, 12);
    const [kendall] = rowsOf({ ...asked, method: 'kendall' }, { observations, covariates });
    expect(kendall).toMatchObject({ statistic: -22, p_count: 222, p: 222 / 40320 });
    expect(spearman?.sentence).toBe(
      'The change of CD24hiCD38hi from BL to M1 went against that of SLEDAI: Spearman ρ = -0.88 in 8 patients; Spearman permutation p = 0.0072 (292 of 40320), not adjusted.',
    );
  });

  test('patients without the covariate stay out, and tubes that contradict each other count as without', () => {
    const some = covariates.filter((one) => one.subject !== 'P01');
    const twice = [...some, { subject: 'P02', visit: 'M1', name: 'SLEDAI', value: 99 }];
    expect(rowsOf(asked, { observations, covariates: twice })[0]).toMatchObject({ n: 6, n_missing: 2 });
    expect(rowsOf(asked, { observations })[0]).toMatchObject({
      status: 'not_estimable',
      reason: 'no_covariate',
      p: null,
    });
    const constant = covariates.map((one) => ({ ...one, value: 3 }));
    expect(rowsOf(asked, { observations, covariates: constant })[0]).toMatchObject({ reason: 'constant' });
  });

  test('a strictly growing scale of the covariate changes nothing', () => {
    const property = fc.property(fc.integer({ min: 1, max: 9 }), (power) => {
      const bent = covariates.map((one) => ({
        ...one,
        value: one.visit === 'BL' ? 0 : (Number(one.value) / 10) ** power,
      }));
      const plain = covariates.map((one) => ({ ...one, value: one.visit === 'BL' ? 0 : Number(one.value) / 10 }));
      const [a, b] = [bent, plain].map((values) => rowsOf(asked, { observations, covariates: values })[0]);
      expect(a?.p).toBe(b?.p);
      expect(a?.estimate).toBeCloseTo(b?.estimate ?? 9, 12);
    });
    fc.assert(property, { numRuns: 5 });
  });

  test('a covariate that the study does not have is named', () => {
    const known = { ...facts, covariates: { dose: 'text' as const, SLEDAI: 'number' as const } };
    expect(() => planOf([{ ...asked, with: 'SLEDAY' }], known)).toThrow('number covariate "SLEDAY" is not known');
    expect(() => planOf([{ ...asked, with: 'dose' }], known)).toThrow('number covariate "dose" is not known');
  });
});

describe('two groups', () => {
  const [placebo, active] = [numbers('mwu.exact', 'placebo'), numbers('mwu.exact', 'active')];
  const change = [...placebo, ...active];
  const arms = change.map((_, i) => (i < placebo.length ? 'placebo' : 'active'));
  const observations = percents({ BL: change.map(() => 10), M1: change.map((value) => 10 + value) }, arms);
  const input = { observations, subjects: everyone(15) };
  const asked = { id: 'arms', question: 'groups', comparison: 'M1-BL', reference: 'placebo', endpoints } as const;

  test('are compared by the exact Mann–Whitney test of their changes, with the shift and its achieved level', () => {
    const [row] = rowsOf({ ...asked, scale: 'percent' }, input);
    expect(row).toMatchObject({ statistic: 48, p_count: 132, p_total: 6435, n_from: 7, n_to: 8, group_to: 'active' });
    expect(row?.estimate).toBeCloseTo(2.9, 12);
    expect([row?.ci_low, row?.ci_high]).toEqual([expect.closeTo(0.4, 12), expect.closeTo(4.6, 12)]);
    expect(row?.ci_level).toBeCloseTo(0.9599067599, 9);
    expect(row?.sentence).toContain(
      'was higher in active than in placebo: shift +2.90 (96.0 % interval +0.40 to +4.60)',
    );
  });

  test('exchanged, the shift turns its sign and p stays', () => {
    const [there, back] = ['placebo', 'active'].map(
      (reference) => rowsOf({ ...asked, scale: 'percent', reference }, input)[0],
    );
    expect(back?.p).toBe(there?.p);
    expect(back?.estimate).toBeCloseTo(-(there?.estimate ?? 0), 12);
    expect(back?.ci_low).toBeCloseTo(-(there?.ci_high ?? 0), 12);
  });

  test('by covariance equal the vector, with permuted groups beside it', () => {
    const [bl, m1, arm] = ['bl', 'm1', 'arm'].map((name) => numbers('ancova', name));
    const shares = (logs: readonly number[] = []) => logs.map((value) => 100 * Math.exp(value - 5));
    const labels = arm?.map((one) => (one === 1 ? 'active' : 'placebo')) ?? [];
    const rows = rowsOf(
      { ...asked, method: 'ancova' },
      { observations: percents({ BL: shares(bl), M1: shares(m1) }, labels), subjects: everyone(15) },
    );
    expect(rows[0]?.estimate).toBeCloseTo(0.7065261833128469, 10);
    expect(rows[0]?.p).toBeCloseTo(4.292971432698271e-5, 12);
    expect(rows[0]?.ratio_low).toBeCloseTo(Math.exp(0.45998686150137286), 9);
    // C(15, 7) allocations, each counted.
    expect(rows[1]).toMatchObject({ analysis: 'permuted_groups', status: 'ok', p_total: 6435 });
    expect(rows[1]?.p).toBeLessThan(0.002);
  });

  test('three groups, or one, have no contrast', () => {
    const one = observations.map((tube) => ({ ...tube, arm: 'active' }));
    expect(rowsOf(asked, { ...input, observations: one })[0]).toMatchObject({ reason: 'not_two_groups', p: null });
  });

  test('5 against 3 patients cannot fall below 2/56', () => {
    const dose = (i: number) => (i < 5 ? 'low' : 'high');
    const values = [1, 2, 3, 4, 5, 10, 11, 12];
    const rows = percents({ BL: values.map(() => 1), M1: values.map((value) => 1 + value) });
    const covariates = values.map((_, i) => ({
      subject: subjects[i] ?? '',
      visit: 'BL',
      name: 'dose',
      value: dose(i),
    }));
    const [row] = rowsOf(
      { id: 'dose', question: 'groups', comparison: 'M1-BL', by: 'dose', scale: 'percent', endpoints },
      { observations: rows, covariates },
    );
    expect(row).toMatchObject({ p: 2 / 56, p_min_attainable: 2 / 56, with: 'dose', group_from: 'high' });
  });
});

describe('responders', () => {
  const asked = {
    id: 'resp',
    question: 'responders',
    comparison: 'M1-BL',
    ratio: 1.5,
    again: 'M6-BL',
    endpoints,
  } as const;
  const both = [...comparisons, { id: 'M6-BL', from: 'BL', to: 'M6' }];
  const rows = () => analyze(study({ plan: planOf([asked], facts, both) })).associations;

  test('7 of 8 rose by half, and none was there again at month 6', () => {
    const [share, again] = rows();
    // Clopper–Pearson of 7 of 8: 47.3 to 99.7 %.
    expect(share).toMatchObject({ k_from: 7, n_from: 8, estimate: 0.875, ci_level: 0.95 });
    expect([share?.ci_low, share?.ci_high]).toEqual([expect.closeTo(0.4735, 4), expect.closeTo(0.9968, 4)]);
    expect(again).toMatchObject({ test: 'mcnemar', k_from: 7, k_to: 0, p: 2 / 128 });
  });

  test('need counts to be beyond counting error', () => {
    const observations = percents({ BL: [4, 5], M1: [8, 9] });
    const plain = { ...asked, again: undefined };
    expect(rowsOf(plain, { observations })[0]).toMatchObject({ status: 'not_estimable', reason: 'no_counts' });
    expect(rowsOf({ ...plain, beyond_counting: false }, { observations })[0]).toMatchObject({ k_from: 2, n_from: 2 });
  });
});

describe('the composition of a compartment', () => {
  const asked = { id: 'B', question: 'composition', comparison: 'M1-BL', endpoints } as const;

  test('of one part and the rest is the sign-flip test of the log odds', () => {
    const [row, part, rest] = rowsOf(asked);
    const odds = (visit: 'BL' | 'M1') =>
      counts[visit].k.map((k, i) => Math.log((k + 0.5) / ((counts[visit].n[i] ?? 0) - k + 0.5)));
    const values = odds('M1').map((value, i) => value - (odds('BL')[i] ?? 0));
    const flip = signFlipTest({ values, tolerance: 1e-9, alternative: 'two-sided', zeroHandling: 'wilcoxon' });
    expect(row).toMatchObject({
      p: flip.status === 'ok' ? flip.p : 9,
      p_total: 256,
      scale: 'clr',
      zero_rule: 'half_event',
    });
    // Two centred log ratios are ± half the log odds; their length is log odds / √2.
    const mean = values.reduce((sum, value) => sum + value, 0) / 8;
    expect(row?.estimate).toBeCloseTo(mean / Math.SQRT2, 10);
    expect(part?.estimate).toBeCloseTo(mean / 2, 10);
    expect(rest?.estimate).toBeCloseTo(-mean / 2, 10);
  });

  test('is the same whatever the order of its parts, and swapped visits turn every part', () => {
    const second = endpointKey('Live/B/CD27+CD38lo-CD24hi', 'pct_of_B');
    const more = { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' };
    const tube = fc.tuple(fc.nat(40), fc.nat(40), fc.integer({ min: 80, max: 200 }));
    const property = fc.property(fc.array(fc.tuple(tube, tube), { minLength: 2, maxLength: 6 }), (patients) => {
      const by = (part: 0 | 1) => ({
        BL: { k: patients.map(([before]) => before[part]), n: patients.map(([before]) => before[2]) },
        M1: { k: patients.map(([, after]) => after[part]), n: patients.map(([, after]) => after[2]) },
      });
      const observations = [...tubesOf(breg, by(0)), ...tubesOf(second, by(1))];
      const run = (parts: typeof endpoints, order = comparisons) =>
        analyze(study({ plan: planOf([{ ...asked, endpoints: parts }], facts, order), observations })).associations;
      const [plain, turned] = [run([...endpoints, more]), run([more, ...endpoints])];
      expect(turned[0]?.p).toBe(plain[0]?.p);
      expect(turned[0]?.estimate ?? 0).toBeCloseTo(plain[0]?.estimate ?? 0, 10);
      const back = run([...endpoints, more], [{ id: 'M1-BL', from: 'M1', to: 'BL' }]);
      expect(back[0]?.p).toBe(plain[0]?.p);
      expect(back[1]?.estimate ?? 0).toBeCloseTo(-(plain[1]?.estimate ?? 0), 10);
    });
    fc.assert(property, { numRuns: 25 });
  });

  test('parts that exceed the whole are refused', () => {
    const more = { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' };
    const by = { BL: { k: [60], n: [100] }, M1: { k: [60], n: [100] } };
    const observations = [...tubesOf(breg, by), ...tubesOf(endpointKey('Live/B/CD27+CD38lo-CD24hi', 'pct_of_B'), by)];
    const [row] = rowsOf({ ...asked, endpoints: [...endpoints, more] }, { observations });
    expect(row).toMatchObject({ status: 'not_estimable', reason: 'parts_overlap' });
    expect(() =>
      planOf([{ ...asked, endpoints: [...endpoints, { population: 'T', measure: 'pct_of_Live' }] }]),
    ).toThrow('shares of one denominator');
  });
});

describe('negative controls', () => {
  const later = [...visits, { id: 'M9' }, { id: 'M12' }];
  const controls = [...comparisons, { id: 'M9-M6', from: 'M6', to: 'M9' }, { id: 'M12-M9', from: 'M9', to: 'M12' }];
  const asked: Source = {
    id: 'noise',
    question: 'negative_control',
    comparison: 'M1-BL',
    controls: ['M9-M6', 'M12-M9'],
    scale: 'percent',
    endpoints,
  };
  const run = (by: Readonly<Record<string, readonly number[]>>) =>
    analyze(
      study({
        plan: planOf([asked], { ...facts, visits: later }, controls),
        visits: later,
        observations: percents(by),
      }),
    ).associations;
  const level = [3, 4, 5, 6, 7, 8, 9, 10];
  const moved = (by: readonly number[]) => level.map((value, i) => value + (by[i] ?? 0));

  test('a rise larger than every control change of eight patients has p = 1/256, the larger of its controls', () => {
    const small = [0.1, -0.2, 0.3, -0.1, 0.25, 0.15, -0.3, 0.05];
    const rows = run({ BL: level, M1: moved([2, 2, 3, 3, 2, 2, 3, 3]), M6: level, M9: moved(small), M12: level });
    expect(rows.map((row) => row.analysis)).toEqual([
      'primary',
      'control_M9-M6',
      'beyond_M9-M6',
      'control_M12-M9',
      'beyond_M12-M9',
      'regression_to_mean',
    ]);
    expect(rows[0]).toMatchObject({
      p: 1 / 256,
      p_count: 1,
      p_total: 256,
      p_min_attainable: 1 / 256,
      with: 'M9-M6;M12-M9',
    });
    expect(rows[0]?.sentence).toContain("was larger than the same patients' changes over M9-M6, M12-M9");
  });

  test('one control with changes as large is enough to say no', () => {
    const large = [2, -2, 3, -3, 2, -2, 3, -3];
    const rows = run({ BL: level, M1: moved([2, 2, 3, 3, 2, 2, 3, 3]), M6: level, M9: level, M12: moved(large) });
    expect(rows[0]).toMatchObject({ status: 'not_estimable', reason: 'all_zero' });
    const larger = run({
      BL: level,
      M1: moved([2, 2, 3, 3, 2, 2, 3, 3]),
      M6: level,
      M9: level,
      M12: moved(large.map((d) => 1.5 * d)),
    });
    expect(larger[0]).toMatchObject({ p: 1, status: 'ok' });
  });

  test('regression to the mean: (1 − ρ)(μ − baseline), ρ from the spread at the later visits', () => {
    const noise = [0.4, -0.6, 0.5, -0.3, 0.2, -0.5, 0.6, -0.3];
    const rows = run({ BL: level.map((value) => value - 2), M1: level, M6: level, M9: moved(noise), M12: level });
    const row = rows.find((one) => one.analysis === 'regression_to_mean');
    // Balanced: analysis of variance by hand over M6, M9, M12.
    const table = level.map((value, i) => [value, value + (noise[i] ?? 0), value]);
    const average = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const grand = average(table.flat());
    const visitMeans = [0, 1, 2].map((j) => average(table.map((list) => list[j] ?? 0)));
    const patient = (3 * table.reduce((sum, list) => sum + (average(list) - grand) ** 2, 0)) / 7;
    const residual =
      table.reduce(
        (sum, list) =>
          sum + list.reduce((own, value, j) => own + (value - average(list) - (visitMeans[j] ?? 0) + grand) ** 2, 0),
        0,
      ) / 14;
    const between = (patient - residual) / 3;
    expect(row?.var_residual).toBeCloseTo(residual, 9);
    expect(row?.var_subject).toBeCloseTo(between, 9);
    expect(row?.estimate).toBeCloseTo((1 - between / (between + residual)) * (grand - average(level) + 2), 9);
  });
});

describe('all visits', () => {
  test('Friedman is exact for three visits, and the F of the model is the one of the vector', () => {
    const table = vector('friedman.exact').input.y;
    const rows = Array.isArray(table) ? table.map((row: unknown) => (Array.isArray(row) ? row.map(Number) : [])) : [];
    const column = (j: number) => rows.map((row) => row[j] ?? 0);
    const asked = { id: 'all', question: 'visits', scale: 'percent', endpoints } as const;
    const found = rowsOf(asked, { observations: percents({ BL: column(0), M1: column(1), M6: column(2) }) });
    expect(found[0]).toMatchObject({ test: 'friedman', p_count: 17508, p_total: 1679616, df1: 2 });
    expect(found[0]?.statistic).toBeCloseTo(8.580645161290322, 11);
    expect(found[1]).toMatchObject({ test: 'mixed_model', df1: 2, status: 'ok' });
    expect(found[1]?.df2).toBeCloseTo(14, 6);
  });

  test('more visits than can be counted are permuted with a seed: the same seed, the same p', () => {
    const four = [...visits, { id: 'M9' }, { id: 'M12' }, { id: 'M15' }];
    const M12 = [2, 2, 4, 4, 6];
    const by = { BL: [1, 2, 3, 4, 5], M1: [2, 3, 4, 5, 6], M6: [3, 4, 4, 6, 7], M9: [1, 3, 3, 4, 5], M12, M15: M12 };
    const plan = planOf([{ id: 'all', question: 'visits', scale: 'percent', endpoints }], { ...facts, visits: four });
    const run = (seed: number) =>
      analyze(study({ plan, visits: four, observations: percents(by), seed })).associations[0];
    expect(run(1)).toEqual(run(1));
    expect(run(1)).toMatchObject({ status: 'approximate', method: 'random-permutations', p_total: 100_000 });
    expect(Math.abs((run(1)?.p ?? 0) - (run(2)?.p ?? 1))).toBeLessThan(0.005);
  });
});

test('endpoints of one entry are adjusted together where the plan says how', () => {
  const two = [...endpoints, { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' }];
  const rows = rowsOf({ id: 'all', question: 'visits', adjust: 'holm', endpoints: two });
  expect(rows.filter((row) => row.analysis === 'primary').map((row) => row.family_size)).toEqual([2, 2]);
  expect(rows[0]?.p_adj).toBeCloseTo(2 * (rows[0]?.p ?? 9), 12);
  expect(rows.find((row) => row.analysis === 'mixed_model')?.p_adj).toBeNull();
});

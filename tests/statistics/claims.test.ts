import { describe, expect, test } from 'vitest';
import { analyze, type Observation } from '../../src/analysis/index.ts';
import { breg, change, comparisons, counts, planOf, study, tubesOf } from './madeUpStudy.ts';

const endpoints = change.endpoints;
const n = [1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700];
const flat = [300, 331, 358, 392, 418, 452, 479, 512];
const back = (more: object) => ({
  id: 'back',
  role: 'secondary' as const,
  question: 'transient' as const,
  comparison: 'M1-BL',
  endpoints,
  ...more,
});
const rowsOf = (
  families: Parameters<typeof planOf>[0]['families'],
  observations: Observation[] = tubesOf(breg, counts),
) => analyze(study({ plan: planOf({ comparisons, families }), observations })).comparisons;

describe('a return is claimed only where it was tested', () => {
  test('by fall says rise and later fall, with the later visit against both others, each with n, effect and interval', () => {
    const rows = rowsOf([change, back({ return_to: { visit: 'M6', by: 'fall' } })]);
    const own = rows.filter((row) => row.family === 'back');
    expect(own.map((row) => [row.analysis, row.visit_from, row.visit_to])).toEqual([
      ['primary', 'BL', 'M1'],
      ['return', 'M1', 'M6'],
      ['return', 'BL', 'M6'],
    ]);
    const [, fall, level] = own;
    // One of 2^8 patterns lies so far below: all eight fell, or all but the least.
    expect(fall).toMatchObject({ test: 'signed_rank', alternative: 'less', n_pairs: 8, p_total: 256, planned: true });
    expect(fall?.ratio_low).toBeLessThan(fall?.ratio ?? 0);
    expect(level).toMatchObject({ test: null, p: null, status: 'ok', n_pairs: 8 });
    expect(level?.ratio_high).toBeGreaterThan(1);
    expect(own[0]?.sentence).not.toMatch(/return|back within/);
  });

  test('by equivalence tests the later visit against baseline, and describes the fall', () => {
    const margins = { ratio: [0.8, 1.25] as [number, number] };
    const own = rowsOf([change, back({ return_to: { visit: 'M6', by: 'equivalence', margins } })]).slice(-2);
    expect(own.map((row) => row.test)).toEqual([null, 'tost_t']);
    expect(own[1]?.tost_ci_low).toBeGreaterThan(Math.log(0.8));
    expect(own[1]?.sentence).toContain('within 0.80–1.25 (ratio): TOST p');
  });
});

describe('several later visits, named beforehand', () => {
  // The last visit of three: M6 back at baseline, and M9 still where M1 was.
  const still = { ...counts, M9: { k: counts.M1.k.map((k, i) => k + (i % 2 === 0 ? 3 : -2)), n: counts.M1.n } };
  const families = (return_to: object | string[]) => [change, back({ return_to })] as Parameters<typeof rowsOf>[0];
  const visits = [{ id: 'BL' }, { id: 'M1' }, { id: 'M6' }, { id: 'M9' }];
  const own = (return_to: object | string[], observations = tubesOf(breg, still)) =>
    analyze(
      study({ visits, plan: planOf({ comparisons, families: families(return_to) }, visits), observations }),
    ).comparisons.filter((row) => row.family === 'back');

  test('must all hold: the largest p decides, and each visit has its rows', () => {
    const rows = own({ visit: ['M6', 'M9'], by: 'fall' });
    const each = ['M6', 'M9'].map((visit) => own({ visit, by: 'fall' })[0]?.p ?? 0);
    expect(rows[0]).toMatchObject({ p: Math.max(...each), iut_visit: 'M6;M9', reject: false });
    expect(rows.filter((row) => row.analysis === 'return')).toHaveLength(4);
    expect(rows[0]?.sentence).toContain('a later fall at all of M6 and M9 was not shown');
  });

  test('or the first that holds, by Holm over the visits', () => {
    const rows = own({ visit: ['M6', 'M9'], by: 'fall', holds: 'first' });
    const alone = own({ visit: 'M6', by: 'fall' })[0]?.p ?? 0;
    expect(rows[0]).toMatchObject({ p: 2 * alone, iut_visit: 'M6', reject: true, p_count: null });
    expect(rows[0]?.sentence).toMatch(/fell again by M6: .*Holm over 2 visits/);
  });

  test('may be written as a bare list: all must have fallen', () => {
    expect(own(['M6', 'M9'])[0]?.p).toBe(own({ visit: ['M6', 'M9'], by: 'fall' })[0]?.p);
  });

  test('each with the patients it has: who misses one visit is in the others', () => {
    const without = tubesOf(breg, still).filter((one) => one.sampleId !== 'P02_M9');
    const rows = own({ visit: ['M6', 'M9'], by: 'fall' }, without);
    expect(rows.filter((row) => row.analysis === 'return').map((row) => row.n_pairs)).toEqual([8, 8, 7, 7]);
  });
});

describe('what a row may say', () => {
  const key = 'Live/T pct_of_Live';
  const family = (more: object) => ({
    id: 'same',
    role: 'secondary' as const,
    question: 'equivalence' as const,
    comparison: 'M1-BL',
    margins: { ratio: [0.8, 1.25] as [number, number] },
    endpoints: [{ population: 'T', measure: 'pct_of_Live' }],
    ...more,
  });

  test('changed and equivalent: it fell by less than the margins', () => {
    const lower = { BL: { k: flat, n }, M1: { k: flat.map((k) => Math.round(k * 0.95)), n } };
    const [row] = rowsOf([family({})], tubesOf(key, lower));
    expect(row).toMatchObject({ equivalent: true, reject: true });
    expect(row?.sentence).toMatch(
      /^T fell from BL to M1 \(exact signed-rank p = 0\.0078, not adjusted\) by less than the margins 0\.80–1\.25 \(ratio\): ratio 0\.95, 90\.?0? % interval/,
    );
  });

  test('too few pairs come first', () => {
    const five = tubesOf(breg, counts).filter((one) => one.subject < 'P06');
    const [row] = rowsOf([change], five);
    expect(row?.sentence).toMatch(
      /^CD24hiCD38hi cannot be judged with 5 pairs: 5 used pairs cannot reach α = 0\.05 in a family of 1 \(smallest p 0\.0625\)\. No change/,
    );
  });

  test('estimate and interval of an equivalence belong together: the mean lies in the middle of its t interval', () => {
    const [row] = rowsOf(
      [family({})],
      tubesOf(key, { BL: { k: flat, n }, M1: { k: counts.BL.k.map((k) => 250 + k), n } }),
    );
    expect(((row?.tost_ci_low ?? 0) + (row?.tost_ci_high ?? 0)) / 2).toBeCloseTo(row?.estimate ?? 9, 9);
    expect(((row?.ci_low ?? 0) + (row?.ci_high ?? 0)) / 2).toBeCloseTo(row?.estimate ?? 9, 9);
    expect(row?.tost_ci_level).toBe(0.9);
    const [ranks] = rowsOf(
      [family({ test: 'tost_signed_rank' })],
      tubesOf(key, { BL: { k: flat, n }, M1: { k: flat.map((k, i) => k + 3 * i), n } }),
    );
    expect(ranks?.tost_ci_level).toBeGreaterThanOrEqual(0.9);
    expect(ranks?.tost_ci_low).toBeLessThanOrEqual(ranks?.estimate ?? -9);
  });
});

describe('a joint claim of equivalence', () => {
  const keys = ['Live/T pct_of_Live', 'Live/NK pct_of_Live', 'Live/B pct_of_Live'];
  const observations = (last: readonly number[]) => [
    ...tubesOf(keys[0] ?? '', { BL: { k: flat, n }, M1: { k: flat.map((k, i) => k + (i % 3) * 4), n } }),
    ...tubesOf(keys[1] ?? '', { BL: { k: flat, n }, M1: { k: flat.map((k, i) => k - (i % 4) * 5), n } }),
    ...tubesOf(keys[2] ?? '', { BL: { k: flat, n }, M1: { k: last, n } }),
  ];
  const family = {
    id: 'lineages',
    role: 'secondary' as const,
    question: 'equivalence' as const,
    claim: 'joint' as const,
    comparison: 'M1-BL',
    margins: { ratio: [0.8, 1.25] as [number, number] },
    endpoints: ['T', 'NK', 'B'].map((population) => ({ population, measure: 'pct_of_Live' })),
  };
  const near = flat.map((k, i) => k + (i % 2 === 0 ? 20 : -25));
  const far = flat.map((k, i) => Math.round(k * (i % 2 === 0 ? 1.4 : 0.7)));

  test('has the largest p, no adjustment, and a sentence of all', () => {
    const rows = rowsOf([family], observations(near));
    const members = rows.filter((row) => row.analysis === 'primary');
    const largest = Math.max(...members.map((row) => row.tost_p ?? 1));
    expect(new Set(members.map((row) => row.p_adj))).toEqual(new Set([largest]));
    const joint = rows.at(-1);
    expect(joint).toMatchObject({ analysis: 'joint', p: largest, reject: true, endpoint: null, adjust: 'joint' });
    expect(joint?.sentence).toMatch(
      /^T, NK and B at M1 all lay within their planned margins of BL \(joint claim: intersection–union p/,
    );
  });

  test('is lost for all where one is not shown, and says which are within by themselves', () => {
    const rows = rowsOf([family], observations(far));
    expect(rows.map((row) => row.reject)).toEqual([false, false, false, false]);
    expect(rows[0]?.sentence).toMatch(
      /^T at M1 by itself lay within .*; claimed jointly for 3 endpoints, p = 0\.\d{4}\.$/,
    );
    expect(rows.at(-1)?.sentence).toMatch(/was not shown \(joint claim: .*the largest of 3 \(B\)/);
  });

  test('of a member without tubes cannot be judged', () => {
    const rows = rowsOf(
      [family],
      observations(near).filter((one) => one.endpointKey !== keys[2]),
    );
    expect(rows.at(-1)).toMatchObject({ p: null, status: 'not_estimable' });
    expect(rows[0]?.reject).toBe(false);
  });

  test('is refused for another question, or with an adjustment', () => {
    expect(() => planOf({ comparisons, families: [{ ...change, claim: 'joint' }] })).toThrow('has no joint claim');
    expect(() => planOf({ comparisons, families: [{ ...family, adjust: 'holm' }] })).toThrow('is not adjusted');
  });
});

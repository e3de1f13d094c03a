import { describe, expect, test } from 'vitest';
import {
  analyze,
  type Comparison,
  comparisonColumns,
  type Observation,
  pairColumns,
  visitColumns,
} from '../../src/analysis/index.ts';
import type { AnalysisInput } from '../../src/analysis/tools.ts';
import { breg, change, comparisons, counts, planOf, study, subjects, tubesOf } from './madeUpStudy.ts';

const endpoints = [{ population: 'B/CD24hiCD38hi', measure: 'pct_of_B' }];
const mem = 'Live/B/CD27+CD38lo-CD24hi pct_of_B';

const row = (input: AnalysisInput, family = 'regulatory', analysis = 'primary'): Comparison => {
  const found = analyze(input).comparisons.find((one) => one.family === family && one.analysis === analysis);
  if (!found) throw new Error(`no row ${family} ${analysis}`);
  return found;
};

const withTubes = (change: (tube: Observation) => Partial<Observation>): Observation[] =>
  tubesOf(breg, counts).map((tube) => ({ ...tube, ...change(tube) }));

describe('the split of a change', () => {
  const observations = withTubes(({ sampleId, count, parentCount }) => {
    const other = sampleId.endsWith('BL') ? sampleId.replace('BL', 'M1') : sampleId.replace('M1', 'BL');
    // Each tube holds 10 % fewer events in the gate of the other.
    return parentCount === null ? {} : { crossed: { [other]: Math.round(0.9 * (count ?? 0)) } };
  });

  test('sums cells moved and gate moved to the change in points', () => {
    const { pairs } = analyze(study({ observations }));
    expect(pairs).toHaveLength(8);
    for (const pair of pairs) {
      expect((pair.cells_moved ?? 0) + (pair.gate_moved ?? 0)).toBeCloseTo(pair.diff_points ?? Number.NaN, 10);
    }
    // P01: 98 of 2,410 and 201 of 2,105; with the other's gate 88 and 181.
    const [aa, ab, ba, bb] = [9800 / 2410, 8800 / 2410, 18100 / 2105, 20100 / 2105];
    expect(pairs[0]?.cells_moved).toBeCloseTo((ba - aa + bb - ab) / 2, 10);
  });

  test('gives all of it to the cells where both tubes have one place for the gate', () => {
    const fixed = withTubes(({ sampleId, count }) => {
      const other = sampleId.endsWith('BL') ? sampleId.replace('BL', 'M1') : sampleId.replace('M1', 'BL');
      return { crossed: { [other]: count ?? 0 } };
    });
    const [pair] = analyze(study({ observations: fixed })).pairs;
    expect(pair?.gate_moved).toBe(0);
    expect(pair?.cells_moved).toBe(pair?.diff_points);
  });

  test('is empty where it was not counted', () => {
    expect(analyze(study()).pairs[0]).toMatchObject({ cells_moved: null, gate_moved: null });
  });
});

describe('the ratio of a patient', () => {
  const pairOf = (k: readonly [number, number]) => {
    const [from, to] = k;
    const own = (count: number) => ({ count, percent: (100 * count) / 700, parentCount: 700 });
    const observations = withTubes(({ sampleId }) =>
      sampleId === 'P07_BL' ? own(from) : sampleId === 'P07_M1' ? own(to) : {},
    );
    const { pairs, comparisons: rows } = analyze(study({ observations }));
    return { pair: pairs[6], row: rows[0] };
  };

  test('stands where one visit has counts enough, few though the other may have', () => {
    const { pair } = pairOf([1, 10]);
    expect(pair?.ratio).toBeCloseTo(10.5 / 1.5, 12);
    expect(pair?.flags).toBe('');
  });

  test.each([
    ['none was counted at one visit', [0, 38]],
    ['fewer than 10 were counted at both visits', [1, 9]],
    ['nothing was counted at all', [0, 0]],
  ] as const)('is empty and flagged where %s; the difference stays and enters the test', (_, k) => {
    const { pair, row: compared } = pairOf(k);
    expect(pair).toMatchObject({ subject: 'P07', ratio: null, flags: 'few_events' });
    expect(pair?.delta).toBeCloseTo(Math.log((k[1] + 0.5) / (k[0] + 0.5)), 12);
    expect(compared).toMatchObject({ n_pairs: 8, status: 'ok' });
  });
});

describe('one endpoint of eight patients', () => {
  test('has the estimate, interval, exact p and effects that R has (vectors wsr.H, hl.H.ratio, es.dz.H)', () => {
    const found = row(study());
    expect(found).toMatchObject({
      statistic: 35,
      p_count: 4,
      p_total: 256,
      p: 0.015625,
      n_up: 7,
      n_down: 1,
      n_used: 8,
    });
    expect(found.ratio).toBeCloseTo(2.0691108028296759, 12);
    expect(found.ratio_low).toBeCloseTo(1.3526708114661181, 12);
    expect(found.ci_level).toBe(0.9609375);
    expect(found.gz).toBeCloseTo(1.5143755708760609, 9);
    expect(found).toMatchObject({ p_min_attainable: 0.0078125, can_reject: true, reject: true, status: 'ok' });
    expect(found).toMatchObject({ scale: 'log-ratio', zero_rule: 'half_event', zero_handling: 'wilcoxon' });
  });

  test('has the planned analysis first, then the sensitivities in the order of the plan', () => {
    const rows = analyze(study()).comparisons;
    const names = ['primary', 'percent', 'pratt', 't_logit', 'without_flagged', 'leave_one_out', 'draws'];
    expect(rows.map((one) => one.analysis)).toEqual(names);
    expect(rows[3]).toMatchObject({ test: 'paired_t', scale: 'logit', p_count: null, zero_rule: 'half_event' });
    expect(rows[3]?.p).toBeCloseTo(0.0017107980804775898, 10);
    expect(rows[1]).toMatchObject({ scale: 'percent', zero_rule: 'none', ratio: null });
    expect(rows[6]).toMatchObject({ status: 'not_estimable', reason: 'not_computed', p: null });
  });

  test('without one patient at a time: the largest p, and who is then missing', () => {
    // Only P08 fell, with the smallest change: without any other patient 4 of 128 patterns are as extreme.
    expect(row(study())).toMatchObject({ loo_p_max: 0.03125, loo_subject: 'P07' });
    expect(row(study(), 'regulatory', 'leave_one_out')).toMatchObject({ n_pairs: 7, n_missing: 0, p: 0.03125 });
  });

  test('keeps a patient without events at baseline, by the half event', () => {
    const k = [98, 71, 143, 22, 95, 61, 0, 118];
    const found = row(study({ observations: tubesOf(breg, { ...counts, BL: { ...counts.BL, k } }) }));
    expect(found).toMatchObject({ status: 'ok', n_pairs: 8, n_up: 7 });
  });

  test('with percentages alone and a zero is not estimable on the log scale, and is on percent', () => {
    const observations = withTubes((tube) => ({
      count: null,
      parentCount: null,
      percent: tube.sampleId === 'P07_BL' ? 0 : tube.percent,
    }));
    const found = row(study({ observations }));
    expect(found).toMatchObject({ status: 'not_estimable', reason: 'infinite_on_scale', p: null, zero_rule: 'none' });
    expect(found.sentence).toBe('CD24hiCD38hi: not estimable (a zero without counts has no value on this scale).');
    expect(row(study({ observations }), 'regulatory', 'percent')).toMatchObject({ status: 'ok', p: 0.015625 });
    const lod = planOf({ comparisons, families: [change], rules: { zero_rule: 'lod', lod: 0.1 } });
    expect(row(study({ observations, plan: lod }))).toMatchObject({
      status: 'ok',
      zero_rule: 'lod',
      flags: 'detection_limit',
    });
  });

  test('a missing visit, a failed, an excluded and a not evaluable tube take the patient out, each with its reason', () => {
    const observations = withTubes((tube) => {
      if (tube.sampleId === 'P01_M1') return { status: 'failed', reason: 'failed', count: null, percent: null };
      if (tube.sampleId === 'P02_M1') return { status: 'excluded', reason: 'clotted' };
      if (tube.sampleId === 'P03_BL') return { status: 'not_evaluable', reason: 'few_parent_events', percent: null };
      return {};
    }).filter((tube) => tube.sampleId !== 'P04_M1');
    const result = analyze(study({ observations }));
    expect(result.comparisons[0]).toMatchObject({ n_subjects: 8, n_pairs: 4, n_missing: 4, reject: false });
    expect(result.pairs.map((pair) => [pair.subject, pair.used, pair.reason]).slice(0, 5)).toEqual([
      ['P01', false, 'failed_to'],
      ['P02', false, 'clotted_to'],
      ['P03', false, 'few_parent_events_from'],
      ['P04', false, 'missing_to'],
      ['P05', true, null],
    ]);
    expect(result.pairs[1]?.delta).not.toBeNull();
    expect(result.pairs[2]).toMatchObject({ k_from: 143, pct_from: null, value_from: null, rank: null });
  });

  test('4 pairs say that they cannot reach alpha, in the row, its sentence and a warning', () => {
    const observations = tubesOf(breg, counts).filter((tube) => tube.subject <= 'P04');
    const result = analyze(study({ observations }));
    expect(result.comparisons[0]).toMatchObject({
      can_reject: false,
      p_min_attainable: 0.125,
      flags: 'cannot_reject;counting_share',
    });
    expect(result.comparisons[0]?.sentence).toContain(
      '4 used pairs cannot reach α = 0.05 in a family of 1 (smallest p 0.1250).',
    );
    expect(result.problems.map((found) => found.message)).toEqual([
      'family "regulatory" of 1: 4 used pairs cannot reject at alpha 0.05 (smallest p 0.125)',
    ]);
  });

  test('where the endpoints of a family have unlike numbers of pairs, both ends are told', () => {
    const two = {
      ...change,
      endpoints: [...change.endpoints, { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' }],
    };
    const upTo = (key: string, last: string) => tubesOf(key, counts).filter((tube) => tube.subject <= last);
    const observations = [...upTo(breg, 'P04'), ...upTo(mem, 'P03')];
    const result = analyze(study({ plan: planOf({ comparisons, families: [two] }), observations }));
    expect(result.problems.map((found) => found.message).join()).toContain('of 2: 3 to 4 used pairs cannot reject');
    const alike = [...upTo(breg, 'P04'), ...upTo(mem, 'P04')];
    const same = analyze(study({ plan: planOf({ comparisons, families: [two] }), observations: alike }));
    expect(same.problems.map((found) => found.message).join()).toContain('of 2: 4 used pairs cannot reject');
  });

  test('two values of one visit are a problem, and neither is used', () => {
    const again = { ...tubesOf(breg, counts)[8], sampleId: 'P01_M1b' } as Observation;
    const result = analyze(study({ observations: [...tubesOf(breg, counts), again] }));
    expect(result.problems[0]).toMatchObject({ code: 'stats.duplicate-observation', severity: 'error' });
    expect(result.comparisons[0]).toMatchObject({ n_pairs: 7 });
    expect(result.pairs[0]).toMatchObject({ subject: 'P01', used: false, reason: 'duplicate_to' });
    const excluded = { ...again, status: 'excluded', reason: 'repeat' } as const;
    expect(analyze(study({ observations: [...tubesOf(breg, counts), excluded] })).comparisons[0]).toMatchObject({
      n_pairs: 8,
    });
  });

  test('a value of a patient or visit that the study does not have is a problem', () => {
    const observations = [...tubesOf(breg, counts), ...withTubes(() => ({ subject: 'X', sampleId: 'X' })).slice(0, 1)];
    expect(analyze(study({ observations })).problems[0]?.message).toBe(
      'subject "X" has values and is not part of the study',
    );
  });

  test('patients of two arms are compared together, and a warning says so', () => {
    const observations = withTubes((tube) => ({ arm: tube.subject < 'P05' ? 'low' : 'high' }));
    expect(analyze(study({ observations })).problems[0]).toMatchObject({
      code: 'stats.arms-pooled',
      severity: 'warning',
    });
  });

  test('flagged tubes leave only where that is the analysis', () => {
    const observations = withTubes((tube) => (tube.sampleId === 'P07_BL' ? { flags: ['few_events'] } : {}));
    const rows = analyze(study({ observations })).comparisons;
    expect(rows.find((one) => one.analysis === 'primary')).toMatchObject({ n_pairs: 8 });
    expect(rows.find((one) => one.analysis === 'without_flagged')).toMatchObject({ n_pairs: 7, n_missing: 0 });
  });

  test('cells per µL are compared as they are, and have no percentages', () => {
    const plan = planOf({
      comparisons,
      families: [{ ...change, endpoints: [{ population: 'B/CD24hiCD38hi', measure: 'cells_per_ul' }] }],
    });
    const key = 'Live/B/CD24hiCD38hi cells_per_ul';
    const observations = tubesOf(key, counts).map((tube) => ({ ...tube, percent: null, absolute: tube.count }));
    const found = row(study({ plan, observations }));
    expect(found).toMatchObject({
      status: 'ok',
      zero_rule: 'none',
      median_from: null,
      diff_points: null,
      denominator: null,
    });
    expect(row(study({ plan, observations }), 'regulatory', 't_logit')).toMatchObject({ reason: 'not_applicable' });
    expect(row(study({ plan, observations }), 'regulatory', 'percent').sentence).toContain('cells/µL');
  });
});

describe('families', () => {
  const two = { ...change, endpoints: [...endpoints, { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' }] };

  test('count a planned member without data as p = 1, and give it no adjusted p', () => {
    const result = analyze(study({ plan: planOf({ comparisons, families: [two] }) })).comparisons;
    const [first, second] = result.filter((one) => one.analysis === 'primary');
    expect(first).toMatchObject({ p: 0.015625, p_adj: 0.03125, family_size: 2, reject: true });
    expect(second).toMatchObject({
      status: 'not_estimable',
      reason: 'no_pairs',
      p_adj: null,
      reject: null,
      can_reject: false,
    });
  });

  test('that are exploratory are not adjusted and decide nothing', () => {
    const plan = planOf({ comparisons, families: [{ ...two, role: 'exploratory' }] });
    const found = row(study({ plan, observations: [...tubesOf(breg, counts), ...tubesOf(mem, counts)] }));
    expect(found).toMatchObject({ adjust: 'none', p_adj: null, p_adj_bh: 0.015625, reject: null });
    expect(found.sentence).toContain('exploratory, not adjusted');
  });
});

describe('equivalence', () => {
  const lineages = (margins: object, extra: object = {}) =>
    planOf({
      comparisons,
      families: [
        {
          id: 'lineages',
          role: 'secondary',
          question: 'equivalence',
          comparison: 'M1-BL',
          margins,
          endpoints: [{ population: 'T', measure: 'pct_of_Live' }],
          ...extra,
        },
      ],
    });
  const key = 'Live/T pct_of_Live';
  const n = Array.from({ length: 8 }, () => 1000);
  const steady = {
    BL: { k: [700, 710, 690, 720, 705, 698, 702, 715], n },
    M1: { k: [702, 705, 694, 719, 707, 690, 705, 714], n },
  };
  const noisy = {
    BL: { k: [300, 210, 190, 320, 205, 298, 302, 215], n },
    M1: { k: [202, 305, 294, 219, 307, 190, 205, 314], n },
  };

  test('is shown by two one-sided tests, with the 90 % interval inside the margins', () => {
    const input = study({ plan: lineages({ odds_ratio: [0.8, 1.25] }), observations: tubesOf(key, steady) });
    const found = row(input, 'lineages');
    expect(found).toMatchObject({ scale: 'logit', test: 'tost_t', equivalent: true, reject: true });
    expect(found.tost_ci_low).toBeGreaterThan(Math.log(0.8));
    expect(found.sentence).toMatch(
      /^T at M1 lay within the planned margins 0\.80–1\.25 \(odds ratio\) of baseline: odds ratio 1\.00, 90 % interval 0\.\d\d to 1\.\d\d, TOST p < 0\.0001\.$/,
    );
  });

  test('is told with both its own p and the adjusted one of the table, where the family has more members', () => {
    const other = 'Live/B pct_of_Live';
    const endpoints = ['T', 'B'].map((population) => ({ population, measure: 'pct_of_Live' }));
    const plan = lineages({ odds_ratio: [0.8, 1.25] }, { endpoints });
    const found = (second: typeof steady) => {
      const observations = [...tubesOf(key, steady), ...tubesOf(other, second)];
      return analyze(study({ plan, observations })).comparisons.filter((one) => one.family === 'lineages');
    };
    const [steadyT, noisyB] = found(noisy);
    expect(steadyT?.sentence).toMatch(/, TOST p < 0\.0001, Holm-adjusted < 0\.0001 in a family of 2\.$/);
    const [p, adjusted] = [noisyB?.tost_p ?? 0, noisyB?.p_adj ?? 0];
    expect(noisyB?.sentence).toContain(
      `nor equivalence (p = ${p.toFixed(4)}, Holm-adjusted ${adjusted.toFixed(4)} in a family of 2) was shown for B;`,
    );
  });

  test('by ratio is refused for a share above one half', () => {
    const input = study({ plan: lineages({ ratio: [0.8, 1.25] }), observations: tubesOf(key, steady) });
    const result = analyze(input);
    expect(result.comparisons[0]).toMatchObject({
      status: 'not_estimable',
      reason: 'ratio_margin_above_half',
      equivalent: null,
    });
    expect(result.problems[0]).toMatchObject({ code: 'stats.ratio-margin-above-half' });
  });

  test('may be as little shown as a change', () => {
    const input = study({ plan: lineages({ ratio: [0.8, 1.25] }), observations: tubesOf(key, noisy) });
    const found = row(input, 'lineages');
    expect(found).toMatchObject({ equivalent: false, reject: false });
    expect(found.difference_p).toBeGreaterThan(0.05);
    expect(found.sentence).toMatch(
      /^Neither a change \(p = 0\.\d{4}\) nor equivalence \(p = 0\.\d{4}\) was shown for T; ratio /,
    );
  });

  test('is not shown where a change is', () => {
    const doubled = { BL: { k: noisy.BL.k, n }, M1: { k: noisy.BL.k.map((k, i) => 2 * k + i), n } };
    const input = study({ plan: lineages({ points: [-5, 5] }), observations: tubesOf(key, doubled) });
    expect(row(input, 'lineages').sentence).toMatch(
      /^T rose from BL to M1 \(exact signed-rank p = 0\.0078, not adjusted\): change \+/,
    );
  });

  test('without margins has an interval and no verdict', () => {
    const plan = lineages({ ratio: [0.8, 1.25] }, { margins: undefined });
    const found = row(study({ plan, observations: tubesOf(key, noisy) }), 'lineages');
    expect(found).toMatchObject({ p: null, equivalent: null, margin_low: null, reason: 'no_margins' });
    expect(found.tost_ci_low).not.toBeNull();
    expect(found.sentence).toContain('no margins were declared, so there is no verdict');
  });
});

describe('a transient rise', () => {
  const transient = (back: object) => ({
    id: 'transient',
    role: 'secondary' as const,
    question: 'transient' as const,
    comparison: 'M1-BL',
    return_to: { visit: 'M6', by: 'fall' as const, ...back },
    endpoints,
  });
  const margins = { by: 'equivalence' as const, margins: { ratio: [0.8, 1.25] as [number, number] } };

  test('is the larger p of rise and fall, over the patients with all three visits', () => {
    const input = study({ plan: planOf({ comparisons, families: [change, transient({})] }) });
    const result = analyze(input);
    const found = result.comparisons.find((one) => one.family === 'transient');
    expect(found).toMatchObject({
      test: 'iut',
      p: 0.0078125,
      iut_p: 0.0078125,
      iut_visit: 'M6',
      p_count: 2,
      p_total: 256,
    });
    expect(found?.sentence).toBe(
      'CD24hiCD38hi rose at M1 (M1 ÷ BL ratio 2.07 (96.1 % interval 1.35 to 2.94), 7 of 8 patients up) and fell again by M6: ' +
        'M6 ÷ M1 ratio 0.48 (96.1 % interval 0.35 to 0.74), 8 patients; M6 ÷ BL ratio 1.02 (96.1 % interval 0.97 to 1.07), 8 patients; ' +
        'intersection–union p = 0.0078.',
    );
    const pairs = result.pairs.filter((pair) => pair.family === 'transient');
    expect(new Set(pairs.map((pair) => `${pair.visit_from}-${pair.visit_to}`))).toEqual(new Set(['BL-M1', 'M1-M6']));
    const two = study({ ...input, observations: input.observations.filter((one) => one.sampleId !== 'P02_M6') });
    expect(row(two, 'transient')).toMatchObject({ n_pairs: 7, n_missing: 1 });
    expect(analyze(two).pairs.find((pair) => pair.family === 'transient' && pair.subject === 'P02')).toMatchObject({
      used: false,
      reason: 'missing_third_visit',
    });
  });

  test('by equivalence was back within the margins, or a return was not shown', () => {
    const plan = planOf({ comparisons, families: [change, transient(margins)] });
    expect(row(study({ plan }), 'transient').sentence).toBe(
      'CD24hiCD38hi rose at M1 (M1 ÷ BL ratio 2.07 (96.1 % interval 1.35 to 2.94), 7 of 8 patients up) and was back within ' +
        '0.80–1.25 (ratio) of baseline at M6: M6 ÷ M1 ratio 0.48 (96.1 % interval 0.35 to 0.74), 8 patients; ' +
        'M6 ÷ BL ratio 1.02 (90.0 % interval 0.99 to 1.05), 8 patients; intersection–union p = 0.0078.',
    );
    const still = tubesOf(breg, { ...counts, M6: counts.M1 });
    expect(row(study({ plan, observations: still }), 'transient').sentence).toMatch(
      /^CD24hiCD38hi rose at M1; a return to baseline by M6 was not shown: .+M6 ÷ BL ratio 2\.\d\d .+; intersection–union p = 0\.\d{4}\.$/,
    );
  });

  test('is not claimed where the rise failed its own family', () => {
    const crowded = {
      ...change,
      endpoints: [
        ...endpoints,
        { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' },
        { population: 'Live/B', measure: 'pct_of_Live' },
        { population: 'T' },
      ],
    };
    const plan = planOf({ comparisons, families: [transient({}), crowded] });
    const found = row(study({ plan }), 'transient');
    expect(found).toMatchObject({ reject: true, flags: 'rise_not_shown' });
    expect(found.sentence).toContain('A rise of CD24hiCD38hi at M1 was not shown');
    expect(analyze(study({ plan })).comparisons[0]).toMatchObject({ family: 'transient' });
  });
});

describe('the course over visits', () => {
  test('describes every visit, and compares each with the first, Holm over visits', () => {
    const rows = analyze(study()).visits;
    expect(rows.map((one) => [one.visit, one.n, one.p, one.p_adj])).toEqual([
      ['BL', 8, null, null],
      ['M1', 8, 0.015625, 0.03125],
      ['M6', 8, 0.3125, 0.3125],
    ]);
    // R 4.2.2 quantile type 7 and exp(mean(log((k + .5)/(N + 1)))).
    expect(rows[0]?.q1_pct).toBeCloseTo(2.446286312062445, 10);
  });

  test('a visit without pairs is not estimable, and keeps its row', () => {
    const observations = tubesOf(breg, counts).filter((tube) => tube.visit !== 'M6');
    expect(analyze(study({ observations })).visits[2]).toMatchObject({
      n: 0,
      n_pairs: 0,
      status: 'not_estimable',
      reason: 'no_pairs',
    });
  });
});

test('days between two tubes are counted over leap days', () => {
  const dates: Readonly<Record<string, string>> = {
    P01_BL: '2024-02-28',
    P01_M1: '2024-03-01',
    P02_BL: '2023-12-31',
    P02_M1: '2024-12-31',
    P03_BL: '2024-02-30',
    P03_M1: '2024-03-01',
  };
  const observations = withTubes((tube) => ({ date: dates[tube.sampleId] ?? null }));
  expect(
    analyze(study({ observations }))
      .pairs.slice(0, 4)
      .map((pair) => pair.days_between),
  ).toEqual([2, 366, null, null]);
});

test('rows hold the columns of their tables and never NaN or infinity', () => {
  const result = analyze(study({ observations: tubesOf(breg, counts).slice(3) }));
  const tables = [
    [result.comparisons, comparisonColumns],
    [result.pairs, pairColumns],
    [result.visits, visitColumns],
  ] as const;
  for (const [rows, columns] of tables) {
    for (const one of rows) {
      expect(Object.keys(one).sort()).toEqual(columns.map((column) => column.name).sort());
      for (const cell of Object.values(one)) if (typeof cell === 'number') expect(Number.isFinite(cell)).toBe(true);
    }
  }
  expect(comparisonColumns.map((column) => column.name).slice(0, 6)).toEqual([
    'study',
    'family',
    'endpoint',
    'population',
    'parent',
    'denominator',
  ]);
  expect(subjects).toHaveLength(8);
});

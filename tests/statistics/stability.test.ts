import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, type DrawnCount } from '../../src/analysis/index.ts';
import { drawnCounts, readDrawTable } from '../../src/frequencies/index.ts';
import { binomialSampler } from '../../src/statistics/index.ts';
import { normalQuantile } from '../../src/statistics/tools.ts';
import { breg, change, comparisons, counts, planOf, study, subjects, tubesOf } from './madeUpStudy.ts';

/** Draws in which every tube's count is what `moved` makes of the chosen one; draw 0 is the chosen one. */
function drawsOf(many: number, moved: (k: number, draw: number, visit: string) => number | null): DrawnCount[] {
  return (['BL', 'M1'] as const).flatMap((visit) =>
    counts[visit].k.flatMap((k, i) =>
      Array.from({ length: many + 1 }, (_, draw): DrawnCount => {
        const count = draw === 0 ? k : moved(k, draw, visit);
        const sampleId = `${subjects[i]}_${visit}`;
        return { endpointKey: breg, sampleId, draw, count, parentCount: counts[visit].n[i] ?? 0 };
      }),
    ),
  );
}
const plan = planOf({ comparisons, families: [{ ...change, sensitivity: ['draws', 'counting'] }] });
const rowsUnder = (draws: readonly DrawnCount[]) => analyze(study({ plan, draws })).comparisons;

describe('plausible gates', () => {
  test('that all say the same hold the conclusion fully; the range is that of their estimates', () => {
    // A factor common to both visits leaves the ratio nearly as it is.
    const [primary, draws] = rowsUnder(drawsOf(20, (k, draw) => Math.round(k * (0.9 + draw / 100))));
    expect(primary).toMatchObject({ gate_share: 1, gate_draws: 20, reject: true });
    const range = [primary?.gate_est_min, primary?.gate_est_low, primary?.gate_est_high, primary?.gate_est_max];
    expect(range).toEqual([...range].sort((a, b) => (a ?? 0) - (b ?? 0)));
    expect(Math.abs((primary?.gate_est_low ?? 9) - (primary?.estimate ?? 0))).toBeLessThan(0.05);
    expect(draws).toMatchObject({ analysis: 'draws', status: 'ok', gate_share: 1, p: null });
    expect(draws?.sentence).toMatch(/^CD24hiCD38hi: this holds under all but few plausible gates \(100 % of 20/);
  });

  test('of which a third turn the effect hold it under two thirds', () => {
    const turned = drawsOf(30, (k, draw, visit) => (draw % 3 === 0 && visit === 'M1' ? Math.round(k / 9) : k));
    const [primary, draws] = rowsUnder(turned);
    expect(primary?.gate_share).toBeCloseTo(2 / 3, 12);
    expect(draws?.sentence).toContain('this depends on the gate; it holds under 66.7 % of 30 plausible gates');
  });

  test('without a place in a draw leave those tubes out of that draw', () => {
    const lost = drawsOf(10, (k, draw) => (draw === 1 ? null : k));
    expect(rowsUnder(lost)[0]).toMatchObject({ gate_share: 0.9, gate_draws: 10 });
  });

  test('not drawn are not computed, and the words say so', () => {
    const [primary, draws] = rowsUnder([]);
    expect(primary).toMatchObject({ gate_share: null, gate_est_low: null, gate_draws: null });
    expect(draws).toMatchObject({ status: 'not_estimable', reason: 'not_computed' });
  });

  test('redo the whole family: a second endpoint that is lost in a draw costs the first its adjusted p', () => {
    const two = [...change.endpoints, { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' }];
    const key = 'Live/B/CD27+CD38lo-CD24hi pct_of_B';
    const both = planOf({ comparisons, families: [{ ...change, endpoints: two, sensitivity: ['draws'] }] });
    const observations = [...tubesOf(breg, counts), ...tubesOf(key, counts)];
    const moved = drawsOf(4, (k) => k);
    const flat = moved.map((one): DrawnCount => {
      const isDraw = one.draw > 0;
      const bl = moved.find((other) => other.sampleId === one.sampleId.replace('M1', 'BL') && other.draw === 0);
      const isM1 = one.sampleId.endsWith('M1');
      const share = Math.round(((bl?.count ?? 0) / (bl?.parentCount ?? 1)) * (one.parentCount ?? 0));
      return { ...one, endpointKey: key, count: isDraw && isM1 ? share : one.count };
    });
    // p = 4/256 of each: adjusted 8/256 where both stand, and where the second is lost the first has still 2 × 4/256.
    const rows = analyze(study({ plan: both, observations, draws: [...moved, ...flat] })).comparisons;
    const [first, , second] = rows;
    expect(first).toMatchObject({ analysis: 'primary', p: 4 / 256, p_adj: 8 / 256, gate_share: 1 });
    expect(second).toMatchObject({ analysis: 'primary', p_adj: 8 / 256, gate_share: 0 });
  });

  test('that start from other counts than the frequencies are warned of', () => {
    const other = drawsOf(3, (k) => k).map((one) => ({ ...one, count: (one.count ?? 0) + 1 }));
    const { problems } = analyze(study({ plan, draws: other }));
    expect(problems.map((found) => found.code)).toContain('stats.draws-mismatch');
  });

  test('are read from a draws.csv, each endpoint with its own denominator', () => {
    const text =
      'sample_id,population,draw,count,parent_count,n_B\nP01_BL,Live/B/CD24hiCD38hi,0,98,5000,2410\nP01_BL,Live/T,0,5,9,\nP01_BL,Live/B/CD24hiCD38hi,1,,5000,2410\n';
    const read = readDrawTable(new TextEncoder().encode(text), 'draws.csv', plan);
    expect(drawnCounts(read.value ?? [], plan, () => undefined)).toEqual([
      { endpointKey: breg, sampleId: 'P01_BL', draw: 0, count: 98, parentCount: 2410 },
      { endpointKey: breg, sampleId: 'P01_BL', draw: 1, count: null, parentCount: 2410 },
    ]);
    const wrong = readDrawTable(new TextEncoder().encode(text.replace(',98,', ',9.8,')), 'draws.csv', plan);
    expect(wrong.value).toBeUndefined();
    expect(wrong.problems[0]).toMatchObject({ code: 'input.out-of-range', where: { line: 2, column: 4 } });
  });
});

describe('counting again', () => {
  test('spreads the estimate by its counting error, and is the same for the same seed', () => {
    const run = (seed: number) => analyze(study({ plan, seed })).comparisons.find((row) => row.analysis === 'counting');
    const row = run(1);
    expect(row).toEqual(run(1));
    expect(row?.boot_est_low).not.toBe(run(2)?.boot_est_low);
    expect(row).toMatchObject({ status: 'ok', p: null, estimate: null });
    const estimate = analyze(study({ plan })).comparisons[0]?.estimate ?? 0;
    expect(row?.boot_est_low).toBeLessThan(estimate);
    expect(row?.boot_est_high).toBeGreaterThan(estimate);
    expect(row?.boot_share).toBeGreaterThan(0.5);
    expect(row?.sentence).toContain('not an interval');
  });

  test('without counts is not computed', () => {
    const observations = tubesOf(breg, counts).map((one) => ({ ...one, count: null }));
    const row = analyze(study({ plan, observations })).comparisons.find((one) => one.analysis === 'counting');
    expect(row).toMatchObject({ status: 'not_estimable', reason: 'not_computed', boot_share: null });
  });

  test('draws binomial counts: bounds, order, and mean and spread as they should be', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 2, maxLength: 20 }),
      (n, share, uniforms) => {
        const sample = binomialSampler(n, share);
        const found = [...uniforms].sort((a, b) => a - b).map(sample);
        for (const [i, k] of found.entries()) {
          expect(k).toBeGreaterThanOrEqual(found[i - 1] ?? 0);
          expect(k).toBeLessThanOrEqual(n);
        }
      },
    );
    fc.assert(property, { numRuns: 50 });
    const sample = binomialSampler(2000, 0.05);
    const many = Array.from({ length: 2000 }, (_, i) => sample((i + 0.5) / 2000));
    const mean = many.reduce((sum, k) => sum + k, 0) / many.length;
    const sd = Math.sqrt(many.reduce((sum, k) => sum + (k - mean) ** 2, 0) / many.length);
    expect(mean).toBeCloseTo(100, 1);
    expect(Math.abs(sd - Math.sqrt(95))).toBeLessThan(0.1);
    // The 97.5 % point of Bin(2000, .05) by the normal one with continuity.
    expect(Math.abs(sample(0.975) - (100 + normalQuantile(0.975) * Math.sqrt(95)))).toBeLessThan(2);
  });
});

describe('along the ridge', () => {
  const edges = Array.from({ length: 10 }, (_, i) => i / 10);
  /** Ten bins a tube: what lies beyond the border 0.5 is the endpoint's count, spread over five bins. */
  const ridgesOf = (beyond: (visit: string, i: number) => number) => ({
    borders: [{ population: 'Live/B/CD24hiCD38hi', alignment: 'core', border: 0.52 }],
    bins: (['BL', 'M1'] as const).flatMap((visit) =>
      subjects.flatMap((subject, i) => {
        const [n, k] = [counts[visit].n[i] ?? 0, beyond(visit, i)];
        return edges.map((from, bin) => {
          const part = bin < 5 ? (n - k) / 5 : k / 5;
          const count = Math.floor(part) + (bin % 5 === 0 ? Math.round(5 * (part - Math.floor(part))) : 0);
          return { sampleId: `${subject}_${visit}`, alignment: 'core', from, to: (bin + 1) / 10, count };
        });
      }),
    ),
  });
  const own = ridgesOf((visit, i) => counts[visit === 'BL' ? 'BL' : 'M1'].k[i] ?? 0);

  test('the border of the gate gives the result of the gate, and the curve has every border', () => {
    const { profileEffects, comparisons: rows } = analyze(study({ plan, profiles: own, draws: drawsOf(2, (k) => k) }));
    const borders = profileEffects.filter((row) => row.analysis === 'border');
    expect(borders).toHaveLength(9);
    const chosen = borders.find((row) => row.is_chosen);
    expect(chosen).toMatchObject({ border: 0.5, p: rows[0]?.p, status: 'ok', alignment: 'core' });
    expect(chosen?.estimate).toBeCloseTo(rows[0]?.estimate ?? 9, 12);
    for (const row of borders) expect(row.p_max_t).toBeGreaterThanOrEqual(1 / 256);
    expect(chosen?.p_max_t).toBeGreaterThanOrEqual(2 / 256);
  });

  test('any border takes the smallest p of all, each adjusted for all; the mean position needs none', () => {
    const { profileEffects } = analyze(study({ plan, profiles: own }));
    const [any, mean, ...borders] = profileEffects;
    expect(any?.analysis).toBe('any_border');
    expect(any?.p).toBe(Math.min(...borders.map((row) => row.p_max_t ?? 9)));
    expect(mean).toMatchObject({ analysis: 'mean_position', scale: 'u', n_pairs: 8, p: 4 / 256, ratio: null });
  });

  test('the tipping point is the nearest border at which the verdict turns', () => {
    // All that rose lies just beyond the border: further out there is nothing of it.
    const near = {
      ...own,
      bins: own.bins.map((bin) => {
        const i = subjects.indexOf(bin.sampleId.slice(0, 3));
        const [bl, m1] = [counts.BL.k[i] ?? 0, counts.M1.k[i] ?? 0];
        const [n0, n1] = [counts.BL.n[i] ?? 1, counts.M1.n[i] ?? 1];
        if (bin.from < 0.5) return bin;
        const isM1 = bin.sampleId.endsWith('M1');
        const outside = Math.round((0.2 * bl * (isM1 ? n1 : n0)) / n0);
        const last = (isM1 ? m1 : bl) - outside;
        return { ...bin, count: bin.from === 0.5 ? last : bin.from === 0.6 ? outside : 0 };
      }),
    };
    const [primary, draws] = analyze(study({ plan, profiles: near, draws: drawsOf(2, (k) => k) })).comparisons;
    expect(primary).toMatchObject({ reject: true, tipping_point: 0.6 });
    expect(draws?.sentence).toContain('it changes where the border passes 0.60 along the ridge');
  });

  test('without a ridge there is no curve, and tubes that lack one have none', () => {
    expect(analyze(study({ plan })).profileEffects).toEqual([]);
    const some = { ...own, bins: own.bins.filter((bin) => bin.sampleId !== 'P01_BL') };
    expect(analyze(study({ plan, profiles: some })).profileEffects).toEqual([]);
  });

  test('swapped visits turn every effect and keep every p', () => {
    const back = planOf({
      comparisons: [{ id: 'M1-BL', from: 'M1', to: 'BL' }],
      families: [{ ...change, sensitivity: ['draws'] }],
    });
    const [there, again] = [plan, back].map((one) => analyze(study({ plan: one, profiles: own })).profileEffects);
    there?.forEach((row, i) => {
      expect(again?.[i]?.p).toBe(row.p);
      expect(again?.[i]?.p_max_t).toBe(row.p_max_t);
      expect(again?.[i]?.estimate ?? 0).toBeCloseTo(-(row.estimate ?? 0), 12);
    });
  });
});

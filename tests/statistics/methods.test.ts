import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as s from '../../src/statistics/tools.ts';

const settings = { alternative: 'two-sided', zeroHandling: 'wilcoxon' } as const;

/** All 2^n sign patterns, one by one: the plain twin of the dynamic programme. */
function enumerated(ranks: readonly number[]): number[] {
  const counts = new Array<number>(ranks.reduce((sum, rank) => sum + rank, 0) + 1).fill(0);
  for (let pattern = 0; pattern < 2 ** ranks.length; pattern++) {
    const sum = ranks.reduce((total, rank, i) => ((pattern >> i) & 1 ? total + rank : total), 0);
    counts[sum] = (counts[sum] ?? 0) + 1;
  }
  return counts;
}

describe('signed-rank', () => {
  test('counts equal those of every sign pattern, up to ten tied ranks', () => {
    const ranks = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(ranks, (list) => {
        expect([...s.signPatternCounts(list).counts]).toEqual(enumerated(list));
      }),
    );
  });

  test('p lies in (0, 1], and equals count over total', () => {
    const values = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 12 });
    const property = fc.property(values, fc.constantFrom('wilcoxon', 'pratt'), (list, zeroHandling) => {
      const outcome = s.signedRankTest({ values: list, tolerance: 1e-9, alternative: 'two-sided', zeroHandling });
      if (outcome.status === 'not_estimable') {
        expect(list.every((d) => d === 0)).toBe(true);
        return;
      }
      expect(outcome.p).toBe((outcome.count ?? 0) / (outcome.total ?? 0));
      expect(outcome.p).toBeGreaterThanOrEqual(outcome.smallestP);
      expect(outcome.p).toBeLessThanOrEqual(1);
    });
    fc.assert(property);
  });

  test('all zero is not estimable, one pair gives p = 1, no pair has its own reason', () => {
    const run = (values: number[]) => s.signedRankTest({ values, tolerance: 1e-9, ...settings });
    expect(run([0, 0])).toEqual({ status: 'not_estimable', reason: 'all_zero' });
    expect(run([])).toEqual({ status: 'not_estimable', reason: 'no_pairs' });
    expect(run([2])).toMatchObject({ status: 'ok', p: 1 });
  });

  test('60 pairs are exact by probabilities, near the halved tail of 2^60', () => {
    const values = Array.from({ length: 60 }, (_, i) => i + 1);
    const outcome = s.signedRankTest({ values, tolerance: 1e-9, ...settings });
    expect(outcome).toMatchObject({ count: null, total: null, method: 'exact-dp' });
    expect(outcome.status === 'ok' && outcome.p / (2 / 2 ** 60)).toBeCloseTo(1, 12);
  });

  // Computed by exact integers: the largest 2·P(V ≤ v) that does not pass alpha.
  test.each([
    [5, 0.05, 0],
    [6, 0.05, 0.03125],
    [7, 0.05, 0.046875],
    [8, 0.05, 0.0390625],
    [9, 0.05, 0.0390625],
    [8, 0.025, 0.0234375],
    [7, 0.025, 0.015625],
  ])('%i untied pairs at alpha %f keep the level %f', (n, alpha, level) => {
    expect(s.attainedLevel(n, alpha, 'two-sided')).toBe(level);
  });
});

describe('tie rule', () => {
  const tenths = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 })), {
    minLength: 1,
    maxLength: 12,
  });
  const ranksOf = (pairs: [number, number][], unit: number) => {
    const [from, to] = [pairs.map(([a]) => a / 10 / unit), pairs.map(([, b]) => b / 10 / unit)];
    const differences = to.map((value, i) => value - (from[i] ?? 0));
    return s.signedRanks(differences, s.tieTolerance('percent', [...from, ...to]), 'wilcoxon');
  };

  test('decimals rank as the integers they stand for', () => {
    const property = fc.property(tenths, (pairs) => {
      const whole = s.signedRanks(
        pairs.map(([a, b]) => b - a),
        0,
        'wilcoxon',
      );
      expect(ranksOf(pairs, 1)).toEqual(whole);
    });
    fc.assert(property);
  });

  test('percentages and fractions of the same data rank alike', () => {
    fc.assert(
      fc.property(tenths, (pairs) => {
        expect(ranksOf(pairs, 100)).toEqual(ranksOf(pairs, 1));
      }),
    );
  });
});

describe('Hodges–Lehmann', () => {
  const differences = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 15 });

  test('a constant added to every difference shifts estimate and interval by it', () => {
    const property = fc.property(differences, fc.integer({ min: -50, max: 50 }), (values, by) => {
      const [plain, moved] = [
        s.hodgesLehmann(values, 0.95),
        s.hodgesLehmann(
          values.map((d) => d + by),
          0.95,
        ),
      ];
      expect(moved?.estimate).toBe((plain?.estimate ?? 0) + by);
      expect(moved?.low).toBe((plain?.low ?? 0) + by);
      expect(moved?.high).toBe((plain?.high ?? 0) + by);
    });
    fc.assert(property);
  });

  test('the estimate lies inside its interval, whose level reaches the nominal one from six pairs on', () => {
    const property = fc.property(differences, (values) => {
      const h = s.hodgesLehmann(values, 0.95);
      expect(h?.estimate).toBeGreaterThanOrEqual(h?.low ?? Number.NaN);
      expect(h?.estimate).toBeLessThanOrEqual(h?.high ?? Number.NaN);
      expect(h?.reachesNominal).toBe(values.length >= 6);
    });
    fc.assert(property);
  });

  test('no differences have no estimate', () => {
    expect(s.hodgesLehmann([], 0.95)).toBeUndefined();
  });
});

describe('adjustment within a family', () => {
  const p = fc.array(fc.option(fc.double({ min: 1e-9, max: 1, noNaN: true })), { minLength: 1, maxLength: 10 });

  test.each(Object.entries(s.adjustments))(
    '%s keeps the order, never falls below p, and skips no missing member',
    (_, method) => {
      const property = fc.property(p, (list) => {
        const adjusted = method.adjust(list);
        list.forEach((value, i) => {
          expect(adjusted[i] === null).toBe(value === null);
          if (value === null) return;
          expect(adjusted[i]).toBeGreaterThanOrEqual(value * (1 - 1e-15));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          list.forEach((other, j) => {
            if (other !== null && other < value) expect(adjusted[j]).toBeLessThanOrEqual(adjusted[i] ?? Number.NaN);
          });
        });
      });
      fc.assert(property);
    },
  );

  test('a family of one is left as it is by Holm', () => {
    expect(s.adjustments.holm.adjust([0.03])).toEqual([0.03]);
  });
});

describe('t tests', () => {
  test('equal differences are not estimable by t while the signed-rank p stands', () => {
    const d = { values: [1.5, 1.5, 1.5, 1.5], tolerance: s.tieTolerance('percent', [1, 5.5]), ...settings };
    expect(s.pairedTTest(d)).toEqual({ status: 'not_estimable', reason: 'sd_zero' });
    expect(s.signedRankTest(d)).toMatchObject({ p: 0.125 });
    expect(s.standardizedMean(d.values, d.tolerance, 0.95)).toBeUndefined();
  });

  test('equivalence passes exactly where the interval lies inside the margins', () => {
    const values = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 3, maxLength: 12 });
    const property = fc.property(values, (list) => {
      const d = { values: list.map((value) => value / 1000), tolerance: 1e-9, ...settings };
      const margins = { low: Math.log(0.8), high: Math.log(1.25) };
      const [tost, interval] = [s.tostT(d, margins), s.tostInterval(d, 0.05)];
      if (tost.status === 'not_estimable' || !interval) return;
      expect(tost.p <= 0.05).toBe(interval.low >= margins.low && interval.high <= margins.high);
    });
    fc.assert(property);
  });
});

describe('sign flips', () => {
  test('beyond 25 pairs random flips lie within the stated error of the exact p', () => {
    // Integer differences: the exact null is that of their absolute values as ranks.
    const values = Array.from({ length: 26 }, (_, i) => (i % 3 === 0 ? -1 : 1) * (1 + ((i * 7) % 11)));
    const { counts, total } = s.signPatternCounts(values.map(Math.abs));
    const observed = values.filter((d) => d > 0).reduce((sum, d) => sum + d, 0);
    const upper = counts.slice(observed).reduce((sum, count) => sum + count, 0);
    const exact = (2 * upper) / total;
    const outcome = s.signFlipTest({ values, tolerance: 1e-9, ...settings, seed: 7 });
    expect(outcome).toMatchObject({ status: 'approximate', method: 'random-flips', total: 100_000 });
    const error = 4 * Math.sqrt((exact * (1 - exact)) / 99_999);
    expect(Math.abs((outcome.status === 'approximate' ? outcome.p : 9) - exact)).toBeLessThanOrEqual(error);
  });
});

describe('counting', () => {
  // scipy 1.17.1, scipy.stats.fisher_exact, two-sided.
  test.each([
    [9, 640, 38, 702, 4.478832067429408e-5],
    [118, 1975, 96, 1688, 0.7243826982527082],
    [1400, 2000, 1330, 2000, 0.019077074580456644],
    [0, 640, 3, 702, 0.2510427189709839],
    [98, 2410, 201, 2105, 1.2796663205233047e-13],
    [3, 7, 6, 8, 0.3146853146853147],
    [5, 10, 5, 10, 1],
    [60_000, 100_000, 59_000, 100_000, 5.3493331894786284e-6],
  ])('%i of %i against %i of %i: p = %d', (k1, n1, k2, n2, p) => {
    const relative = Math.abs(s.fisherExact(k1, n1, k2, n2) / p - 1);
    expect(relative).toBeLessThan(1e-9);
  });

  test('both tubes may be exchanged, and so may cells inside and outside the gate', () => {
    const table = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40));
    const property = fc.property(table, ([a, b, c, d]) => {
      const p = s.fisherExact(a, a + b, c, c + d);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(s.fisherExact(c, c + d, a, a + b)).toBeCloseTo(p, 10);
      expect(s.fisherExact(b, a + b, d, c + d)).toBeCloseTo(p, 10);
    });
    fc.assert(property);
  });

  test('the exact interval holds the share, is open to nothing at 0 and to all at the whole', () => {
    // R 4.2.2: binom.test(118, 2950)$conf.int.
    expect(s.clopperPearson(118, 2950, 0.95)?.low).toBeCloseTo(0.0332188994, 10);
    expect(s.clopperPearson(118, 2950, 0.95)?.high).toBeCloseTo(0.04771157612, 10);
    expect(s.clopperPearson(0, 10, 0.95)?.low).toBe(0);
    expect(s.clopperPearson(10, 10, 0.95)?.high).toBe(1);
    expect(s.clopperPearson(0, 0, 0.95)).toBeUndefined();
  });

  test('counting explains all of a difference that is only counting, and none of one that is not', () => {
    const tube = (count: number, parentCount: number) => ({ count, parentCount, percent: null, absolute: null });
    const pair = { from: tube(10, 1000), to: tube(12, 1000) };
    const share = s.countingShare([pair, pair], [-0.1, 0.1], 'log-ratio', 1e-9);
    const variance = 1 / 10.5 + 1 / 12.5 - 2 / 1001;
    expect(share).toBeCloseTo(variance / 0.02, 12);
    expect(s.countingShare([pair, pair], [0.1, 0.1], 'log-ratio', 1e-9)).toBeUndefined();
  });
});

describe('distributions', () => {
  // scipy 1.17.1: binom.pmf, binom.cdf, f.sf, nct.sf.
  test.each([
    ['binomial probability', s.binomialProbability(9, 640, 0.0140625), 0.13269168704649156],
    ['binomial lower tail', s.binomialLower(9, 640, 0.02), 0.1767439907758988],
    ['F upper tail', s.fisherFUpper(3.2, 5, 35), 0.017526768461924233],
    ['noncentral t upper tail', s.noncentralUpper(9, 7, 1.2), 0.00035676313905999525],
  ])('%s', (_, ours, theirs) => expect(Math.abs(ours / theirs - 1)).toBeLessThan(1e-8));

  test('both tails of the incomplete beta make one', () => {
    const x = fc.double({ min: 0, max: 1, noNaN: true });
    const shape = fc.double({ min: 0.1, max: 500, noNaN: true });
    const property = fc.property(x, shape, shape, (at, a, b) => {
      expect(s.betaLower(at, a, b) + s.betaUpper(at, a, b)).toBeCloseTo(1, 12);
    });
    fc.assert(property);
  });

  test('the noncentrality found gives the p it was asked for', () => {
    const property = fc.property(
      fc.double({ min: -8, max: 12, noNaN: true }),
      fc.integer({ min: 2, max: 30 }),
      fc.constantFrom(0.025, 0.975),
      (t, df, p) => {
        expect(s.noncentralLower(t, df, s.noncentralityFor(p, t, df))).toBeCloseTo(p, 10);
      },
    );
    fc.assert(property, { numRuns: 40 });
  });
});

test('every method of the registries says what it is and where it comes from', () => {
  const planned = [...Object.values(s.changeTests), ...Object.values(s.equivalenceTests)];
  for (const method of [...planned, s.transient, ...Object.values(s.adjustments)]) {
    expect(method.summary.length).toBeGreaterThan(20);
    expect(method.source).toMatch(/(18|19|20)\d\d/);
  }
  for (const method of planned) {
    expect(method.methods({ zeroHandlings: new Set(['wilcoxon']), alpha: 0.05 })).toMatch(/^[A-Z].*\.$/);
  }
});

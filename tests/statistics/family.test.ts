import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, type Observation } from '../../src/analysis/index.ts';
import { maxT, mixedModel, signFlipTest } from '../../src/statistics/index.ts';
import { change, comparisons, counts, planOf, study, tubesOf } from './madeUpStudy.ts';

const two = [
  { population: 'B/CD24hiCD38hi', measure: 'pct_of_B' },
  { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' },
];
const [first, second] = ['Live/B/CD24hiCD38hi pct_of_B', 'Live/B/CD27+CD38lo-CD24hi pct_of_B'] as const;
const familyOf = (adjust: 'holm' | 'max_t') =>
  planOf({ comparisons, families: [{ ...change, adjust, endpoints: two, sensitivity: ['t_logit'] }] });
/** Both endpoints of the first patients of the made-up study; the second one rises with the first. */
const both = (patients: number): Observation[] => {
  const some = (list: readonly number[]) => list.slice(0, patients);
  const by = (factor: number) =>
    Object.fromEntries(
      Object.entries(counts).map(([visit, { k, n }]) => [
        visit,
        { k: some(k).map((value) => Math.round(factor * value)), n: some(n) },
      ]),
    );
  return [...tubesOf(first, by(1)), ...tubesOf(second, by(0.4))];
};
const rowsOf = (adjust: 'holm' | 'max_t', patients: number) =>
  analyze(study({ plan: familyOf(adjust), observations: both(patients) })).comparisons;

describe('maxT within a family', () => {
  test('six patients who all rise in both endpoints reject by maxT and cannot by Holm', () => {
    const [holm] = rowsOf('holm', 6);
    expect(holm).toMatchObject({ p: 2 / 64, p_adj: 4 / 64, reject: false, can_reject: false });
    for (const row of rowsOf('max_t', 6).filter((one) => one.analysis === 'primary')) {
      expect(row).toMatchObject({ p: 2 / 64, p_adj: 2 / 64, adjust: 'max_t', reject: true, can_reject: true });
    }
    expect(rowsOf('max_t', 6)[0]?.sentence).toContain('maxT-adjusted 0.0313 in a family of 2');
  });

  test('its sensitivity on t flips the t statistic', () => {
    const t = rowsOf('max_t', 8).find((row) => row.analysis === 't_logit');
    expect(t?.p_adj).toBeGreaterThanOrEqual(2 / 256);
    expect(Number.isInteger((t?.p_adj ?? 0) * 256)).toBe(true);
  });

  test('is refused for a question that flips do not answer', () => {
    const same = {
      ...change,
      adjust: 'max_t' as const,
      question: 'equivalence' as const,
      margins: { ratio: [0.8, 1.25] },
    };
    expect(() => planOf({ comparisons, families: [{ ...same, margins: { ratio: [0.8, 1.25] } }] })).toThrow('max_t');
  });

  test('adjusted p never fall below raw ones, step-down never above single step, and patients may be in any order', () => {
    const cell = fc.option(
      fc.integer({ min: -40, max: 40 }).map((value) => value / 10),
      { nil: null, freq: 8 },
    );
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 7 });
    const property = fc.property(table, fc.constantFrom('signed_rank' as const, 't' as const), (rows, statistic) => {
      const settings = { tolerances: [4e-9, 4e-9, 4e-9], statistic, zeroHandling: 'wilcoxon', seed: 1 } as const;
      const found = maxT({ rows, ...settings });
      found.pRaw.forEach((raw, j) => {
        if (raw === null) return;
        expect(raw).toBeGreaterThan(0);
        expect(found.pStepDown[j]).toBeGreaterThanOrEqual(raw);
        expect(found.pSingleStep[j]).toBeGreaterThanOrEqual(found.pStepDown[j] ?? 2);
      });
      const turned = maxT({ rows: [...rows].reverse(), ...settings });
      expect(turned.pStepDown).toEqual(found.pStepDown);
    });
    fc.assert(property, { numRuns: 60 });
  });

  test('beyond 20 patients random flips lie within their error of all patterns', () => {
    const rows = Array.from({ length: 21 }, (_, i) => [((i * 7) % 10) - 3, ((i * 3) % 8) - 2.5]);
    const settings = { tolerances: [1e-8, 1e-8], statistic: 't', zeroHandling: 'wilcoxon', seed: 3 } as const;
    const random = maxT({ rows, ...settings });
    expect(random).toMatchObject({ status: 'approximate', total: 100_000 });
    rows[0]?.forEach((_, j) => {
      const values = rows.map((row) => row[j] ?? 0);
      const exact = signFlipTest({ values, tolerance: 1e-8, alternative: 'two-sided', zeroHandling: 'wilcoxon' });
      const p = exact.status === 'ok' ? exact.p : 9;
      expect(Math.abs((random.pRaw[j] ?? 9) - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 99_999));
    });
  });
});

describe('the mixed model over all visits', () => {
  test('stands in visits.csv beside the exact tests, with patients who miss a visit', () => {
    const observations = both(8).filter((one) => !(one.subject === 'P03' && one.visit === 'M6'));
    const rows = analyze(study({ plan: familyOf('holm'), observations })).visits.filter(
      (row) => row.endpoint === first,
    );
    expect(rows.map((row) => row.visit)).toEqual(['BL', 'M1', 'M6']);
    expect(rows[0]).toMatchObject({ lmm_estimate: null, lmm_p: null, lmm_flag: null });
    for (const row of rows.slice(1)) {
      expect(row.lmm_estimate).toBeTypeOf('number');
      expect(row.lmm_p_adj).toBeGreaterThanOrEqual(row.lmm_p ?? 9);
      expect(row.lmm_low).toBeLessThan(row.lmm_estimate ?? 9);
      expect(row.lmm_var_subject).toBe(rows[0]?.lmm_var_subject);
    }
    expect(rows[2]?.n_pairs).toBe(7);
  });

  test('complete and balanced it is the analysis of variance: se √(2σ²/n), df (n − 1)(k − 1)', () => {
    const noise = fc.array(fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)), { minLength: 3, maxLength: 8 });
    const property = fc.property(noise, (rows) => {
      const measured = rows.flatMap((row, i) =>
        row.map((value, j) => ({ subject: `P${i}`, visit: `V${j}`, value: 3 * i + value / 50 })),
      );
      const model = mixedModel(measured, ['V0', 'V1', 'V2'], 0.95);
      if (model.status === 'not_estimable' || model.varSubject === 0) return;
      const one = model.visits[0];
      expect(one?.se).toBeCloseTo(Math.sqrt((2 * model.varResidual) / rows.length), 8);
      expect(one?.df).toBeCloseTo((rows.length - 1) * 2, 5);
    });
    fc.assert(property, { numRuns: 40 });
  });

  test('says why there is none', () => {
    const at = (visit: string, value: number, subject = 'P1') => ({ subject, visit, value });
    const reason = (rows: ReturnType<typeof at>[]) => {
      const model = mixedModel(rows, ['BL', 'M1'], 0.95);
      return model.status === 'not_estimable' ? model.reason : model.status;
    };
    expect(reason([])).toBe('one_visit');
    expect(reason([at('M1', 1), at('M1', 2, 'P2')])).toBe('one_visit');
    expect(reason([at('BL', 1), at('M1', 2)])).toBe('one_subject');
    expect(reason([at('BL', 1), at('M1', 2, 'P2')])).toBe('no_residual_df');
    const same = [at('BL', 1), at('M1', 2), at('BL', 1, 'P2'), at('M1', 2, 'P2')];
    expect(reason(same)).toBe('sd_zero');
  });
});

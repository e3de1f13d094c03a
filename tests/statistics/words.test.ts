import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Analysis,
  analyze,
  associationColumns,
  comparisonColumns,
  type DrawnCount,
  type Observation,
  PlanSchema,
  pairColumns,
  profileEffectColumns,
  resolvePlan,
  visitColumns,
} from '../../src/analysis/index.ts';
import { breg, change, populations, study, subjects, tubesOf } from './madeUpStudy.ts';

const visits = ['BL', 'M1', 'M6', 'M9'].map((id) => ({ id }));
const second = 'Live/B/CD27+CD38lo-CD24hi pct_of_B';
const endpoints = [...change.endpoints, { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' }];
const shared = { comparison: 'M1-BL', endpoints };
const margins = { ratio: [0.8, 1.25] as [number, number] };

/** Every question that can be asked. */
const plan = resolvePlan(
  PlanSchema.parse({
    comparisons: [
      { id: 'M1-BL', from: 'BL', to: 'M1' },
      { id: 'M6-BL', from: 'BL', to: 'M6' },
      { id: 'M9-M6', from: 'M6', to: 'M9' },
    ],
    families: [
      { ...shared, id: 'change', role: 'primary', sensitivity: ['percent', 'pratt', 't_logit', 'draws', 'counting'] },
      { ...shared, id: 'flips', role: 'secondary', adjust: 'max_t', sensitivity: ['leave_one_out', 'without_flagged'] },
      { ...shared, id: 'same', role: 'secondary', question: 'equivalence', margins },
      { ...shared, id: 'open', question: 'equivalence' },
      { ...shared, id: 'fall', role: 'secondary', question: 'transient', return_to: { visit: 'M6', by: 'fall' } },
      { ...shared, id: 'back', question: 'transient', return_to: { visit: 'M6', by: 'equivalence', margins } },
      { ...shared, id: 'up', test: 'sign', alternative: 'greater', sensitivity: [] },
      { ...shared, id: 'sum', test: 'sign_flip', scale: 'percent', sensitivity: [] },
      { ...shared, id: 'ranks', question: 'equivalence', test: 'tost_signed_rank', margins: { points: [-1, 1] } },
    ],
    associations: [
      { ...shared, id: 'rho', question: 'correlation', with: 'SLEDAI', adjust: 'holm' },
      { ...shared, id: 'tau', question: 'correlation', with: 'SLEDAI', of: 'baseline', method: 'kendall' },
      { ...shared, id: 'arms', question: 'groups', scale: 'percent' },
      { ...shared, id: 'resp', question: 'responders', ratio: 1.5, by: 'arm', again: 'M6-BL' },
      { ...shared, id: 'clr', question: 'composition' },
      { ...shared, id: 'noise', question: 'negative_control', controls: ['M9-M6'] },
      { id: 'all', question: 'visits', endpoints },
    ],
  }),
  { visits, populations, denominators: { B: 'Live/B', Live: 'Live' } },
).value;

const tube = fc.option(fc.tuple(fc.nat(60), fc.integer({ min: 60, max: 400 })), { nil: undefined, freq: 9 });
const patient = fc.record({ BL: tube, M1: tube, M6: tube, M9: tube, arm: fc.constantFrom('a', 'b'), score: fc.nat(9) });
const cohort = fc.array(patient, { minLength: 0, maxLength: 8 });
type Cohort = typeof cohort extends fc.Arbitrary<infer T> ? T : never;

function analysisOf(patients: Cohort): Analysis {
  if (!plan) throw new Error('the plan of this test is not sound');
  const observations = patients.flatMap((one, i) =>
    (['BL', 'M1', 'M6', 'M9'] as const).flatMap((visit): Observation[] => {
      const found = one[visit];
      if (!found) return [];
      const by = { [visit]: { k: [found[0]], n: [found[1]] } };
      const half = { [visit]: { k: [Math.floor(found[0] / 2)], n: [found[1]] } };
      const subject = subjects[i] ?? '';
      return [...tubesOf(breg, by), ...tubesOf(second, half)].map((made) => ({
        ...made,
        subject,
        sampleId: `${subject}_${visit}`,
        arm: one.arm,
      }));
    }),
  );
  const draws = observations.flatMap((one): DrawnCount[] =>
    [0, 1, 2, 3].map((draw) => {
      const { endpointKey, sampleId, parentCount, count } = one;
      return { endpointKey, sampleId, draw, parentCount, count: Math.max(0, (count ?? 0) - draw) };
    }),
  );
  const bins = [...new Set(observations.map((one) => one.sampleId))].flatMap((sampleId, i) =>
    [0, 1, 2, 3].map((bin) => ({ sampleId, alignment: 'core', from: bin, to: bin + 1, count: (i * 7 + bin * 5) % 11 })),
  );
  const borders = [{ population: 'Live/B/CD24hiCD38hi', alignment: 'core', border: 2 }];
  const covariates = patients.flatMap((one, i) =>
    ['BL', 'M1'].map((visit, j) => ({ subject: subjects[i] ?? '', visit, name: 'SLEDAI', value: one.score * (j + 1) })),
  );
  const own = subjects.slice(0, patients.length);
  return analyze(study({ plan, visits, subjects: own, observations, covariates, draws, profiles: { bins, borders } }));
}

// What is never said (a phenotype is no function, a large p no sameness, and nobody was randomised), and what a broken
// number would leave behind.
const forbidden =
  /regulatory B cells increased|unchanged|no difference|unmodified|trend towards|caused|due to|by MSC|NaN|Infinity|undefined|null|p = 0\.0000/i;

const tables = (result: Analysis) => [
  [comparisonColumns, result.comparisons] as const,
  [pairColumns, result.pairs] as const,
  [visitColumns, result.visits] as const,
  [associationColumns, result.associations] as const,
  [profileEffectColumns, result.profileEffects] as const,
];

describe('whatever the data', () => {
  test('no sentence and no methods text has a forbidden word; conditional ones stand under their condition', () => {
    const property = fc.property(cohort, (patients) => {
      const result = analysisOf(patients);
      for (const row of [...result.comparisons, ...result.associations]) {
        expect(row.sentence).not.toMatch(forbidden);
        // "Significant" is never needed: n, estimate and p say it.
        expect(row.sentence).not.toMatch(/significan/i);
        expect(row.sentence).toMatch(/[.)]$/);
      }
      for (const row of result.comparisons) {
        const isReturn = /fell again|was back within/.test(row.sentence ?? '');
        if (isReturn) expect(row.question === 'transient' && row.p !== null && (row.p_adj ?? row.p) <= 0.05).toBe(true);
        expect(row.sentence).not.toMatch(/transient/i);
        if (/lay within the planned margins/.test(row.sentence ?? '')) expect(row.tost_p).toBeLessThanOrEqual(0.05);
      }
      expect(result.methods).not.toMatch(forbidden);
      expect(result.methods).not.toMatch(/significan/i);
    });
    fc.assert(property, { numRuns: 8 });
  });

  test('no table holds a number that is none; every p lies in (0, 1]; every row has all columns', () => {
    const property = fc.property(cohort, (patients) => {
      for (const [columns, rows] of tables(analysisOf(patients))) {
        const names = columns.map(({ name }) => name).sort();
        for (const row of rows) {
          expect(Object.keys(row).sort()).toEqual(names);
          for (const [name, value] of Object.entries(row)) {
            if (typeof value === 'number') expect(value, name).toSatisfy(Number.isFinite);
            const isP = /^(p|p_adj|p_adj_bh|tost_p|iut_p|lmm_p|lmm_p_adj|p_max_t|loo_p_max|difference_p|counting_p)$/;
            if (isP.test(name) && typeof value === 'number') {
              expect(value, name).toBeGreaterThan(0);
              expect(value, name).toBeLessThanOrEqual(1);
            }
          }
        }
      }
    });
    fc.assert(property, { numRuns: 8 });
  });

  test('the order of rows and patients changes no row', () => {
    const property = fc.property(cohort, (patients) => {
      if (!plan) throw new Error('no plan');
      const observations = patients.flatMap((one, i) =>
        (['BL', 'M1', 'M6', 'M9'] as const).flatMap((visit) => {
          const found = one[visit];
          const [made] = found ? tubesOf(breg, { [visit]: { k: [found[0]], n: [found[1]] } }) : [];
          const subject = subjects[i] ?? '';
          return made ? [{ ...made, subject, sampleId: `${subject}_${visit}`, arm: one.arm }] : [];
        }),
      );
      const run = (list: readonly Observation[], names: readonly string[]) =>
        analyze(study({ plan, visits, subjects: names, observations: list }));
      const turned = run([...observations].reverse(), [...subjects].reverse());
      expect(turned.associations).toEqual(run(observations, subjects).associations);
      expect(turned.visits).toEqual(run(observations, subjects).visits);
    });
    fc.assert(property, { numRuns: 8 });
  });
});

/** The tables of the contract, column for column; what this program adds stands at the end. */
test('the columns stand in the order of the contract', () => {
  const names = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);
  const comparison =
    'study family endpoint population parent denominator visit_from visit_to arm analysis planned scale zero_rule test method alternative zero_handling n_subjects n_pairs n_used n_zero n_tied n_up n_down n_missing median_from median_to estimate ci_low ci_high ci_nominal ci_level ci_reaches_nominal ratio ratio_low ratio_high diff_points diff_low diff_high statistic p_count p_total p p_min_attainable adjust family_size p_adj p_adj_bh alpha reject can_reject rank_biserial dz gz gz_low gz_high margin_low margin_high tost_p tost_ci_low tost_ci_high equivalent iut_p iut_visit counting_share gate_share gate_est_low gate_est_high tipping_point loo_p_max loo_subject status reason flags sentence';
  const pair =
    'subject endpoint visit_from visit_to sample_from sample_to k_from n_from k_to n_to pct_from pct_to value_from value_to delta ratio diff_points abs_from abs_to counting_p rank used reason days_between flags family scale cells_moved gate_moved';
  const visit =
    'endpoint visit n_planned n median_pct q1_pct q3_pct geomean_pct n_pairs hl hl_low hl_high hl_level ratio p p_adj lmm_estimate lmm_se lmm_df lmm_low lmm_high lmm_p lmm_p_adj lmm_var_subject lmm_var_residual lmm_flag tost_p equivalent status reason family scale';
  const starts = (columns: readonly { readonly name: string }[], list: string) =>
    names(columns).slice(0, list.split(' ').length).join(' ');
  expect(starts(comparisonColumns, comparison)).toBe(comparison);
  expect(starts(pairColumns, pair)).toBe(pair);
  expect(starts(visitColumns, visit)).toBe(visit);
});

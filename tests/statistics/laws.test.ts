import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, type Observation } from '../../src/analysis/index.ts';
import type { AnalysisInput } from '../../src/analysis/tools.ts';
import { breg, change, comparisons, counts, planOf, study, subjects, tubesOf } from './madeUpStudy.ts';

const tube = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 300, max: 4000 }));
const cohort = fc.array(fc.tuple(tube, tube), { minLength: 1, maxLength: 8 }).map((patients) => ({
  BL: { k: patients.map(([[k]]) => k), n: patients.map(([[, n]]) => n) },
  M1: { k: patients.map(([, [k]]) => k), n: patients.map(([, [, n]]) => n) },
}));

const light = { ...change, sensitivity: ['percent', 't_logit'] as ('percent' | 't_logit')[] };
const plan = planOf({ comparisons, families: [light] });
const back = planOf({ comparisons: [{ id: 'M1-BL', from: 'M1', to: 'BL' }], families: [light] });
const runs = { numRuns: 40 };

describe('laws of the comparison', () => {
  test('swapping the visits flips every sign and keeps every p', () => {
    const property = fc.property(cohort, (by) => {
      const observations = tubesOf(breg, by);
      const there = analyze(study({ plan, observations })).comparisons;
      const again = analyze(study({ plan: back, observations })).comparisons;
      there.forEach((one, i) => {
        const other = again[i];
        expect(other?.p).toBe(one.p);
        expect(other?.n_up).toBe(one.n_down);
        expect(other?.estimate ?? 0).toBeCloseTo(-(one.estimate ?? 0), 12);
        expect(other?.ci_low ?? 0).toBeCloseTo(-(one.ci_high ?? 0), 12);
        expect(other?.gz_low ?? 0).toBeCloseTo(-(one.gz_high ?? 0), 8);
        expect(other?.rank_biserial ?? 0).toBeCloseTo(-(one.rank_biserial ?? 0), 12);
      });
    });
    fc.assert(property, runs);
  });

  test('the order of the rows changes nothing', () => {
    const tubes = tubesOf(breg, counts);
    const expected = analyze(study());
    const property = fc.property(fc.shuffledSubarray(tubes, { minLength: tubes.length }), (observations) => {
      expect(analyze(study({ observations }))).toEqual(expected);
    });
    fc.assert(property, { numRuns: 10 });
  });

  test('the order of the patients changes nothing', () => {
    const property = fc.property(fc.shuffledSubarray(subjects, { minLength: 8 }), (shuffled) => {
      expect(analyze(study({ subjects: shuffled, plan }))).toEqual(analyze(study({ plan })));
    });
    fc.assert(property, { numRuns: 10 });
  });

  test('which patient has which name changes no number', () => {
    const property = fc.property(fc.shuffledSubarray(subjects, { minLength: 8 }), (names) => {
      const renamed = tubesOf(breg, counts).map((one): Observation => {
        const subject = names[subjects.indexOf(one.subject)] ?? '';
        return { ...one, subject };
      });
      const [plain, other] = [study({ plan }), study({ plan, observations: renamed })].map((input) => firstRow(input));
      expect(other?.p).toBe(plain?.p);
      expect(other?.estimate).toBe(plain?.estimate);
      expect(other?.gz).toBeCloseTo(plain?.gz ?? 0, 9);
    });
    fc.assert(property, { numRuns: 10 });
  });

  test('no sentence or methods text has a forbidden word, whatever the data', () => {
    const forbidden =
      /unchanged|no difference|unmodified|trend towards|caused|due to|by MSC|regulatory B cells increased|significant|NaN|Infinity|undefined/i;
    const property = fc.property(cohort, (by) => {
      const result = analyze(study({ plan: everyQuestion, observations: tubesOf(breg, { ...by, M6: by.BL }) }));
      for (const one of result.comparisons) expect(one.sentence).not.toMatch(forbidden);
      expect(result.methods).not.toMatch(forbidden);
    });
    fc.assert(property, { numRuns: 25 });
  });
});

const endpoints = change.endpoints;
const shared = { comparison: 'M1-BL', endpoints };
const everyQuestion = planOf({
  comparisons,
  families: [
    change,
    { ...shared, id: 'fall', role: 'secondary', question: 'transient', return_to: { visit: 'M6', by: 'fall' } },
    { ...shared, id: 'same', question: 'equivalence', margins: { ratio: [0.8, 1.25] } },
    { ...shared, id: 'sign', test: 'sign', sensitivity: [], alternative: 'greater' },
    { ...shared, id: 'flip', test: 'sign_flip', sensitivity: [], scale: 'percent' },
    { ...shared, id: 'tost', question: 'equivalence', test: 'tost_signed_rank', margins: { points: [-1, 1] } },
  ],
});

function firstRow(input: AnalysisInput) {
  return analyze(input).comparisons[0];
}

test('the methods paragraph tells what ran and nothing else', () => {
  const methods = analyze(study()).methods;
  expect(methods).toBe(
    [
      'The families of endpoints were declared in the study plan; α = 0.05.',
      '8 patients, 1 endpoint comparison.',
      'Family regulatory (primary, 1 endpoint, BL to M1): change, two-sided; adjusted within the family by Holm (1979).',
      'Values were compared as log shares with half an event added to every count (k + ½)/(N + 1), differences read as ratios.',
      'Exact signed-rank tests counted all sign patterns of the midranks, zeros dropped (Wilcoxon); no normal approximation was used.',
      'Estimates are Hodges–Lehmann shifts of all differences with exact intervals, nominal 95 %, achieved level given with each.',
      'Sensitivity analyses planned beside the primary one: on percentages; with zeros by Pratt; by a paired t test on logits; without flagged tubes; leaving out one patient at a time.',
      'Courses over all visits were fitted by a linear mixed model with a random intercept per patient (Laird & Ware 1982), restricted maximum likelihood, degrees of freedom after Satterthwaite (1946), each visit against the first, Holm over visits; patients who miss a visit stay in, which assumes that what is missing depends on what was seen.',
      'Complete pairs were used; nothing was imputed.',
    ].join(' '),
  );
  const other = analyze(study({ plan: everyQuestion })).methods;
  for (const words of ['Schuirmann', 'sign tests', 'Sign-flip', 'intersection–union', 'ratio 0.8 to 1.25']) {
    expect(other).toContain(words);
    expect(methods).not.toContain(words);
  }
  expect(analyze(study({ plan: planOf({}) })).methods).toContain('No families were planned');
});

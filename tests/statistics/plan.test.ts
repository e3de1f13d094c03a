import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PlanSchema, resolvePlan } from '../../src/analysis/index.ts';
import { planWarnings } from '../../src/analysis/tools.ts';
import { change, comparisons, planOf, populations, subjects, visits } from './madeUpStudy.ts';

const facts = { visits, populations, denominators: { B: 'Live/B', Live: 'Live' } };
const problemsOf = (source: unknown) =>
  resolvePlan(PlanSchema.parse(source), facts).problems.map((found) => found.message);

describe('the plan of an analysis', () => {
  test('has the defaults of the format where nothing is written', () => {
    const plan = PlanSchema.parse({});
    expect(plan).toEqual({
      alpha: 0.05,
      level: 0.95,
      rules: { min_parent: 100, few_parents: 500, few_events: 25, zero_rule: 'half_event', draws: 200 },
    });
  });

  test('without families compares the second visit with the first in every population, exploratory and unplanned', () => {
    const plan = planOf({});
    expect(plan.planned).toBe(false);
    expect(plan.families).toHaveLength(1);
    expect(plan.families[0]).toMatchObject({ id: 'all', role: 'exploratory', adjust: 'none', sensitivity: [] });
    expect(plan.families[0]?.comparison).toEqual({ id: 'M1-BL', from: 'BL', to: 'M1' });
    expect(plan.families[0]?.endpoints.map((one) => one.key)).toEqual(populations.map((path) => `${path} pct_parent`));
  });

  test('finds a population by the end of its path, and fills in test, adjustment and sensitivities', () => {
    const family = planOf({ comparisons, families: [change] }).families[0];
    expect(family?.endpoints[0]).toMatchObject({ population: 'Live/B/CD24hiCD38hi', denominator: 'B' });
    expect(family).toMatchObject({ test: 'signed_rank', adjust: 'holm' });
    expect(family?.sensitivity).toEqual(['percent', 'pratt', 't_logit', 'without_flagged', 'leave_one_out', 'draws']);
  });

  test('names everything that is wrong at once, with the nearest known name', () => {
    const source = {
      comparisons: [{ id: 'a', from: 'BL', to: 'M2' }],
      families: [{ ...change, comparison: 'a', endpoints: [{ population: 'B/CD24hiCD38h', measure: 'pct_of_C' }] }],
    };
    const { value, problems } = resolvePlan(PlanSchema.parse(source), facts);
    expect(value).toBeUndefined();
    expect(problems.map((found) => [found.message, found.hint])).toEqual([
      ['visit "M2" is not known', 'did you mean "M1"?'],
      ['population "B/CD24hiCD38h" is not known', 'did you mean "B/CD24hiCD38hi"?'],
      ['denominator "C" is not known', 'known: B, Live'],
    ]);
  });

  test('an ambiguous population names all it could be', () => {
    const found = resolvePlan(
      PlanSchema.parse({ comparisons, families: [{ ...change, endpoints: [{ population: 'B' }] }] }),
      { ...facts, populations: [...populations, 'Dead/B'] },
    );
    expect(found.problems[0]?.message).toBe('population "B" is ambiguous: "Live/B", "Dead/B"');
  });

  test('a transient question names its later visit beforehand, and a return by equivalence its margins', () => {
    const family = { ...change, question: 'transient' };
    expect(problemsOf({ comparisons, families: [family] })[0]).toContain('needs return_to');
    const back = { ...family, return_to: { visit: 'M6', by: 'equivalence' } };
    expect(problemsOf({ comparisons, families: [back] })[0]).toContain('needs margins');
    const same = { ...family, return_to: { visit: 'M1', by: 'fall' } };
    expect(problemsOf({ comparisons, families: [same] })[0]).toContain('one of the two compared visits');
  });

  test('settings that do not answer the question are refused', () => {
    const equivalence = { ...change, question: 'equivalence', margins: { ratio: [0.8, 1.25] } };
    expect(problemsOf({ comparisons, families: [{ ...equivalence, test: 'signed_rank' }] })).toHaveLength(1);
    expect(problemsOf({ comparisons, families: [{ ...equivalence, sensitivity: ['percent'] }] })).toHaveLength(1);
    expect(problemsOf({ comparisons, families: [{ ...equivalence, alternative: 'greater' }] })).toHaveLength(1);
    expect(
      problemsOf({ comparisons, families: [{ ...change, endpoints: [{ population: 'T', measure: 'pct_of_B' }] }] })[0],
    ).toBe('population "Live/T" does not lie below denominator "B" ("Live/B")');
  });

  test('an absolute count has no odds', () => {
    const absolute = { ...change, scale: 'logit', endpoints: [{ population: 'T', measure: 'cells_per_ul' }] };
    expect(problemsOf({ comparisons, families: [absolute] })[0]).toContain('have no odds');
  });

  test('margins name one scale, and hold the value of no change', () => {
    const parse = (margins: unknown) =>
      PlanSchema.safeParse({ families: [{ ...change, question: 'equivalence', margins }] }).success;
    expect(parse({ ratio: [0.8, 1.25] })).toBe(true);
    expect(parse({ points: [-2, 2] })).toBe(true);
    expect(parse({ ratio: [1.1, 1.25] })).toBe(false);
    expect(parse({ points: [1, 2] })).toBe(false);
    expect(parse({ ratio: [0.8, 1.25], points: [-2, 2] })).toBe(false);
    expect(parse({})).toBe(false);
  });

  test('an unknown key and a limit of detection without its value are refused', () => {
    expect(PlanSchema.safeParse({ alhpa: 0.05 }).success).toBe(false);
    expect(problemsOf({ comparisons, families: [change], rules: { zero_rule: 'lod' } })[0]).toContain('rules.lod');
  });

  test('before the data it is said that too few patients cannot reject, and how many could', () => {
    const two = [...change.endpoints, { population: 'B/CD27+CD38lo-CD24hi', measure: 'pct_of_B' }];
    const plan = planOf({ comparisons, families: [{ ...change, endpoints: two }] });
    expect(planWarnings(plan, subjects.length)).toEqual([]);
    expect(planWarnings(plan, 6)[0]).toMatchObject({
      code: 'stats.cannot-reject',
      severity: 'warning',
      message:
        'family "regulatory" of 2: 6 patients cannot reject at alpha 0.05 (smallest p 0.03125; 7 complete pairs needed)',
    });
  });

  test('the associations that the page of the statistics shows can be planned as they stand', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'statistics.md'), 'utf8');
    const [, block = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const source = PlanSchema.parse(parse(block));
    expect(source.associations).toHaveLength(10);
    const names = ['CD24hiCD38hi', 'Naive', 'Switched'].map((name) => `Live/B/${name}`);
    const all = ['BL', 'M1', 'M6', 'M9', 'M12'].map((id) => ({ id }));
    const covariates = { SLEDAI: 'number', dose: 'text', response: 'text' } as const;
    const found = resolvePlan(source, { ...facts, visits: all, populations: ['Live/B', ...names], covariates });
    expect(found.problems).toEqual([]);
    expect(found.value?.associations.map((one) => one.settings.question)).toEqual([
      'correlation',
      'groups',
      'groups',
      'responders',
      'composition',
      'negative_control',
      'correlation',
      'trend',
      'groups',
      'visits',
    ]);
  });

  test('an association names what it lacks: a comparison, a second part, a ratio on percent', () => {
    const endpoints = [{ population: 'B/CD24hiCD38hi', measure: 'pct_of_B' }];
    const asked = (more: object) =>
      problemsOf({ comparisons, families: [], associations: [{ id: 'a', endpoints, ...more }] });
    expect(asked({ question: 'composition', comparison: 'M2-BL' })[0]).toBe('comparison "M2-BL" is not known');
    expect(asked({ question: 'composition', comparison: 'M1-BL', rest: false })[0]).toContain('at least two parts');
    expect(asked({ question: 'responders', comparison: 'M1-BL', ratio: 2, scale: 'percent' })[0]).toContain(
      'no meaning',
    );
    expect(asked({ question: 'negative_control', comparison: 'M1-BL', controls: ['x'] })[0]).toContain(
      '"x" is not known',
    );
  });
});

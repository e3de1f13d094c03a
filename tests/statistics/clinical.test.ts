import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { analyze, type Observation, PlanSchema, resolvePlan } from '../../src/analysis/index.ts';
import type { AnalysisInput } from '../../src/analysis/tools.ts';
import { breg, counts, populations, study, subjects, tubesOf } from './madeUpStudy.ts';

type Source = NonNullable<z.input<typeof PlanSchema>['associations']>[number];
const endpoints = [{ population: 'B/CD24hiCD38hi', measure: 'pct_of_B' }];
const visits = [{ id: 'BL' }, { id: 'M1' }, { id: 'M6' }];
const comparisons = [
  { id: 'M1-BL', from: 'BL', to: 'M1' },
  { id: 'M6-BL', from: 'BL', to: 'M6' },
];
const covariates = { SLEDAI: 'number', dose_received: 'number', dose_assigned: 'number', response: 'text' } as const;
const facts = { visits, populations, denominators: { B: 'Live/B', Live: 'Live' }, covariates };

function rows(association: Source, parts: Partial<AnalysisInput> = {}) {
  const { value, problems } = resolvePlan(
    PlanSchema.parse({ comparisons, families: [], associations: [association] }),
    facts,
  );
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join('; '));
  return analyze(study({ visits, plan: value, ...parts })).associations;
}

const at = (name: string, visit: string, values: readonly (number | string)[]) =>
  values.map((value, i) => ({ subject: subjects[i] ?? '', visit, name, value }));
// Of the made-up study ln ratios from BL to M1 in the order of the patients: 3rd … all up but the last.
const sledai = [
  ...at('SLEDAI', 'BL', [12, 12, 12, 12, 12, 12, 12, 12]),
  ...at('SLEDAI', 'M1', [12, 12, 12, 12, 12, 12, 12, 12]),
  ...at('SLEDAI', 'M6', [6, 7, 8, 3, 9, 5, 2, 13]),
];

describe('lagged questions', () => {
  const asked = { id: 'benefit', question: 'correlation', comparison: 'M1-BL', with: 'SLEDAI', endpoints } as const;

  test('a change at M1 is set against the change of a covariate over a later comparison', () => {
    const [now] = rows(asked, { covariates: sledai });
    expect(now).toMatchObject({ status: 'not_estimable', reason: 'constant' });
    const [later] = rows({ ...asked, over: 'M6-BL' }, { covariates: sledai });
    expect(later).toMatchObject({ n: 8, p_total: 40320, status: 'ok', visit_from: 'BL', visit_to: 'M1' });
    expect(later?.estimate).toBeLessThan(0);
    expect(later?.sentence).toContain('SLEDAI from BL to M6');
  });

  test('an unknown comparison is named', () => {
    expect(() => rows({ ...asked, over: 'M9-BL' })).toThrow('comparison "M9-BL" is not known');
  });

  test('a dose as received has the dose as assigned beside it', () => {
    const doses = [
      ...at('dose_received', 'BL', [1, 2, 2, 4, 1, 3, 4, 1]),
      ...at('dose_assigned', 'BL', [2, 2, 2, 4, 2, 4, 4, 2]),
    ];
    const found = rows(
      { ...asked, with: 'dose_received', assigned: 'dose_assigned', of: 'baseline' },
      { covariates: doses },
    );
    expect(found.map((row) => [row.analysis, row.with, row.n])).toEqual([
      ['primary', 'dose_received', 8],
      ['as_assigned', 'dose_assigned', 8],
    ]);
  });
});

describe('ordered groups', () => {
  const groups = ['none', 'partial', 'partial', 'major', 'none', 'partial', 'major', 'none'];
  const asked: Extract<Source, { question: 'trend' }> = {
    id: 'trend',
    question: 'trend',
    comparison: 'M1-BL',
    by: 'response',
    order: ['none', 'partial', 'major'],
    endpoints,
  };

  test('are compared by exact Jonckheere, every allocation counted, with Spearman beside it', () => {
    const [primary, beside] = rows(asked, { covariates: at('response', 'M6', groups) });
    // 8! / (3! 3! 2!) allocations.
    expect(primary).toMatchObject({
      test: 'jonckheere',
      p_total: 560,
      n: 8,
      status: 'ok',
      method: 'exact-allocations',
    });
    expect(primary?.p).toBe((primary?.p_count ?? 0) / 560);
    expect(beside).toMatchObject({ analysis: 'spearman', test: 'spearman', p_total: 40320 });
    expect(primary?.sentence).toContain('response (none < partial < major)');
  });

  test('turned about, give the same p and the opposite trend', () => {
    const [up] = rows(asked, { covariates: at('response', 'M6', groups) });
    const [down] = rows(
      { ...asked, order: ['major', 'partial', 'none'] },
      { covariates: at('response', 'M6', groups) },
    );
    expect(down?.p).toBe(up?.p);
    expect(down?.estimate).toBeCloseTo(-(up?.estimate ?? 0), 12);
  });

  test('at a visit are those of that visit; whose group is not in the order is left out', () => {
    const both = [
      ...at(
        'response',
        'BL',
        groups.map(() => 'none'),
      ),
      ...at('response', 'M6', [...groups.slice(0, 7), 'lost']),
    ];
    expect(rows(asked, { covariates: both })[0]).toMatchObject({ n: 2 });
    expect(rows({ ...asked, at: 'M6' }, { covariates: both })[0]).toMatchObject({ n: 7, n_missing: 1 });
  });
});

describe('responders by a covariate', () => {
  const rule = { covariate: 'SLEDAI', comparison: 'M6-BL', at_most: -5 };

  test('make two groups whose changes are compared', () => {
    const [found] = rows(
      { id: 'r', question: 'groups', comparison: 'M1-BL', by_response: rule, endpoints },
      { covariates: sledai },
    );
    // Falls of 6, 5, 4, 9, 3, 7, 10 and a rise: five responded.
    expect(found).toMatchObject({
      group_from: 'non-responder',
      group_to: 'responder',
      n_from: 3,
      n_to: 5,
      p_total: 56,
    });
  });

  test('name exactly one limit', () => {
    const both = { ...rule, at_least: 3 };
    expect(() => rows({ id: 'r', question: 'groups', comparison: 'M1-BL', by_response: both, endpoints })).toThrow(
      'exactly one',
    );
  });
});

describe('the table that a paper begins with', () => {
  const dated = (list: readonly Observation[]) =>
    list.map((one, i) => ({
      ...one,
      arm: i % 8 < 5 ? 'dose-2' : 'dose-4',
      date: { BL: '2024-01-01', M1: '2024-01-31', M6: `2024-06-${10 + (i % 8)}` }[one.visit] ?? null,
    }));
  const input = {
    observations: dated(tubesOf(breg, counts)),
    covariates: [...sledai, ...at('response', 'BL', ['a', 'a', 'b', 'a', 'b', 'b', 'a', 'a'])],
  };
  const table = () => {
    const { value } = resolvePlan(
      PlanSchema.parse({ comparisons, families: [{ id: 'f', comparison: 'M1-BL', endpoints }] }),
      facts,
    );
    if (value === undefined) throw new Error('refused');
    return analyze(study({ visits, plan: value, ...input })).tableOne;
  };
  const text = (characteristic: string, group = 'all', level: string | null = null) =>
    table().find((row) => row.characteristic === characteristic && row.group === group && row.level === level)?.text;

  test('prints median [quartiles] and n (%), of all and of each arm', () => {
    expect(text('patients')).toBe('8 (100 %)');
    expect(text('patients', 'dose-2')).toBe('5 (62.5 %)');
    expect(text('SLEDAI')).toBe('12 [12–12]');
    expect(text('response', 'all', 'b')).toBe('3 (37.5 %)');
    // R: quantile(100 * k / n, c(.25, .5, .75)) of the eight shares at baseline.
    const shares = counts.BL.k.map((k, i) => (100 * k) / counts.BL.n[i]!).sort((a, b) => a - b);
    const row = table().find((one) => one.characteristic === 'CD24hiCD38hi pct_of_B' && one.group === 'all');
    expect(row?.median).toBeCloseTo((shares[3]! + shares[4]!) / 2, 12);
    expect(row?.q1).toBeCloseTo(shares[1]! + 0.75 * (shares[2]! - shares[1]!), 12);
  });

  test('prints the follow-up with its range, and who came to which visit', () => {
    expect(text('follow-up, days')).toBe('165 [163–166], 161–168');
    const came = table().filter((row) => row.characteristic === 'with a usable tube' && row.group === 'all');
    expect(came.map((row) => [row.visit, row.text])).toEqual(visits.map(({ id }) => [id, '8 (100 %)']));
  });
});

import { describe, expect, it } from 'vitest';
import { PlanSchema, resolvePlan } from '../../src/analysis/index.ts';
import { type Frequency, observationsFrom } from '../../src/frequencies/index.ts';

const plan = resolvePlan(
  PlanSchema.parse({
    comparisons: [{ id: 'M1-BL', from: 'BL', to: 'M1' }],
    families: [
      {
        id: 'one',
        comparison: 'M1-BL',
        endpoints: [{ population: 'B/Naive', measure: 'pct_of_B' }, { population: 'B' }],
      },
      { id: 'two', comparison: 'M1-BL', endpoints: [{ population: 'B/Naive', measure: 'pct_of_B' }] },
    ],
  }),
  { visits: [{ id: 'BL' }, { id: 'M1' }], populations: ['B', 'B/Naive'], denominators: { B: 'B' } },
).value;
if (plan === undefined) throw new Error('the plan of this test is refused');

const row: Frequency = {
  sampleId: 'P01_BL',
  subject: 'P01',
  visit: 'BL',
  visitIndex: 0,
  panel: '',
  role: 'sample',
  batch: '',
  arm: '',
  population: 'B/Naive',
  parent: 'B',
  depth: 2,
  count: 60,
  parentCount: 200,
  ofParent: { n: 200, percent: 30, low: 24, high: 37 },
  of: { B: { n: 200, percent: 30, low: 24, high: 37 } },
  cellsPerUl: null,
  status: 'ok',
  flags: ['few_parents'],
};
const facts = { dates: new Map([['P01_BL', '2024-01-31']]), panels: [''] };

describe('the values that a plan asks for', () => {
  it('come once per endpoint, though two families name it, with counts, flags and date', () => {
    const found = observationsFrom([row], plan, facts);
    expect(found).toEqual([
      {
        subject: 'P01',
        visit: 'BL',
        endpointKey: 'B/Naive pct_of_B',
        sampleId: 'P01_BL',
        count: 60,
        parentCount: 200,
        percent: 30,
        status: 'ok',
        reason: '',
        flags: ['few_parents'],
        date: '2024-01-31',
        absolute: null,
        arm: '',
      },
    ]);
  });

  it('leave out controls', () => {
    expect(observationsFrom([{ ...row, role: 'bridge' }], plan, facts)).toEqual([]);
  });

  it.each(['failed', 'excluded', 'not_evaluable'] as const)('are missing with the reason %s', (status) => {
    const [found] = observationsFrom([{ ...row, status }], plan, facts);
    expect(found).toMatchObject({ percent: null, status, reason: status });
  });

  it('are those of the first panel that has the population, where several have it', () => {
    const rows = [
      { ...row, panel: 'late', sampleId: 'b' },
      { ...row, panel: 'early', sampleId: 'a' },
    ];
    const found = observationsFrom(rows, plan, { dates: new Map(), panels: ['early', 'late'] });
    expect(found.map((one) => one.sampleId)).toEqual(['a']);
  });
});

import { describe, expect, it } from 'vitest';
import { PlanSchema, resolvePlan } from '../../src/analysis/index.ts';
import { type Frequency, observationsOf, tubeValuesOf } from '../../src/frequencies/index.ts';

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
const facts = { tubeOf: () => ({ date: '2024-01-31', arm: '' }) };

describe('the values that a plan asks for', () => {
  it('come once per endpoint, though two families name it, with counts, flags and date', () => {
    const found = observationsOf(tubeValuesOf([row]), plan, facts);
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
    expect(observationsOf(tubeValuesOf([{ ...row, role: 'bridge' }]), plan, facts)).toEqual([]);
  });

  it.each(['failed', 'excluded', 'not_evaluable'] as const)('are missing with the reason %s', (status) => {
    const [found] = observationsOf(tubeValuesOf([{ ...row, status }]), plan, facts);
    expect(found).toMatchObject({ percent: null, status, reason: status });
  });

  const twoPanels = (source: Parameters<typeof PlanSchema.parse>[0]) =>
    resolvePlan(PlanSchema.parse(source), {
      visits: [{ id: 'BL' }, { id: 'M1' }],
      populations: ['B', 'B/Naive'],
      denominators: { B: 'B' },
      panels: [
        { name: 'early', populations: ['B', 'B/Naive'], denominators: ['B'] },
        { name: 'late', populations: ['B', 'B/Naive'], denominators: ['B'] },
      ],
    });
  const comparisons = [{ id: 'c', from: 'BL', to: 'M1' }];
  const endpoints = [{ population: 'B/Naive', measure: 'pct_of_B' }];
  const rows = [
    { ...row, panel: 'late', sampleId: 'b' },
    { ...row, panel: 'early', sampleId: 'a' },
  ];

  it('are asked for by panel where several have the population: else an error names them', () => {
    const { value, problems } = twoPanels({ comparisons, families: [{ id: 'f', comparison: 'c', endpoints }] });
    expect(value).toBeUndefined();
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'stats.ambiguous-panel: family "f": "B/Naive pct_of_B" could be answered by panels "early" and "late"',
    ]);
  });

  it('are those of the panel that the endpoint names, or its family, each for itself', () => {
    const asked = [{ ...endpoints[0], panel: 'late' }, ...endpoints];
    const { value } = twoPanels({
      comparisons,
      families: [{ id: 'f', comparison: 'c', panel: 'early', endpoints: asked }],
    });
    if (value === undefined) throw new Error('refused');
    const found = observationsOf(tubeValuesOf(rows), value, facts);
    expect(found.map((one) => one.sampleId)).toEqual(['b', 'a']);
    expect(new Set(found.map((one) => one.endpointKey)).size).toBe(2);
  });

  it('of an unknown panel, or of one that cannot answer, are refused by name', () => {
    const words = (panel: string, measure: string) =>
      twoPanels({
        comparisons,
        families: [{ id: 'f', comparison: 'c', panel, endpoints: [{ population: 'B', measure }] }],
      }).problems.map(({ message, hint }) => `${message} (${hint})`);
    expect(words('lat', 'pct_of_B')).toEqual(['panel "lat" is not known (did you mean "late"?)']);
    const one = { visits: [{ id: 'BL' }, { id: 'M1' }], populations: ['B'], denominators: {} };
    const source = {
      comparisons,
      families: [{ id: 'f', comparison: 'c', panel: 'x', endpoints: [{ population: 'B' }] }],
    };
    expect(resolvePlan(PlanSchema.parse(source), one).problems.map(({ message }) => message)).toEqual([
      'family "f": panel "x" is named, and one template serves all tubes',
    ]);
  });

  it('without families are those of every panel', () => {
    const { value } = twoPanels({});
    expect(value?.families[0]?.endpoints.map(({ key, panel }) => `${key} ${panel}`)).toEqual([
      'B pct_parent early',
      'B/Naive pct_parent early',
      'B pct_parent late',
      'B/Naive pct_parent late',
    ]);
  });
});

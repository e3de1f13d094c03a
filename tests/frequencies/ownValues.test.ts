import { describe, expect, test } from 'vitest';
import { type Endpoint, PlanSchema, resolvePlan } from '../../src/analysis/index.ts';
import { observationsOf, type TubeValues } from '../../src/frequencies/index.ts';

type Source = Parameters<typeof PlanSchema.parse>[0];
type FamilySource = Record<string, unknown>;

const facts = {
  visits: [{ id: 'BL' }, { id: 'M1' }],
  populations: ['T', 'T/CD4', 'T/CD8', 'T/CD8/IFNg+', 'B'],
  denominators: { T: 'T' },
  markers: ['CD38', 'IFNg'],
};

const resolve = (family: FamilySource) => {
  const source: Source = {
    comparisons: [{ id: 'c', from: 'BL', to: 'M1' }],
    families: [{ id: 'f', comparison: 'c', ...family }],
  };
  return resolvePlan(PlanSchema.parse(source), facts);
};

function planned(endpoint: Record<string, unknown>, family: FamilySource = {}) {
  const { value, problems } = resolve({ ...family, endpoints: [endpoint] });
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return value;
}

const row = (population: string, count: number, of: number, more: Partial<TubeValues> = {}): TubeValues => ({
  sampleId: 'a',
  subject: 'P1',
  visit: 'BL',
  role: 'sample',
  controlOf: [],
  panel: '',
  population,
  status: 'ok',
  reason: '',
  flags: [],
  arm: '',
  count,
  values: { pct_parent: (100 * count) / of, pct_of_T: (100 * count) / of },
  denominatorCounts: { pct_parent: of, pct_of_T: of },
  ...more,
});
const control = (count: number, of: number, more: Partial<TubeValues> = {}) =>
  row('T/CD8/IFNg+', count, of, { sampleId: 'u', role: 'unstimulated', ...more });
const medianOf = (sampleId: string, population: string, marker: string) =>
  sampleId === 'a' && population === 'B' && marker === 'CD38' ? 812.5 : null;
const found = (endpoint: Record<string, unknown>, rows: readonly TubeValues[], family: FamilySource = {}) =>
  observationsOf(rows, planned(endpoint, family), { tubeOf: () => undefined, medianOf })[0];

const response = { population: 'IFNg+', measure: 'pct_parent', control: 'unstimulated' };
const over = { ...response, background: 'ratio' };
const above = { ...response, background: 'difference' };

describe('the value of an endpoint that is no share', () => {
  test('a ratio of two populations has half an event in both counts', () => {
    const one = found({ population: 'CD4', measure: 'ratio', to: 'CD8' }, [
      row('T/CD4', 120, 400),
      row('T/CD8', 0, 400),
    ]);
    expect(one).toMatchObject({ absolute: 120.5 / 0.5, count: 120, parentCount: 120, percent: null, status: 'ok' });
    expect(one?.endpointKey).toBe('T/CD4 ratio_to_CD8');
  });

  test('a median of staining is that of intensities.csv, and missing where there is none', () => {
    const endpoint = { population: 'B', measure: 'median_of CD38' };
    expect(found(endpoint, [row('B', 90, 300)])).toMatchObject({ absolute: 812.5, endpointKey: 'B median_of_CD38' });
    expect(found(endpoint, [row('B', 90, 300, { sampleId: 'b' })])).toMatchObject({
      absolute: null,
      reason: 'no_value',
    });
  });

  test('a share over its control is the fold of both, half an event in each; above it the points', () => {
    const rows = [row('T/CD8/IFNg+', 40, 800), control(3, 900)];
    expect(found(over, rows)?.absolute).toBe(40.5 / 801 / (3.5 / 901));
    expect(found(above, rows, { scale: 'percent' })?.absolute).toBe(5 - 100 * (3 / 900));
  });

  test('the control is the one of the same subject and visit; for: names it where there are several', () => {
    const own = row('T/CD8/IFNg+', 40, 800);
    expect(found(over, [own])).toMatchObject({ status: 'not_evaluable', reason: 'no_control' });
    expect(found(over, [own, control(3, 900, { visit: 'M1' })])).toMatchObject({ reason: 'no_control' });
    const two = [own, control(3, 900), control(9, 900, { sampleId: 'v' })];
    expect(found(over, two)).toMatchObject({ reason: 'several_controls' });
    const named = [own, control(3, 900), control(9, 900, { sampleId: 'v', controlOf: ['a'] })];
    expect(found(over, named)?.absolute).toBe(40.5 / 801 / (9.5 / 901));
    expect(found(over, [own, control(3, 900, { role: 'fmo' })])).toMatchObject({ reason: 'no_control' });
  });

  test('a control that cannot be judged makes no background', () => {
    const rows = [row('T/CD8/IFNg+', 40, 800), control(0, 9, { status: 'not_evaluable', reason: 'not_evaluable' })];
    expect(found(over, rows)).toMatchObject({ status: 'not_evaluable', reason: 'control_not_evaluable' });
  });
});

describe('a plan of such endpoints', () => {
  test.each([
    [{ population: 'B', measure: 'median_of CD39' }, {}, 'marker "CD39" is not known'],
    [{ population: 'CD4', measure: 'ratio', to: 'CD9' }, {}, 'population "CD9" is not known'],
    [{ population: 'CD4', measure: 'ratio', to: 'CD8' }, { scale: 'logit' }, 'has no odds'],
    [{ population: 'CD4' }, { scale: 'arcsinh' }, 'scale arcsinh is for medians of staining'],
    [above, {}, 'a difference from the background of "IFNg+" has no ratio'],
  ] as const)('%j %j is refused: %s', (endpoint, family, words) => {
    const { problems } = resolve({ ...family, endpoints: [endpoint] });
    expect(problems.map(({ message }) => message).join()).toContain(words);
  });

  test.each([
    { population: 'CD4', measure: 'ratio' },
    response,
    { population: 'B', measure: 'median_of CD38', background: 'ratio' },
  ])('%j says only half of what is needed', (endpoint) => {
    expect(() => resolve({ endpoints: [endpoint] })).toThrow('belong together');
  });

  test('names in sentences what is compared', () => {
    const names = (endpoint: Record<string, unknown>, family: FamilySource = {}) =>
      planned(endpoint, family).families[0]?.endpoints[0] as Endpoint;
    expect(names(over).measure).toBe('pct_parent_over_unstimulated');
    expect(names(above, { scale: 'percent' }).measure).toBe('pct_parent_minus_unstimulated');
  });
});

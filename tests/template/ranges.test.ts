import { describe, expect, test } from 'vitest';
import { PlanSchema } from '../../src/analysis/index.ts';
import { placementRegistry } from '../../src/placement/index.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readTemplate } from '../../src/template/index.ts';

function words(gate: string, more = ''): string[] {
  const text = `cytopair: 1
template: t
version: 1.0.0
markers: { X: {}, Y: {}, FSC-A: {}, SSC-A: {} }
populations:
  - { name: G, parent: root, gate: ${gate} }
${more}`;
  return readTemplate({ file: 't.yaml', text }, placementRegistry, () => undefined).problems.map(printProblem);
}

describe('a range whose ends are exchanged, or that is empty, is refused at its place', () => {
  const above = 'max must lie above min';
  const first = 'must begin with its lower end';
  test.each([
    ['{ method: interval, marker: X, min: 5, max: 5, units: raw }', above],
    ['{ method: interval, marker: X, min: 7, max: 5, units: raw }', above],
    ['{ method: rectangle, x: X, y: Y, min: [1, 9], max: [2, 3], units: raw }', `${above} on "Y"`],
    ['{ method: rectangle, x: X, y: Y, min: [2, null], max: [2, 3], units: raw }', `${above} on "X"`],
    ['{ method: rectangle, dims: [{ marker: X, min: 3, max: 1 }], units: raw }', `${above} on "X"`],
    ['{ method: valley, marker: X, keep: above, range: [4, 0.5] }', first],
    ['{ method: valley, marker: X, keep: above, range: [2, 2] }', first],
    ['{ method: viability, marker: X, range: [7, 1] }', first],
    ['{ method: valley, marker: X, keep: above, fallback: { end: 3, of: kept, within: [5, 1] } }', first],
    [
      '{ method: levels, marker: X, levels: [neg, lo, hi], keep: lo, cuts: [{ method: fixed, at: 3 }, { method: fixed, at: 1 }] }',
      'a cut must lie at least 0.3 u (gap) above the one before, at 3',
    ],
    [
      '{ method: levels, marker: X, levels: [neg, lo, hi], keep: [hi, lo], cuts: [{ method: fixed, at: 1 }, { method: fixed, at: 3 }] }',
      'the lowest kept level comes first',
    ],
  ])('%s', (gate, message) => {
    const found = words(gate);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^t\.yaml:6:\d+: error template\.wrong-value: /);
    expect(found[0]).toContain(message);
  });

  test.each(['[4, 0.5]', '[3, 3]'])('an expected range of %s percent', (between) => {
    const assertion = `assertions: [{ population: G, of: root, between: ${between} }]\n`;
    const gate = '{ method: interval, marker: X, min: 5, units: raw }';
    expect(words(gate, assertion).join('\n')).toContain('must begin with its lower end');
  });

  test.each(['ratio: [1.25, 0.8]', 'odds_ratio: [1.25, 0.8]', 'points: [2, -2]'])('margins %s', (margins) => {
    const [key = '', bounds = ''] = margins.split(': ');
    const family = {
      id: 'f',
      role: 'primary',
      question: 'equivalence',
      comparison: 'c',
      endpoints: [{ population: 'G' }],
    };
    const plan = { families: [{ ...family, margins: { [key]: JSON.parse(bounds) } }] };
    const { error } = PlanSchema.safeParse(plan);
    expect(error?.issues.map(({ message }) => message).join()).toContain('must begin with its lower end');
  });

  test('ranges that are in order stay what they are', () => {
    expect(words('{ method: valley, marker: X, keep: above, range: [0.5, 4] }')).toEqual([]);
    expect(words('{ method: rectangle, x: X, y: Y, min: [1, null], max: [null, 3], units: raw }')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { placementRegistry } from '../../src/placement/index.ts';
import { printProblem, sortProblems } from '../../src/problems/index.ts';
import { readTemplate } from '../../src/template/index.ts';

const extending = `cytopair: 1
template: mine
version: 1.0.0
extends: shipped:b-regulatry
remove: [B/Naive]
markers: { CD16: {} }
scales: { CD24: { scale: linear, T: 100, A: 0 } }
populations:
  - { name: CD16+, parent: NK, gate: { method: valley, marker: CD16, keep: above } }
  - { name: Dim, parent: B/CD24hiCD38hi, gate: { method: valley, marker: CD24, keep: below, align: b-core } }
  - { name: Other, parent: Dim, gate: { method: boolean, of: { and: [T, { not: CD16+ }] } } }
denominators: { NK: NK }
reservoirs: [{ name: tip, for: B/CD24hiCD38hi, above: { CD24: 1 } }]
assertions: [{ sum: [T, B, NK], of: Lymphocytes, atLeast: 90 }]
intensities: { markers: [CD24], populations: [B] }
`;

function words(text: string, bases: Record<string, string> = {}): string[] {
  const loadBase = (reference: string) => {
    const found = bases[reference];
    return found === undefined ? undefined : { file: reference, text: found };
  };
  return sortProblems(readTemplate({ file: 't.yaml', text }, placementRegistry, loadBase).problems).map(printProblem);
}

describe('a template whose base cannot be used is told that, and nothing that follows from it', () => {
  test('the base is not there', () => {
    expect(words(extending)).toEqual([
      't.yaml:4:10: error template.base-not-found: template "shipped:b-regulatry" is not there (name a shipped template as shipped:NAME, or a path relative to this file)',
    ]);
  });

  test('the base is no YAML', () => {
    const found = words(extending, { 'shipped:b-regulatry': 'cytopair: 1\ntemplate: [\n' });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^shipped:b-regulatry:\d+:\d+: error template\.yaml-syntax/);
  });

  test('the base extends the template again', () => {
    const base = 'cytopair: 1\ntemplate: b\nversion: 1.0.0\nextends: t.yaml\n';
    const found = words(extending.replace('shipped:b-regulatry', 'b.yaml'), { 'b.yaml': base, 't.yaml': extending });
    expect(found).toEqual([expect.stringContaining('error template.base-circular')]);
  });

  test("the base's own base is not there", () => {
    const base = 'cytopair: 1\ntemplate: b\nversion: 1.0.0\nextends: c.yaml\n';
    expect(words(extending, { 'shipped:b-regulatry': base })).toEqual([
      expect.stringContaining(
        'shipped:b-regulatry:4:10: error template.base-not-found: template "c.yaml" is not there',
      ),
    ]);
  });

  test('what is wrong without any base is told beside it', () => {
    const found = words(`${extending}colour: red\n`.replace('keep: above }', 'keep: over }'));
    expect(found.map((one) => one.split(' ')[2])).toEqual([
      'template.base-not-found:',
      'template.wrong-value:',
      'template.unknown-key:',
    ]);
  });

  test('with the base there, wrong names are told as ever', () => {
    const base = 'cytopair: 1\ntemplate: b\nversion: 1.0.0\nmarkers: { CD24: {} }\n';
    expect(words(extending, { 'shipped:b-regulatry': base }).length).toBeGreaterThan(8);
  });
});

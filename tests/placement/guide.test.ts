import { describe, expect, it } from 'vitest';
import { placementRegistry } from '../../src/placement/index.ts';
import { readTemplate } from '../../src/template/index.ts';
import { entryOf, fromU, normals, placeAll, studyTube, templateWith } from './inMemory.ts';

// CD14 of monocytes as the shipped templates look for it: many bright cells, few dim ones, and negative cells that the
// light of another stain has lifted until no valley is left between them and the dim ones at the bandwidth of all three.

const low = '{ marker: X, keep: above, range: [1, 3], which: first, fallback: { at: 2 } }';
const guide = '{ marker: X, keep: below, range: [3, 5], guide: true }';

function liftedNegatives(key: number): number[] {
  return [...normals(key, 1400, 1.1, 0.5), ...normals(key + 1, 350, 2.7, 0.4), ...normals(key + 2, 1600, 5.3, 0.45)];
}

function placed(cuts: readonly string[], values = liftedNegatives) {
  const template = templateWith(
    ['X'],
    [`{ name: Gate, parent: root, gate: { method: valley, cuts: [${cuts.join(', ')}] } }`],
  );
  const tubes = ['a', 'b', 'c', 'd'].map((id, i) => studyTube(template, id, { X: fromU(values(10 * i + 1)) }));
  return entryOf(placeAll(template, tubes).book, 'Gate', 'a');
}

describe('a guide', () => {
  it('shows the valley below it that the width of a brighter population hides', () => {
    expect(placed([low])).toMatchObject({ fallback: 'fixed' });
    const { geometry, fallback } = placed([guide, low]);
    expect(fallback).toBeNull();
    const cut = geometry.kind === 'interval' ? (geometry.dims[0].min ?? Number.NaN) : Number.NaN;
    // At u 2.14 the two normals, each by its size, are equally high.
    expect(Math.abs(cut - 2.14)).toBeLessThan(0.15);
  });

  it('is no edge of the gate: bright cells stay in it', () => {
    expect(placed([guide, low]).geometry).toMatchObject({ kind: 'interval', dims: [{ max: null, max_raw: null }] });
  });

  it('leaves the modes of all events in the book, the bright one among them', () => {
    const { modes } = placed([guide, low]);
    expect(modes).toEqual([{ marker: 'X', at: [expect.closeTo(1.1, 0), expect.closeTo(5.3, 0)] }]);
  });

  it('that finds no valley of its own narrows nothing, and is said', () => {
    const twoOnly = (key: number) => [...normals(key, 1000, 0.5, 0.4), ...normals(key + 1, 1000, 4, 0.4)];
    const [alone, guided] = [
      placed([low], twoOnly),
      placed(['{ marker: X, keep: below, range: [5, 6], guide: true }', low], twoOnly),
    ];
    expect(guided.geometry).toEqual(alone.geometry);
    expect(guided.flags).toContain('pool_without_cut');
  });

  it('alone is no gate', () => {
    const text = [
      'cytopair: 1',
      'template: test',
      'version: 1.0.0',
      'about: made for a test',
      'markers: { X: {} }',
      'populations:',
      `  - { name: Gate, parent: root, gate: { method: valley, cuts: [${guide}] } }`,
      '',
    ].join('\n');
    const { problems } = readTemplate({ file: 'test.yaml', text }, placementRegistry, () => undefined);
    expect(problems.map(({ message }) => message).join('\n')).toContain('guides only');
  });
});

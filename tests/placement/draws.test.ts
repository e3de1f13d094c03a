import { deviation } from 'd3-array';
import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../src/gating/index.ts';
import { placeStudy } from '../../src/placement/tools.ts';
import { entryOf, fromU, normals, type StudyTube, studyTube, templateWith } from './inMemory.ts';

const template = templateWith(
  ['CD38', 'CD24', 'CD27', 'IgD'],
  [
    '{ name: Trans, parent: root, gate: { method: ridge, align: core, part: transitional } }',
    '{ name: Memory, parent: root, gate: { method: ridge, align: core, part: memory_regulatory } }',
    '{ name: Naive, parent: root, gate: { method: quadrant, x: CD27, y: IgD, keep: [below, above], cut: valley, align: core, if_absent: { IgD: drop } } }',
  ],
  'alignments: [{ name: core, parent: root, method: ridge, x: CD38, y: CD24, axes: [CD27, IgD] }]',
);

/** Naive cells, a fifth of transitional ones above them, and memory cells. */
function tubeOf(sampleId: string, key: number, shift = 0): StudyTube {
  const count = 600;
  const kind = (i: number) => (i % 5 === 0 ? 'transitional' : i % 5 === 1 ? 'memory' : 'naive');
  const mix = (k: number, at: Record<string, number>) =>
    fromU(normals(key + k, count, 0, 0.35).map((z, i) => z + (at[kind(i)] ?? 0)));
  return studyTube(template, sampleId, {
    CD38: mix(1, { naive: 3.1 + shift, transitional: 5 + shift, memory: 1.2 }),
    CD24: mix(2, { naive: 3 + shift, transitional: 4.8 + shift, memory: 4.9 }),
    CD27: mix(3, { naive: 0.5, transitional: 0.5, memory: 4 }),
    IgD: mix(4, { naive: 4.6, transitional: 4.6, memory: 0.5 }),
  });
}

const tubes = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => tubeOf(id, 10 * i, (i - 2) / 10));
const place = (study: readonly StudyTube[], seed = 1, count = 20) =>
  placeStudy(
    template,
    'hash',
    study.map(({ survey }) => survey),
    study.map(({ tube }) => tube),
    { draws: { populations: ['Trans', 'Memory', 'Naive'], count, seed } },
  );

function stripOf(geometry: Geometry | undefined) {
  if (geometry?.kind !== 'all' || geometry.of[0]?.kind !== 'strip') throw new Error('no strip');
  return geometry.of[0];
}

describe('plausible placements', () => {
  const placed = place(tubes);
  const drawn = (population: string, sampleId: string) =>
    placed.draws.find((one) => one.population === population)?.tubes.get(sampleId) ?? [];

  it('exist for the gates that were asked for, one a draw and tube', () => {
    expect(placed.draws.map((one) => one.population)).toEqual(['Trans', 'Memory', 'Naive']);
    for (const { tube } of tubes) expect(drawn('Trans', tube.sampleId)).toHaveLength(20);
  });

  it('move a border in all tubes together, and each landmark by an error of its own', () => {
    const borders = (id: string) => drawn('Trans', id).map((geometry) => stripOf(geometry).from);
    expect(borders('a')).toEqual(borders('f'));
    expect(new Set(borders('a')).size).toBe(20);
    const origins = (id: string) => drawn('Trans', id).map((geometry) => stripOf(geometry).origin[0]);
    const [a, f] = [origins('a'), origins('f')];
    expect(new Set(a.map((x, i) => (x - (f[i] ?? 0)).toFixed(6))).size).toBe(20);
  });

  it('lie around the book’s own place, within what is stated', () => {
    const own = stripOf(entryOf(placed.book, 'Trans', 'a').geometry);
    const all = drawn('Trans', 'a').map((geometry) => stripOf(geometry).from / own.from);
    expect(Math.min(...all)).toBeGreaterThan(0.7);
    expect(Math.max(...all)).toBeLessThan(1.3);
    expect(all.some((x) => x < 1) && all.some((x) => x > 1)).toBe(true);
  });

  it('move the dividers of an alignment alike for all gates that stand on it', () => {
    const dividers = drawn('Naive', 'a').map((one) => (one.kind === 'quadrant' ? one.dividers : []));
    const memoryEdge = drawn('Memory', 'a').map((one) =>
      one.kind === 'rectangle' ? one.dims.find((dim) => dim.marker === 'CD27')?.min : undefined,
    );
    expect(dividers.map(([memory]) => memory)).toEqual(memoryEdge);
    for (const axis of [0, 1]) {
      const at = dividers.map((one) => one[axis] ?? Number.NaN);
      expect(deviation(at)).toBeGreaterThan(0.04);
      expect(deviation(at)).toBeLessThan(0.4);
    }
  });

  it('are the same in any order of tubes, others with another seed, and no part of the book', () => {
    expect(place([...tubes].reverse()).draws).toEqual(placed.draws);
    expect(place(tubes, 2).draws).not.toEqual(placed.draws);
    expect(place(tubes, 2, 3).book).toEqual(placed.book);
    expect(JSON.stringify(placed.book)).not.toContain('draw');
  });

  it('do not need the second axis', () => {
    const without = tubes.map(({ survey, tube }): StudyTube => {
      const [root] = survey.reservoirs;
      if (!root) throw new Error('no sample');
      const { IgD: _, ...columns } = root.columns;
      return { survey: { ...survey, reservoirs: [{ ...root, columns }], absent: ['IgD'] }, tube };
    });
    expect(place(without).draws[0]?.tubes.get('a')).toHaveLength(20);
  });
});

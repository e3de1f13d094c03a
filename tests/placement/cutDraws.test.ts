import { deviation, mean } from 'd3-array';
import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../src/gating/index.ts';
import type { PlacedStudy } from '../../src/placement/tools.ts';
import { placeStudy } from '../../src/placement/tools.ts';
import type { Template } from '../../src/template/index.ts';
import { entryOf, fromU, normals, placeAll, type StudyTube, studyTube, templateWith, twoModes } from './inMemory.ts';

const draws = 60;

function drawn(template: Template, tubes: readonly StudyTube[], populations: readonly string[], seed = 1): PlacedStudy {
  const surveys = tubes.map(({ survey }) => survey);
  return placeStudy(
    template,
    'hash',
    surveys,
    tubes.map(({ tube }) => tube),
    { draws: { populations, count: draws, seed } },
  );
}

/** The one edge of a geometry on a marker, in u. */
function edgeOf(geometry: Geometry | undefined, marker: string): number {
  if (geometry?.kind === 'quadrant') {
    return geometry.dividers[geometry.dims.findIndex((dim) => dim.marker === marker)] ?? Number.NaN;
  }
  if (geometry?.kind !== 'interval' && geometry?.kind !== 'rectangle') throw new Error('no straight edges');
  const dim = geometry.dims.find((one) => one.marker === marker);
  const raw = dim?.min_raw ?? dim?.max_raw;
  return raw === undefined || raw === null ? Number.NaN : Math.asinh(raw / 150);
}

/** By how much each draw moved a cut from its place in the book. */
function movesOf(placed: PlacedStudy, population: string, sampleId: string, marker: string): number[] {
  const own = edgeOf(entryOf(placed.book, population, sampleId).geometry, marker);
  const places = placed.draws.find((one) => one.population === population)?.tubes.get(sampleId) ?? [];
  return places.map((geometry) => edgeOf(geometry, marker) - own);
}

const sdOf = (values: readonly number[]) => deviation(values) ?? Number.NaN;

const lineages = templateWith(
  ['CD3', 'CD19'],
  [
    '{ name: T, parent: root, gate: { method: valley, cuts: [{ marker: CD19, keep: below }, { marker: CD3, keep: above }] } }',
    '{ name: B, parent: root, gate: { method: valley, cuts: [{ marker: CD3, keep: below, from: T }, { marker: CD19, keep: above, from: T }] } }',
    '{ name: Bright, parent: T, gate: { method: reference, marker: CD3, keep: above, of: T, offset: 0.5 } }',
    '{ name: Given, parent: root, gate: { method: interval, units: raw, marker: CD3, min: 500 } }',
    '{ name: Either, parent: root, gate: { method: boolean, of: { or: [T, B] } } }',
    '{ name: Alone, parent: root, gate: { method: valley, marker: CD3, keep: above, pool: tube } }',
    '{ name: Inside, parent: root, gate: { method: boundary, markers: [CD3] } }',
    '{ name: Outside, parent: root, gate: { method: boolean, of: { not: Inside } } }',
    '{ name: Rest, parent: root, gate: { method: boolean, of: { and: [root, { not: T }] } } }',
  ],
);

/** Half T, a third B; tubes differ in their stain. */
function lineageTube(sampleId: string, key: number, count = 900, stain = 0): StudyTube {
  const [low3, low19, high3, high19] = [0.4, 0.3, 4, 3.6].map((at, m) => normals(20 * key + m, count, at + stain, 0.5));
  const kind = (i: number) => (i % 6 < 3 ? 'T' : i % 6 < 5 ? 'B' : 'other');
  const mix = (name: string, high: number[] = [], low: number[] = []) =>
    fromU(low.map((value, i) => (kind(i) === name ? (high[i] ?? value) : value)));
  return studyTube(lineages, sampleId, { CD3: mix('T', high3, low3), CD19: mix('B', high19, low19) });
}

const tubes = Array.from({ length: 10 }, (_, i) => lineageTube(`t${i}`, i, 900, ((i % 5) - 2) / 10));

describe('plausible placements of gates that are placed by cuts', () => {
  const asked = ['T', 'B', 'T/Bright', 'Given', 'Either', 'Inside', 'Outside'];
  const placed = drawn(lineages, tubes, asked);

  it('move a lineage’s cut around its place by more than a bin and less than the width of its cells', () => {
    for (const marker of ['CD3', 'CD19']) {
      const moves = movesOf(placed, 'T', 't3', marker);
      expect(moves).toHaveLength(draws);
      expect(Math.abs(mean(moves) ?? 1)).toBeLessThan(0.1);
      expect(sdOf(moves)).toBeGreaterThan(0.05);
      expect(sdOf(moves)).toBeLessThan(0.4);
    }
  });

  it('move a cut that two gates share alike in both, in every tube and draw', () => {
    for (const { tube } of tubes) {
      for (const marker of ['CD3', 'CD19']) {
        const [t, b] = ['T', 'B'].map((population) => movesOf(placed, population, tube.sampleId, marker));
        expect(b).toEqual(t);
        expect(new Set(t).size).toBe(draws);
      }
    }
  });

  it('leave a cut that is taken from a parent as placed', () => {
    expect(movesOf(placed, 'T/Bright', 't3', 'CD3').every((move) => move === 0)).toBe(true);
  });

  it('move a number of the template by the stated reach alone, in all tubes alike', () => {
    const moves = movesOf(placed, 'Given', 't3', 'CD3');
    expect(Math.max(...moves.map(Math.abs))).toBeLessThanOrEqual(0.1 + 1e-12);
    expect(sdOf(moves)).toBeGreaterThan(0.03);
    expect(movesOf(placed, 'Given', 't4', 'CD3')).toEqual(moves);
  });

  it('of a combination are those of its operands, in the same draw', () => {
    const placesOf = (population: string) => placed.draws.find((one) => one.population === population)?.tubes.get('t3');
    const [t, b] = ['T', 'B'].map(placesOf);
    const of = (draw: number) => [
      { population: 'T', complement: false, place: { parent: 'root', geometry: t?.[draw] } },
      { population: 'B', complement: false, place: { parent: 'root', geometry: b?.[draw] } },
    ];
    expect(placesOf('Either')).toEqual(
      Array.from({ length: draws }, (_, draw) => ({ kind: 'boolean', op: 'or', of: of(draw) })),
    );
  });

  it('of a combination with all events leave those as they are', () => {
    const { draws: places } = drawn(lineages, tubes, ['Rest', 'T']);
    const [t, rest] = ['T', 'Rest'].map((population) =>
      places.find((one) => one.population === population)?.tubes.get('t3'),
    );
    const of = [
      { population: 'root', complement: false },
      { population: 'T', complement: true, place: { parent: 'root', geometry: t?.[7] } },
    ];
    expect(rest?.[7]).toEqual({ kind: 'boolean', op: 'and', of });
  });

  it('say of which endpoint there are none', () => {
    expect(placed.draws.map((one) => one.population)).toEqual(['T', 'T/Bright', 'B', 'Given', 'Either']);
    const said = placed.problems.filter((one) => one.code === 'gate.not-drawn');
    expect(said.map((one) => [one.severity, one.where.gate, one.message.split(': ')[1]])).toEqual([
      ['note', 'Inside', 'a gate by "boundary" is not drawn'],
      ['note', 'Outside', 'none of the populations that it combines is drawn'],
    ]);
    expect(placeAll(lineages, tubes).problems.map((one) => one.code)).not.toContain('gate.not-drawn');
  });

  it('are the same in any order of tubes, others with another seed, and no part of the book', () => {
    expect(drawn(lineages, [...tubes].reverse(), asked).draws).toEqual(placed.draws);
    expect(drawn(lineages, tubes, asked, 2).draws).not.toEqual(placed.draws);
    expect(placed.book).toEqual(placeAll(lineages, tubes).book);
  });

  it('keep the errors of the other tubes where a tube is added', () => {
    const [few, more] = [tubes.slice(0, 5), tubes.slice(0, 6)].map((some) => drawn(lineages, some, ['Alone']));
    for (const { tube } of tubes.slice(0, 5)) {
      const moves = movesOf(few as PlacedStudy, 'Alone', tube.sampleId, 'CD3');
      expect(sdOf(moves)).toBeGreaterThan(0.05);
      expect(movesOf(more as PlacedStudy, 'Alone', tube.sampleId, 'CD3')).toEqual(moves);
    }
  });

  it('scatter a tube of 40 events about the study no more than its weight of a sixth lets it', () => {
    const study = [...tubes, lineageTube('small', 70, 40)];
    const some = drawn(lineages, study, ['T']);
    const usual = tubes.map(({ tube }) => movesOf(some, 'T', tube.sampleId, 'CD19'));
    const own = movesOf(some, 'T', 'small', 'CD19').map((move, i) => move - (mean(usual, (one) => one[i]) ?? 0));
    // An own cut is missed by at most .4 u, and counts 40 / 240; the pool's own scatter comes to it.
    expect(sdOf(own)).toBeGreaterThan(0.005);
    expect(sdOf(own)).toBeLessThan(0.4 / 6 + 0.03);
  });

  it('scatter a tube about its study as freshly drawn tubes of the same people do', () => {
    const fresh = Array.from({ length: 25 }, (_, round) => {
      const again = tubes.map(({ tube }, i) =>
        lineageTube(tube.sampleId, 100 + 10 * round + i, 900, ((i % 5) - 2) / 10),
      );
      const { book } = placeAll(lineages, again);
      return tubes.map(({ tube }) => edgeOf(entryOf(book, 'T', tube.sampleId).geometry, 'CD3'));
    });
    const moves = tubes.map(({ tube }) => movesOf(placed, 'T', tube.sampleId, 'CD3'));
    const scatter = (rounds: readonly (readonly number[])[]) =>
      mean(tubes.map((_, t) => sdOf(rounds.map((round) => (round[t] ?? Number.NaN) - (mean(round) ?? 0))))) ?? 0;
    const byDraw = Array.from({ length: draws }, (_, i) => moves.map((one) => one[i] ?? Number.NaN));
    expect(scatter(byDraw) / scatter(fresh)).toBeGreaterThan(0.6);
    expect(scatter(byDraw) / scatter(fresh)).toBeLessThan(1.7);
  });
});

describe('plausible placements, whatever the method', () => {
  const gates: Readonly<Record<string, string>> = {
    tail: '{ method: tail, marker: X, keep: above }',
    quantile: '{ method: quantile, marker: X, keep: above, p: 0.9 }',
    kmeans: '{ method: kmeans, marker: X, keep: above }',
    mixture: '{ method: mixture, marker: X, keep: above }',
    levels:
      '{ method: levels, marker: X, levels: [neg, lo, hi], keep: [lo, hi], cuts: [{ method: valley }, { method: fixed, at: 4.5 }] }',
    quadrant: '{ method: quadrant, x: X, y: Y, keep: [above, below], cut: valley }',
    'reference by level': '{ method: reference, variant: level, marker: X, keep: above, of: Low }',
    'valley of each batch': '{ method: valley, marker: X, keep: above, pool: batch }',
  };
  const low = '{ name: Low, parent: root, gate: { method: interval, units: raw, marker: Y, max: 800 } }';

  it.each(Object.entries(gates))('lie around the placed cut: %s', (_, gate) => {
    const template = templateWith(['X', 'Y'], [low, `{ name: Gate, parent: root, gate: ${gate} }`]);
    const study = Array.from({ length: 8 }, (__, i) => {
      const x = [...normals(i, 400, 0.5 + i / 20, 0.4), ...normals(20 + i, 200, 4, 0.4)];
      const values = { X: fromU(x), Y: fromU(twoModes(50 + i, 600, 1, 4.2)) };
      return studyTube(template, `t${i}`, values, { batch: i < 4 ? 'a' : 'b' });
    });
    const placed = drawn(template, study, ['Gate']);
    const moves = movesOf(placed, 'Gate', 't2', 'X');
    expect(moves).toHaveLength(draws);
    expect(sdOf(moves)).toBeGreaterThan(0.03);
    expect(Math.abs(mean(moves) ?? 1)).toBeLessThan(0.1);
    expect(Math.max(...moves.map(Math.abs))).toBeLessThan(1);
  });

  it('move an outline and an ellipse as a whole, by the stated reach', () => {
    const template = templateWith(
      ['X', 'Y'],
      [
        '{ name: Outline, parent: root, gate: { method: contour, x: X, y: Y } }',
        '{ name: Ellipse, parent: root, gate: { method: ellipse, units: raw, x: X, y: Y, mean: [900, 900], covariance: [[90000, 0], [0, 90000]] } }',
      ],
    );
    const study = ['a', 'b', 'c'].map((id, i) =>
      studyTube(template, id, { X: fromU(normals(i, 400, 3, 0.4)), Y: fromU(normals(9 + i, 400, 2, 0.4)) }),
    );
    const placed = drawn(template, study, ['Outline', 'Ellipse']);
    const placesOf = (population: string) => [
      entryOf(placed.book, population, 'a').geometry,
      ...(placed.draws.find((one) => one.population === population)?.tubes.get('a') ?? []),
    ];
    const [outline, ...outlines] = placesOf('Outline').map((one) => (one.kind === 'polygon' ? one.vertices : []));
    expect(outlines).toHaveLength(draws);
    for (const vertices of outlines) {
      const moves = vertices.map(([x], i) => x - (outline?.[i]?.[0] ?? 0));
      expect(Math.max(...moves) - Math.min(...moves)).toBeLessThan(1e-12);
      expect(Math.abs(moves[0] ?? 1)).toBeLessThanOrEqual(0.1);
    }
    const means = placesOf('Ellipse').map((one) => (one.kind === 'ellipse' ? (one.mean[0] ?? 0) : 0));
    expect(new Set(means).size).toBe(draws + 1);
    for (const x of means)
      expect(Math.abs(Math.asinh(x / 150) - Math.asinh(900 / 150))).toBeLessThanOrEqual(0.1 + 1e-9);
  });
});

import { describe, expect, test } from 'vitest';
import type { Geometry, Point } from '../../src/gating/index.ts';
import {
  entryOf,
  fromU,
  type MarkerValues,
  normals,
  placeAll,
  type StudyTube,
  studyTube,
  templateWith,
} from './inMemory.ts';

/** Cells in three places of a plane: how many of each, and how bright X is. */
interface Stained {
  readonly counts: readonly [number, number, number];
  readonly gain?: number;
  readonly places?: readonly Point[];
}

const PLACES: readonly Point[] = [
  [0.4, 3.8],
  [4.2, 3.6],
  [0.6, 0.5],
];

function cells(key: number, { counts, gain = 1, places = PLACES }: Stained): MarkerValues {
  const column = (axis: 0 | 1) =>
    counts.flatMap((count, i) => normals(key + 10 * i + axis, count, places[i]![axis], 0.35));
  return { X: fromU(column(0)).map((value) => gain * value), Y: fromU(column(1)) };
}

const rectangle =
  '{ method: carried, units: raw, drawn_on: [drawn], x: X, y: Y, min: [1000, 800], max: [30000, null] }';
const template = templateWith(['X', 'Y'], [`{ name: Gate, parent: root, gate: ${rectangle} }`]);

function study(tubes: Readonly<Record<string, Stained>>): readonly StudyTube[] {
  return Object.entries(tubes).map(([id, stained], i) => studyTube(template, id, cells(1000 * (i + 1), stained)));
}

function edges(geometry: Geometry): readonly (number | null)[] {
  if (geometry.kind !== 'rectangle') throw new Error(`a ${geometry.kind}`);
  return geometry.dims.flatMap(({ min_raw, max_raw }) => [min_raw, max_raw]);
}

const usual = { counts: [500, 500, 500] } as const;

describe('a gate drawn on one tube and carried to the others', () => {
  test('stays as it was drawn there, and goes with the brightness of a tube that is stained otherwise', () => {
    const tubes = study({ drawn: usual, alike: usual, bright: { ...usual, gain: 2 }, dim: { ...usual, gain: 0.5 } });
    const { book } = placeAll(template, tubes);
    const of = (id: string) => edges(entryOf(book, 'Gate', id).geometry);
    expect(of('drawn')).toEqual([1000, 30000, 800, null]);
    expect(entryOf(book, 'Gate', 'drawn').rule).toBe('fixed');
    expect(of('alike')).toEqual([1000, 30000, 800, null]);
    for (const [id, factor] of [
      ['bright', 2],
      ['dim', 0.5],
    ] as const) {
      const [low, high, , open] = of(id);
      expect(Math.abs(Math.log(low! / (factor * 1000)))).toBeLessThan(0.1);
      expect(Math.abs(Math.log(high! / (factor * 30000)))).toBeLessThan(0.1);
      expect(open).toBeNull();
      expect(entryOf(book, 'Gate', id)).toMatchObject({ rule: 'carried', flags: [] });
    }
  });

  test('is not moved by how large populations are', () => {
    const tubes = study({ drawn: usual, few: { counts: [900, 60, 500] }, many: { counts: [150, 1200, 150] }, usual });
    const { book } = placeAll(template, tubes);
    for (const id of ['few', 'many']) {
      const [low] = edges(entryOf(book, 'Gate', id).geometry);
      expect(Math.abs(Math.log(low! / 1000))).toBeLessThan(0.1);
    }
  });

  test('has no place in a tube that holds other populations, or too few events, and says so', () => {
    const other = {
      counts: [500, 500, 500],
      places: [
        [3, 1.6],
        [5.6, 5.4],
        [1.8, 5.2],
      ],
    } as const;
    const tubes = study({ drawn: usual, a: usual, b: usual, other, scarce: { counts: [20, 20, 20] } });
    const { book } = placeAll(template, tubes);
    expect(entryOf(book, 'Gate', 'other')).toMatchObject({ geometry: { kind: 'none' } });
    expect(entryOf(book, 'Gate', 'other').flags).toEqual(expect.arrayContaining(['not_carried', 'unlike_pool']));
    expect(entryOf(book, 'Gate', 'scarce').flags).toEqual(['few_events', 'not_carried']);
    expect(edges(entryOf(book, 'Gate', 'a').geometry)).toEqual([1000, 30000, 800, null]);
  });

  test('has no place anywhere where the tube on which it was drawn is not in the study', () => {
    const { book } = placeAll(template, study({ a: usual, b: usual }));
    for (const id of ['a', 'b']) {
      expect(entryOf(book, 'Gate', id)).toMatchObject({
        geometry: { kind: 'none' },
        flags: ['drawn_absent', 'not_carried'],
      });
    }
  });

  test('knows neither visit nor subject: other names of the same tubes give the same places', () => {
    const tubes = study({ drawn: usual, bright: { ...usual, gain: 2 }, dim: { ...usual, gain: 0.5 } });
    const visits = tubes.map(({ survey, tube }, i) => ({
      survey,
      tube: { ...tube, subjectKey: `S${i % 2}`, batch: `${i}` },
    }));
    const [one, two] = [tubes, visits].map((own) => placeAll(template, own).book.gates);
    expect(two).toEqual(one);
  });

  test('an ellipse becomes a polygon of its area, a polygon keeps its corners', () => {
    const ellipse =
      '{ method: carried, units: scale, drawn_on: [drawn], x: X, y: Y, mean: [0.7, 0.7], covariance: [[0.01, 0.002], [0.002, 0.02]] }';
    const polygon =
      '{ method: carried, units: scale, drawn_on: [drawn], x: X, y: Y, vertices: [[0.5, 0.5], [0.9, 0.5], [0.7, 0.9]] }';
    const both = templateWith(
      ['X', 'Y'],
      [`{ name: Ellipse, parent: root, gate: ${ellipse} }`, `{ name: Polygon, parent: root, gate: ${polygon} }`],
    );
    const tubes = Object.entries({ drawn: usual, alike: usual, bright: { ...usual, gain: 2 } }).map(
      ([id, stained], i) => studyTube(both, id, cells(1000 * (i + 1), stained)),
    );
    const { book } = placeAll(both, tubes);
    expect(entryOf(book, 'Ellipse', 'drawn').geometry).toMatchObject({ kind: 'ellipse', mean: [0.7, 0.7] });
    const moved = entryOf(book, 'Ellipse', 'alike').geometry;
    if (moved.kind !== 'polygon') throw new Error(moved.kind);
    const area = moved.vertices.reduce((sum, [x, y], i, all) => {
      const [a, b] = all[(i + 1) % all.length]!;
      return sum + (x * b - a * y) / 2;
    }, 0);
    expect(area).toBeCloseTo(Math.PI * Math.sqrt(0.01 * 0.02 - 0.002 ** 2), 6);
    expect(entryOf(book, 'Polygon', 'bright').geometry).toMatchObject({
      kind: 'polygon',
      dims: [{ frame: 'scale' }, {}],
    });
  });
});

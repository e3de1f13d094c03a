import { describe, expect, it } from 'vitest';
import { methodReference, placementRegistry, profileIn } from '../../src/placement/tools.ts';
import type { Template } from '../../src/template/index.ts';
import {
  entryOf,
  fromU,
  type MarkerValues,
  normals,
  numbersIn,
  placeAll,
  type StudyTube,
  studyTube,
  templateWith,
  twoModes,
} from './inMemory.ts';

// What every gate method must bear, in each of its forms: the name is the method, then what sets the form apart.
// A method that is not in this list fails the first test.
const gates: Readonly<Record<string, string>> = {
  interval: '{ method: interval, units: raw, marker: X, min: 500 }',
  rectangle: '{ method: rectangle, units: raw, x: X, y: Y, min: [500, 0], max: [null, 20000] }',
  polygon: '{ method: polygon, units: scale, x: X, y: Y, vertices: [[0, 0], [1, 0], [0.5, 1]] }',
  ellipse: '{ method: ellipse, units: scale, x: X, y: Y, mean: [0.5, 0.5], covariance: [[0.1, 0], [0, 0.1]] }',
  carried:
    '{ method: carried, units: scale, drawn_on: [a], x: X, y: Y, vertices: [[0, 0.4], [1, 0.4], [1, 1], [0, 1]] }',
  'carried ellipse':
    '{ method: carried, units: scale, drawn_on: [a, b], x: X, y: Y, mean: [0.6, 0.6], covariance: [[0.02, 0], [0, 0.02]] }',
  'carried edge': '{ method: carried, units: raw, drawn_on: [a], x: X, min: [900] }',
  quadrant: '{ method: quadrant, x: X, y: Y, keep: [above, below], cut: valley }',
  'quadrant without others': '{ method: quadrant, x: X, y: Y, keep: [above, below], cut: valley, without: Other }',
  boolean: '{ method: boolean, of: { not: Other } }',
  singlets: '{ method: singlets, area: FSC-A, height: FSC-H }',
  'singlets along a line': '{ method: singlets, variant: band }',
  'singlets by width': '{ method: singlets, variant: width, width: Y }',
  valley: '{ method: valley, marker: X, keep: above }',
  'valley below a guide':
    '{ method: valley, cuts: [{ marker: X, keep: below, guide: true }, { marker: Y, keep: above, fallback: { at: 2 } }] }',
  'valley or the end of others':
    '{ method: valley, marker: Y, keep: above, range: [7, 7.5], fallback: { end: 3, beyond: Other } }',
  viability: '{ method: viability, marker: X, size: FSC-A, granularity: Y, fallback: { end: 5, of: kept } }',
  tail: '{ method: tail, marker: X, keep: above }',
  quantile: '{ method: quantile, marker: X, keep: above, p: 0.9, of: Other }',
  kmeans: '{ method: kmeans, marker: X, keep: above, clusters: 3 }',
  mixture: '{ method: mixture, marker: X, keep: above }',
  'mixture of t distributions':
    '{ method: mixture, marker: X, keep: below, family: student, variance: tied, means: [1, 4] }',
  'mixture in a plane': '{ method: mixture, x: X, y: Y, components: 3, target: { highest: x } }',
  contour: '{ method: contour, x: X, y: Y, seed: [4, 3.6] }',
  boundary: '{ method: boundary, markers: [FSC-A, FSC-H] }',
  levels:
    '{ method: levels, marker: X, levels: [neg, lo, hi], keep: lo, cuts: [{ method: valley }, { method: tail, z: 1 }] }',
  time: '{ method: time, watch: [FSC-A] }',
  reference: '{ method: reference, marker: X, keep: above, of: Other }',
  'reference by level': '{ method: reference, variant: level, marker: X, keep: above, of: Other }',
  'reference by FMO': '{ method: reference, variant: fmo, marker: X, keep: above }',
  ridge: '{ method: ridge, align: core, part: transitional }',
};
/** The same of alignments. */
const alignments: Readonly<Record<string, string>> = {
  ridge: 'method: ridge, x: CD38, y: CD24, axes: [CD27, IgD]',
};
const markers = ['X', 'Y', 'FSC-A', 'FSC-H', 'CD38', 'CD24', 'CD27', 'IgD', 'Time'];

function methodOf(form: string): string {
  return form.split(' ')[0] ?? '';
}

function templateOf(form: string): Template {
  const method = methodOf(form);
  const other = '{ name: Other, parent: root, gate: { method: valley, marker: X, keep: below } }';
  const align = `alignments: [{ name: core, parent: root, ${alignments.ridge} }]`;
  return templateWith(
    markers,
    [other, `{ name: Gate, parent: root, gate: ${gates[form]} }`],
    method === 'ridge' ? align : '',
  );
}

/** Two modes on X and Y, singlets with some doublets, naive-like cells with a few memory cells. */
function usualTube(key: number, count: number): MarkerValues {
  const area = normals(key + 1, count, 90_000, 9_000);
  const jitter = normals(key + 2, count, 1, 0.02);
  const isMemory = (i: number) => i % 4 === 0;
  return {
    // The last third comes at a fifth of the rate.
    Time: Array.from({ length: count }, (_, i) => i + 4 * Math.max(0, i - (2 * count) / 3)),
    X: fromU(twoModes(key + 3, count, 1, 4)),
    Y: fromU(twoModes(key + 4, count, 1, 3.6)),
    'FSC-A': area,
    'FSC-H': area.map((value, i) => value * (i % 40 === 0 ? 0.5 : 0.8) * (jitter[i] ?? 1)),
    CD38: fromU(normals(key + 5, count, 3.1, 0.4).map((u, i) => (i % 11 === 1 ? u + 1.5 : u))),
    CD24: fromU(normals(key + 6, count, 3, 0.4).map((u, i) => (i % 11 === 1 ? u + 1.4 : u))),
    CD27: fromU(normals(key + 7, count, 0.5, 0.4).map((u, i) => (isMemory(i) ? u + 3.4 : u))),
    IgD: fromU(normals(key + 8, count, 4.6, 0.4).map((u, i) => (isMemory(i) ? u - 4 : u))),
  };
}

function usualStudy(template: Template): StudyTube[] {
  return ['a', 'b', 'c', 'd', 'e'].map((id, i) => studyTube(template, id, usualTube(100 * i, 400 + 20 * i)));
}

/** Values of some events; the second of two tubes of the same events holds them in this order. */
function rearranged(values: MarkerValues, events: readonly number[]): MarkerValues {
  const pick = (column: readonly number[]) => events.map((event) => column[event] ?? Number.NaN);
  return Object.fromEntries(Object.entries(values).map(([marker, column]) => [marker, pick(column)]));
}

function eachMarker(count: number, value: number): MarkerValues {
  return Object.fromEntries(markers.map((marker) => [marker, new Array<number>(count).fill(value)]));
}

const general = ['marker_absent', 'circular_reference', 'survey_stale', 'second_opinion_differs'];
const flagsOfAlignment = methodReference('ridge').flatMap(({ flags }) => flags.map(({ name }) => name));

describe('the list of methods', () => {
  it('is the one that this contract is held against', () => {
    expect([...new Set(Object.keys(gates).map(methodOf))].sort()).toEqual([...placementRegistry.gates.keys()].sort());
    expect(Object.keys(alignments)).toEqual([...placementRegistry.alignments.keys()]);
  });
});

describe.each(Object.entries(alignments))('alignment %s', (_, keys) => {
  // A tail's cut is the pool's: where it lies in a tube is the alignment's doing.
  const carriedTail = '{ name: Gate, parent: root, gate: { method: tail, marker: CD38, keep: above, align: core } }';
  const template = templateWith(markers, [carriedTail], `alignments: [{ name: core, parent: root, ${keys} }]`);
  const tubes = usualStudy(template);
  const { book } = placeAll(template, tubes);
  const [entry] = book.alignments;

  it('has an entry of every tube, whatever their order', () => {
    expect(entry?.tubes.map((tube) => tube.sample_id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(placeAll(template, tubes.toReversed()).book).toEqual(book);
  });

  it('tells for every tube the line along which its events are binned, or has none', () => {
    const found = tubes.map(({ tube }) => entry && profileIn(entry, tube.sampleId));
    expect(new Set(found.map((profile) => profile === undefined)).size).toBe(1);
    for (const profile of found) {
      if (profile === undefined) continue;
      expect(Math.hypot(...profile.direction)).toBeCloseTo(1, 9);
      expect(profile.origin.every(Number.isFinite)).toBe(true);
      expect(markers).toEqual(expect.arrayContaining([...profile.markers]));
    }
    expect(entry && profileIn(entry, 'no such tube')).toBeUndefined();
  });

  it('answers tubes of few or equal events with numbers, or with a gate that has no place and says why', () => {
    for (const values of [eachMarker(0, 0), eachMarker(1, 5000), eachMarker(300, 0), eachMarker(300, Number.NaN)]) {
      const { book: odd, problems } = placeAll(template, [studyTube(template, 'only', values)]);
      expect(numbersIn(odd).filter((number) => !Number.isFinite(number))).toEqual([]);
      if (odd.alignments.length === 0) expect(problems.map(({ code }) => code)).toContain('gate.not-aligned');
    }
  });
});

describe.each(Object.keys(gates))('%s', (form) => {
  const method = methodOf(form);
  const template = templateOf(form);

  it.each([
    ['no events', eachMarker(0, 0)],
    ['one event', eachMarker(1, 5000)],
    ['two events', rearranged(usualTube(1, 400), [0, 399])],
    ['values that are all equal', eachMarker(300, 5000)],
    ['values that are all zero', eachMarker(300, 0)],
    ['no value that is a number', eachMarker(300, Number.NaN)],
  ])('answers a study of one tube with %s with numbers or with a reason', (_, values) => {
    const { book } = placeAll(template, [studyTube(template, 'only', values)]);
    expect(numbersIn(book).filter((number) => !Number.isFinite(number))).toEqual([]);
    const entry = entryOf(book, 'Gate', 'only');
    if (entry.geometry.kind === 'none') expect(entry.flags).not.toEqual([]);
    if (entry.geometry.kind === 'all' && entry.geometry.of.length === 0) expect(entry.flags).not.toEqual([]);
  });

  it('gives a poor tube among usual ones a place or a reason, and harms no other', () => {
    const usual = usualStudy(template);
    const poor = studyTube(template, 'poor', eachMarker(0, 0));
    const without = placeAll(template, usual).book;
    const { book } = placeAll(template, [poor, ...usual]);
    expect(numbersIn(book).filter((number) => !Number.isFinite(number))).toEqual([]);
    for (const { tube } of usual) {
      const [before, after] = [without, book].map((one) => numbersIn(entryOf(one, 'Gate', tube.sampleId).geometry));
      // An empty tube's landmark is the study's, which moves the median of landmarks a little.
      for (const [i, number] of (after ?? []).entries()) {
        const expected = before?.[i] ?? Number.NaN;
        expect(Math.abs(number - expected)).toBeLessThanOrEqual(0.1 * Math.abs(expected));
      }
    }
  });

  it('places a tube as if its events that are no numbers were not there', () => {
    const usual = usualStudy(template);
    const values = usualTube(900, 500);
    const broken = Object.fromEntries(
      Object.entries(values).map(([marker, column]) => [
        marker,
        [...column, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      ]),
    );
    const [sound, unsound] = [values, broken].map((own) => {
      const { book } = placeAll(template, [...usual, studyTube(template, 'x', own)]);
      return [...usual.map(({ tube }) => tube.sampleId), 'x'].map((id) => entryOf(book, 'Gate', id));
    });
    expect(unsound?.map(({ flags, rule }) => [rule, flags])).toEqual(sound?.map(({ flags, rule }) => [rule, flags]));
    const expected = numbersIn(sound?.map(({ geometry }) => geometry));
    for (const [i, number] of numbersIn(unsound?.map(({ geometry }) => geometry)).entries())
      expect(number).toBeCloseTo(expected[i] ?? Number.NaN, 6);
    expect(expected.length).toBeGreaterThan(method === 'boolean' || form === 'reference by FMO' ? -1 : 0);
  });

  it('gives the same bytes for tubes in any order', () => {
    const tubes = usualStudy(template);
    const surveys = tubes.map(({ survey }) => survey);
    const shuffled = [3, 0, 4, 2, 1].map((i) => tubes[i] as StudyTube);
    expect(surveys).toHaveLength(5);
    expect(JSON.stringify(placeAll(template, shuffled).book)).toBe(JSON.stringify(placeAll(template, tubes).book));
  });

  it('gives the same place for events in any order, where the sample holds them all', () => {
    const values = usualTube(7, 500);
    const backwards = Array.from({ length: 500 }, (_, i) => (i * 7 + 3) % 500);
    const [one, other] = [values, rearranged(values, backwards)].map((own) => {
      const { book } = placeAll(template, [...usualStudy(template), studyTube(template, 'x', own)]);
      return entryOf(book, 'Gate', 'x');
    });
    expect(other?.flags).toEqual(one?.flags);
    const expected = numbersIn(one?.geometry);
    for (const [i, number] of numbersIn(other?.geometry).entries())
      expect(number).toBeCloseTo(expected[i] ?? Number.NaN, 6);
  });

  it('raises no flag that its page does not explain', () => {
    const known = methodReference(method).flatMap(({ flags }) => flags.map(({ name }) => name));
    const studies = [
      usualStudy(template),
      [studyTube(template, 'e', eachMarker(0, 0))],
      [studyTube(template, 'q', eachMarker(300, 5000))],
    ];
    const raised = studies.flatMap((tubes) =>
      placeAll(template, tubes).book.gates.flatMap((gate) =>
        gate.population === 'Gate' ? gate.tubes.flatMap(({ flags }) => flags) : [],
      ),
    );
    const borrowed =
      method === 'reference' ? methodReference('valley').flatMap(({ flags }) => flags.map(({ name }) => name)) : [];
    const aligned = method === 'ridge' ? flagsOfAlignment : [];
    expect(raised.filter((flag) => ![...known, ...borrowed, ...aligned, ...general].includes(flag))).toEqual([]);
  });
});

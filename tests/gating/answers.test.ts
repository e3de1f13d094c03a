import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountQuestions, countPopulations, type Geometry, type TubeBook } from '../../src/gating/index.ts';
import { axisOf, boundsOf, memoryEvents } from './memoryEvents.ts';

const none: CountQuestions = { intensities: [], draws: [], profiles: [], others: [], overlaps: [] };
const above = (x: number): Geometry => ({ kind: 'interval', dims: [boundsOf('X', x, null)] });
const book = (geometry: Geometry): TubeBook => ({
  sampleId: 'a',
  scales: [],
  gates: [
    { population: 'P', parent: 'root', geometry: above(0), flags: [] },
    { population: 'P/Q', parent: 'P', geometry, flags: [] },
  ],
});
const ask = (columns: Record<string, readonly number[]>, geometry: Geometry, questions: Partial<CountQuestions>) => {
  const wants = { membership: false, pictures: false, questions: { ...none, ...questions } };
  return countPopulations(memoryEvents(columns), book(geometry), wants);
};

const whole = fc.integer({ min: -3, max: 9 });
const band = fc.record({ from: whole, half_width: fc.integer({ min: 1, max: 5 }) }).map(
  ({ from, half_width }): Geometry => ({
    kind: 'all',
    of: [
      {
        kind: 'strip',
        dims: [axisOf('X'), axisOf('Y')],
        origin: [0, 1],
        direction: [0.6, 0.8],
        from,
        half_width,
      },
      { kind: 'interval', dims: [boundsOf('Z', null, 4)] },
    ],
  }),
);

describe('plausible places of a gate', () => {
  it('are counted as the tree would count them, the book’s own first', () => {
    const events = fc.array(fc.tuple(whole, whole, whole), { maxLength: 40 });
    fc.assert(
      fc.property(events, band, fc.array(band, { maxLength: 4 }), (rows, own, others) => {
        const columns = Object.fromEntries(['X', 'Y', 'Z'].map((m, i) => [`${m}-A`, rows.map((row) => row[i] ?? 0)]));
        const draws = [{ population: 'P/Q', parent: 'P', geometries: others }];
        const counted = ask(columns, own, { draws });
        const treeCount = (geometry: Geometry) => ask(columns, geometry, {}).populations[2]?.count;
        expect(counted.answers.draws).toEqual([{ population: 'P/Q', counts: [own, ...others].map(treeCount) }]);
      }),
      { numRuns: 60 },
    );
  });

  it('of straight edges are counted as the tree would count them, also at edges, ends and values that are no numbers', () => {
    const edge = fc.option(whole, { nil: null });
    const bounds = fc.tuple(edge, edge);
    const rectangle = fc.tuple(bounds, bounds).map(
      ([[xMin, xMax], [yMin, yMax]]): Geometry => ({
        kind: 'rectangle',
        dims: [boundsOf('X', xMin, xMax), boundsOf('Y', yMin, yMax)],
      }),
    );
    const quadrant = fc.tuple(whole, whole).map(
      (dividers): Geometry => ({
        kind: 'quadrant',
        dims: [axisOf('X'), axisOf('Y')],
        dividers,
        dividers_raw: dividers,
        side: ['above', 'below'],
      }),
    );
    const interval = edge.map((min): Geometry => ({ kind: 'interval', dims: [boundsOf('X', min, null)] }));
    const some = (geometry: typeof rectangle) => fc.array(geometry, { minLength: 1, maxLength: 6 });
    const value = fc.oneof({ weight: 9, arbitrary: whole }, fc.constantFrom(Number.NaN, Infinity, -Infinity));
    const events = fc.array(fc.tuple(value, value), { maxLength: 30 });
    const gates = fc.oneof(
      some(rectangle),
      some(quadrant),
      some(interval),
      some(fc.oneof(rectangle, quadrant, interval)),
    );
    fc.assert(
      fc.property(events, gates, (rows, geometries) => {
        const columns = Object.fromEntries(['X', 'Y'].map((m, i) => [`${m}-A`, rows.map((row) => row[i] ?? 0)]));
        const draws = [{ population: 'P/Q', parent: 'P', geometries }];
        const [own] = geometries as [Geometry];
        const treeCount = (geometry: Geometry) => ask(columns, geometry, {}).populations[2]?.count;
        const counted = ask(columns, own, { draws }).answers.draws;
        expect(counted).toEqual([{ population: 'P/Q', counts: [own, ...geometries].map(treeCount) }]);
      }),
      { numRuns: 150 },
    );
  });

  it('have no count where the gate, or its parent, has no place', () => {
    const draws = [{ population: 'P/Q', parent: 'P', geometries: [above(2), { kind: 'none' } as const] }];
    const counted = ask({ 'X-A': [-1, 1, 3] }, { kind: 'none' }, { draws });
    expect(counted.answers.draws).toEqual([{ population: 'P/Q', counts: [null, 1, null] }]);
  });
});

describe('plausible places of a combination', () => {
  const interval = fc
    .tuple(whole, whole)
    .map(([min, width]): Geometry => ({ kind: 'interval', dims: [boundsOf('X', min, min + Math.abs(width))] }));
  const operands = fc.record({ a: interval, b: interval });
  type Operands = { readonly a: Geometry; readonly b: Geometry };

  it('are counted as the tree would count it with its operands there, side by side or one within the other', () => {
    const op = fc.constantFrom('and' as const, 'or' as const);
    const parentOfB = fc.constantFrom('P', 'P/A', 'root');
    const property = fc.property(
      fc.array(whole, { maxLength: 40 }),
      fc.record({ op, complement: fc.boolean(), parentOfB }),
      operands,
      fc.array(operands, { maxLength: 4 }),
      (x, { op, complement, parentOfB }, own, others) => {
        const combined = (at?: Operands): Geometry => {
          const place = (parent: string, geometry?: Geometry) => (geometry ? { place: { parent, geometry } } : {});
          const of = [
            { population: 'P/A', complement, ...place('P', at?.a) },
            { population: 'P/B', complement: false, ...place(parentOfB, at?.b) },
          ];
          return { kind: 'boolean', op, of };
        };
        const count = ({ a, b }: Operands, questions: CountQuestions) => {
          const gates = [
            { population: 'P', parent: 'root', geometry: above(0), flags: [] },
            { population: 'P/A', parent: 'P', geometry: a, flags: [] },
            { population: 'P/B', parent: parentOfB, geometry: b, flags: [] },
            { population: 'P/Q', parent: 'P', geometry: combined(), flags: [] },
          ];
          const wants = { membership: false, pictures: false, questions };
          return countPopulations(memoryEvents({ 'X-A': x }), { sampleId: 'a', scales: [], gates }, wants);
        };
        const draws = [{ population: 'P/Q', parent: 'P', geometries: others.map(combined) }];
        const counts = [own, ...others].map((at) => count(at, none).populations.at(-1)?.count);
        expect(count(own, { ...none, draws }).answers.draws).toEqual([{ population: 'P/Q', counts }]);
      },
    );
    fc.assert(property, { numRuns: 100 });
  });
});

describe('a gate of another tube', () => {
  it('is applied to this tube’s own parent', () => {
    const others = [{ other: '1', population: 'P/Q', parent: 'P', geometry: above(-5) }];
    const counted = ask({ 'X-A': [-1, 1, 3] }, above(2), { others });
    expect(counted.answers.others).toEqual([{ other: '1', population: 'P/Q', count: 2 }]);
  });
});

describe('intensities', () => {
  it('are R’s quartiles of type 7 in linear units, without values that are no numbers', () => {
    const columns = { 'X-A': [4, 1, 10, 7, -1, 2], 'Y-A': [8, 1, 3, Number.NaN, 9, 100] };
    const intensities = [
      { population: 'P', marker: 'Y', channel: 'Y-A' },
      { population: 'P', marker: 'W', channel: null },
    ];
    // R: quantile(c(8, 1, 3, 100), c(.25, .5, .75))
    expect(ask(columns, above(2), { intensities }).answers.intensities).toEqual([
      { population: 'P', marker: 'Y', channel: 'Y-A', n: 4, median: 5.5, p25: 2.5, p75: 31 },
      { population: 'P', marker: 'W', channel: null, n: null, median: null, p25: null, p75: null },
    ]);
  });

  it('of a population without events are empty, with n = 0', () => {
    const intensities = [{ population: 'P/Q', marker: 'X', channel: 'X-A' }];
    const [found] = ask({ 'X-A': [1] }, above(2), { intensities }).answers.intensities;
    expect(found).toMatchObject({ n: 0, median: null, p25: null });
  });
});

describe('a profile of an alignment', () => {
  it('holds every event of the parent once, at its distance from the tube’s core', () => {
    const axis = {
      alignment: 'core',
      parent: 'P',
      dims: [axisOf('X'), axisOf('Y')],
      origin: [1, 1],
      direction: [0.6, 0.8],
    } as const;
    // 0 along the axis, 5 up, far beyond the end; the event below 0 is not the parent's.
    const counted = ask({ 'X-A': [1, 4, 500, -1], 'Y-A': [1, 5, 500, 0] }, above(2), { profiles: [axis] });
    const [profile] = counted.answers.profiles;
    if (!profile) throw new Error('no profile');
    const at = (t: number) => profile.counts[Math.floor((t - profile.from) / profile.binWidth + 1e-9)];
    expect([at(0), at(5), profile.counts.at(-1)]).toEqual([1, 1, 1]);
    expect(profile.counts.reduce((sum, n) => sum + n, 0)).toBe(3);
  });
});

describe('an overlap', () => {
  const overlaps = [{ population: 'P/Q', without: 'P' }];

  it('is how many events of a population lie in another one too, as the tree has both', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(whole, whole), { maxLength: 30 }), whole, whole, (events, from, to) => {
        const columns = { 'X-A': events.map(([x]) => x), 'Y-A': events.map(([, y]) => y) };
        const gates = [
          { population: 'P', parent: 'root', geometry: above(from), flags: [] },
          {
            population: 'R',
            parent: 'root',
            geometry: { kind: 'interval', dims: [boundsOf('Y', to, null)] },
            flags: [],
          },
        ] as const;
        const asked = { ...none, overlaps: [{ population: 'P', without: 'R' }] };
        const wants = { membership: false, pictures: false, questions: asked };
        const { answers } = countPopulations(memoryEvents(columns), { sampleId: 'a', scales: [], gates }, wants);
        const both = events.filter(([x, y]) => x >= from && y >= to).length;
        expect(answers.overlaps).toEqual([{ population: 'P', without: 'R', count: both }]);
      }),
    );
  });

  it('is unknown where a gate has no place', () => {
    expect(ask({ 'X-A': [1] }, { kind: 'none' }, { overlaps }).answers.overlaps).toEqual([
      { population: 'P/Q', without: 'P', count: null },
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BookScale,
  countPopulations,
  type Geometry,
  type Operand,
  type Point,
  scaleOfAxis,
  type TubeBook,
} from '../../src/gating/index.ts';
import { axisOf, boundsOf, logicleOf, memoryEvents } from './memoryEvents.ts';
import { isMember } from './plainTwin.ts';

// Small whole numbers: edges are met often, and both sides of every comparison are exact.
const coordinate = fc.integer({ min: -2, max: 8 });
const value = fc.oneof(
  { weight: 30, arbitrary: coordinate },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);
const edge = fc.option(coordinate);
const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate);
const side = fc.constantFrom('above' as const, 'below' as const);
const plane = [axisOf('X'), axisOf('Y')] as const;

const placed: fc.Arbitrary<Geometry> = fc.oneof(
  fc.tuple(edge, edge).map(([min, max]): Geometry => ({ kind: 'interval', dims: [boundsOf('X', min, max)] })),
  fc
    .tuple(edge, edge, edge, edge)
    .map(([a, b, c, d]): Geometry => ({ kind: 'rectangle', dims: [boundsOf('X', a, b), boundsOf('Y', c, d)] })),
  fc
    .array(point, { minLength: 3, maxLength: 7 })
    .map((vertices): Geometry => ({ kind: 'polygon', dims: plane, vertices, vertices_raw: vertices })),
  fc.tuple(point, side, side).map(
    ([dividers, x, y]): Geometry => ({
      kind: 'quadrant',
      dims: plane,
      dividers,
      dividers_raw: dividers,
      side: [x, y],
    }),
  ),
  fc
    .tuple(point, coordinate, fc.integer({ min: 1, max: 6 }), fc.constantFrom<Point>([1, 0], [0, 1], [3, 4], [-4, 3]))
    .map(
      ([origin, from, half_width, direction]): Geometry => ({
        kind: 'strip',
        dims: plane,
        origin,
        direction,
        from,
        half_width,
      }),
    ),
  fc.tuple(coordinate, coordinate).map(([min, max]): Geometry => ({ kind: 'ratio', dims: plane, min, max })),
);
const geometry: fc.Arbitrary<Geometry> = fc.oneof(
  { weight: 8, arbitrary: placed },
  { weight: 2, arbitrary: fc.array(placed, { maxLength: 3 }).map((of): Geometry => ({ kind: 'all', of })) },
  { weight: 1, arbitrary: fc.constant<Geometry>({ kind: 'none' }) },
);

interface DrawnGate {
  readonly parent: number;
  readonly geometry: Geometry;
  readonly combines: Combined | null;
}

type Op = 'and' | 'or';
interface Combined {
  readonly op: Op;
  readonly of: readonly ({ readonly complement: boolean } & (Combined | { readonly named: number }))[];
}

const op = fc.constantFrom<Op>('and', 'or');
const { combined } = fc.letrec<{ combined: Combined; part: Combined['of'][number] }>((tie) => ({
  combined: fc.record({ op, of: fc.array(tie('part'), { minLength: 1, maxLength: 3 }) }),
  part: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ named: fc.nat(20), complement: fc.boolean() }),
    fc.record({ op, of: fc.array(tie('part'), { minLength: 1, maxLength: 3 }), complement: fc.boolean() }),
  ),
}));

const drawnGate: fc.Arbitrary<DrawnGate> = fc.record({
  parent: fc.nat(20),
  geometry,
  combines: fc.option(combined, { freq: 4 }),
});

/** A tree: every gate hangs below an earlier one or the root, and combinations name earlier ones. */
function bookOf(drawn: readonly DrawnGate[], scales: readonly BookScale[] = [linear('X'), linear('Y')]): TubeBook {
  const path = (i: number) => `g${i}`;
  const gates = drawn.map(({ parent, geometry: own, combines }, i) => ({
    population: path(i),
    parent: parent % (i + 1) === i ? 'root' : path(parent % (i + 1)),
    geometry:
      combines === null || i === 0
        ? own
        : { kind: 'boolean' as const, ...operandsOf(combines, (named) => path(named % i)) },
    flags: [],
  }));
  return { sampleId: 'tube', scales, gates };
}

function operandsOf(combines: Combined, pathOf: (named: number) => string): { op: Op; of: Operand<Geometry>[] } {
  const of = combines.of.map((part): Operand<Geometry> => {
    const { complement } = part;
    return 'named' in part
      ? { population: pathOf(part.named), complement }
      : { ...operandsOf(part, pathOf), complement };
  });
  return { op: combines.op, of };
}

function linear(marker: string): BookScale {
  return { marker, channel: `${marker}-A`, kind: 'linear', T: 10, A: 0, u_cofactor: 150 };
}

const points = fc.array(fc.tuple(value, value), { maxLength: 40 });

function eventsOf(drawn: readonly (readonly [number, number])[]) {
  return memoryEvents({ 'X-A': drawn.map(([x]) => x), 'Y-A': drawn.map(([, y]) => y) });
}

describe('a tree of gates', () => {
  it('has the members that a plain walk over single events finds', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(drawnGate, { minLength: 1, maxLength: 7 }), points, (drawn, values) => {
        const book = bookOf(drawn);
        const { populations, membership } = countPopulations(eventsOf(values), book, {
          membership: true,
          pictures: false,
        });
        for (const [g, { population }] of book.gates.entries()) {
          const plain = values.map(([x, y]) => isMember(book, population, (channel) => (channel === 'X-A' ? x : y)));
          const count = populations[g + 1]?.count;
          if (values.length === 0) continue;
          if (plain.includes(undefined)) expect(count).toBeNull();
          else expect([...(membership?.[g] ?? [])]).toEqual(plain.map(Number));
          compared += plain.length;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(compared).toBeGreaterThan(10_000);
  });

  it('counts no population above its parent, and its membership sums to its counts', () => {
    fc.assert(
      fc.property(fc.array(drawnGate, { minLength: 1, maxLength: 7 }), points, (drawn, values) => {
        const counts = countPopulations(eventsOf(values), bookOf(drawn), { membership: true, pictures: true });
        expect(counts.populations[0]).toMatchObject({ population: 'root', count: values.length, parentCount: null });
        for (const [g, { count, parentCount, population }] of counts.populations.slice(1).entries()) {
          const marked = counts.membership?.[g]?.reduce((sum, mark) => sum + mark, 0);
          expect(marked).toBe(count ?? 0);
          if (parentCount === null) expect(count).toBeNull();
          if (count !== null) expect(count).toBeLessThanOrEqual(parentCount ?? -1);
          const own = counts.pictures.filter((one) => one.population === population);
          const [first] = own;
          const last = own.at(-1);
          const hasNumbers = values.every(([x, y]) => !Number.isNaN(x) && !Number.isNaN(y));
          if (first && last && hasNumbers)
            expect([total(last.inside), total(first.density)]).toEqual([count, parentCount]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives no count to what hangs below a gate without a place', () => {
    const below: Geometry = { kind: 'interval', dims: [boundsOf('X', 0, null)] };
    const gates = [
      { population: 'A', parent: 'root', geometry: { kind: 'none' as const }, flags: ['one_mode'] },
      { population: 'A/B', parent: 'A', geometry: below, flags: [] },
      { population: 'C', parent: 'root', geometry: below, flags: [] },
    ];
    const book = { sampleId: 'tube', scales: [linear('X')], gates };
    const counts = countPopulations(memoryEvents({ 'X-A': [1, -1] }), book, { membership: true, pictures: true });
    expect(counts.populations.map(({ count, parentCount }) => [count, parentCount])).toEqual([
      [2, null],
      [null, 2],
      [null, null],
      [1, 2],
    ]);
    expect(counts.populations[1]?.flags).toEqual(['one_mode']);
    expect(counts.pictures.map(({ population }) => population)).toEqual(['C']);
  });

  it('counts 0 in an empty tube, which is not the same as no count', () => {
    const book = bookOf([{ parent: 0, geometry: { kind: 'interval', dims: [boundsOf('X', 0, 1)] }, combines: null }]);
    const counts = countPopulations(eventsOf([]), book, { membership: false, pictures: true });
    expect(counts.populations.map(({ count }) => count)).toEqual([0, 0]);
    expect(counts.membership).toBeNull();
  });
});

function total(grid: Uint32Array): number {
  return grid.reduce((sum, count) => sum + count, 0);
}

describe('four quadrants', () => {
  it('part their parent: every event with two numbers is in exactly one', () => {
    fc.assert(
      fc.property(point, points, (dividers, values) => {
        const sides = [
          ['above', 'above'],
          ['above', 'below'],
          ['below', 'above'],
          ['below', 'below'],
        ] as const;
        const gates = sides.map(([x, y], i) => ({
          population: `q${i}`,
          parent: 'root',
          geometry: { kind: 'quadrant' as const, dims: plane, dividers, dividers_raw: dividers, side: [x, y] },
          flags: [],
        }));
        const { membership } = countPopulations(
          eventsOf(values),
          { sampleId: 't', scales: [], gates },
          { membership: true, pictures: false },
        );
        const perEvent = values.map((_, event) =>
          (membership ?? []).reduce((sum, column) => sum + (column[event] ?? 0), 0),
        );
        expect(perEvent).toEqual(values.map(([x, y]) => (Number.isNaN(x) || Number.isNaN(y) ? 0 : 1)));
      }),
    );
  });
});

describe('combinations of populations', () => {
  it("obey De Morgan's laws, and a complement is what is left of the parent", () => {
    fc.assert(
      fc.property(placed, placed, placed, points, (p, a, b, values) => {
        const combined = (op: 'and' | 'or', complement: boolean) => ({
          kind: 'boolean' as const,
          op,
          of: ['P/A', 'P/B'].map((population) => ({ population, complement })),
        });
        const not = (population: string): Geometry => ({
          kind: 'boolean',
          op: 'and',
          of: [{ population, complement: true }],
        });
        const inParent = { parent: 'P', flags: [] };
        const gates = [
          { population: 'P', parent: 'root', geometry: p, flags: [] },
          { population: 'P/A', geometry: a, ...inParent },
          { population: 'P/B', geometry: b, ...inParent },
          { population: 'P/both', geometry: combined('and', false), ...inParent },
          { population: 'P/either', geometry: combined('or', false), ...inParent },
          { population: 'P/notBoth', geometry: not('P/both'), ...inParent },
          { population: 'P/neither', geometry: not('P/either'), ...inParent },
          { population: 'P/orOfComplements', geometry: combined('or', true), ...inParent },
          { population: 'P/andOfComplements', geometry: combined('and', true), ...inParent },
        ];
        const { membership, populations } = countPopulations(
          eventsOf(values),
          { sampleId: 't', scales: [], gates },
          { membership: true, pictures: false },
        );
        const [, , , , , notBoth, neither, orOfComplements, andOfComplements] = membership ?? [];
        expect(notBoth).toEqual(orOfComplements);
        expect(neither).toEqual(andOfComplements);
        const count = (path: string) => populations.find(({ population }) => population === path)?.count ?? Number.NaN;
        expect(count('P/both') + count('P/notBoth')).toBe(count('P'));
      }),
    );
  });

  it('may name a population that stands below them in the tree', () => {
    const gates = [
      {
        population: 'notB',
        parent: 'root',
        geometry: { kind: 'boolean' as const, op: 'and' as const, of: [{ population: 'B', complement: true }] },
        flags: [],
      },
      {
        population: 'B',
        parent: 'root',
        geometry: { kind: 'interval' as const, dims: [boundsOf('X', 0, null)] as const },
        flags: [],
      },
    ];
    const counts = countPopulations(
      memoryEvents({ 'X-A': [1, -1, -2] }),
      { sampleId: 't', scales: [], gates },
      { membership: false, pictures: false },
    );
    expect(counts.populations.map(({ count }) => count)).toEqual([3, 2, 1]);
  });
});

describe('an interval on a scale', () => {
  it('holds the events whose coordinates lie between its edges: a rising scale moves nobody', () => {
    const scales = [logicleOf('X')];
    const scale = scaleOfAxis(axisOf('X', 'scale'), scales);
    if (!scale) throw new Error('no scale');
    const raw = fc.double({ min: -5000, max: 262144, noNaN: true });
    fc.assert(
      fc.property(
        fc.uniqueArray(raw, { minLength: 2, maxLength: 2 }),
        fc.array(raw, { minLength: 1, maxLength: 60 }),
        (edges, values) => {
          const [low = 0, high = 0] = edges.toSorted((a, b) => a - b);
          const [min, max] = [scale.forward(low), scale.forward(high)];
          const dims = [{ ...axisOf('X', 'scale'), min, max, min_raw: low, max_raw: high }] as const;
          const gates = [{ population: 'I', parent: 'root', geometry: { kind: 'interval' as const, dims }, flags: [] }];
          const { membership } = countPopulations(
            memoryEvents({ 'X-A': values }),
            { sampleId: 't', scales, gates },
            { membership: true, pictures: false },
          );
          for (const [event, x] of values.entries()) {
            const y = scale.forward(x);
            // Nearer to an edge than the scale's last places, coordinates cannot tell.
            if (Math.min(Math.abs(y - min), Math.abs(y - max)) < 1e-12) continue;
            expect(membership?.[0]?.[event]).toBe(y >= min && y < max ? 1 : 0);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('ellipses', () => {
  it('have the members that the quadratic form gives, event for event', () => {
    const wholeCovariance = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 6 }))
      .filter(([a, b, d]) => a * d - b * b > 0);
    fc.assert(
      // A limit between whole multiples of the determinant: no event lies on the outline, where rounding would decide.
      fc.property(wholeCovariance, point, fc.integer({ min: 1, max: 8 }), points, ([a, b, d], mean, size, values) => {
        const distance_square = size + 0.5 / (a * d - b * b);
        const covariance = [
          [a, b],
          [b, d],
        ];
        const gates = [
          {
            population: 'E',
            parent: 'root',
            geometry: { kind: 'ellipse' as const, dims: plane, mean, covariance, distance_square },
            flags: [],
          },
        ];
        const book = { sampleId: 't', scales: [], gates };
        const { membership } = countPopulations(eventsOf(values), book, { membership: true, pictures: false });
        const plain = values.map(([x, y]) => Number(isMember(book, 'E', (channel) => (channel === 'X-A' ? x : y))));
        expect([...(membership?.[0] ?? [])]).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });
});

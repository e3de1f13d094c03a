import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BLOCK_EVENTS,
  type BookScale,
  type CountQuestions,
  countPass,
  countPopulations,
  type EventBlock,
  type Geometry,
  NO_QUESTIONS,
  type Point,
  type TubeBook,
  type TubeCounts,
} from '../../src/gating/index.ts';
import type { Frame } from '../../src/gating/tools.ts';
import { axisOf, boundsOf, memoryEvents } from './memoryEvents.ts';

const MARKERS = ['X', 'Y', 'Z'] as const;

/** Scales of different bends, ends and undefined stretches. */
const scales: readonly BookScale[] = [
  { marker: 'X', channel: 'X-A', kind: 'logicle', T: 262144, W: 0.5, M: 4.5, A: 0, u_cofactor: 150 },
  { marker: 'Y', channel: 'Y-A', kind: 'log', T: 262144, M: 5, u_cofactor: 150 },
  { marker: 'Z', channel: 'Z-A', kind: 'linear', T: 262144, A: 0, u_cofactor: 150 },
];
const biex: BookScale = {
  marker: 'X',
  channel: 'X-A',
  kind: 'biex',
  channelRange: 4096,
  maxValue: 262144,
  positive: 4.5,
  negative: 0,
  widthBasis: -10,
  u_cofactor: 150,
};

// Near zero, on edges that gates are drawn at, in the far tails, and what is no finite number.
const edges = [-500, -1, 0, 1, 10, 99.5, 150, 1000, 5000, 40000, 262143, 262144, 3e5];
const value = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -800, max: 800, noNaN: true }) },
  { weight: 4, arbitrary: fc.double({ min: 0, max: 12.6, noNaN: true }).map(Math.exp) },
  { weight: 3, arbitrary: fc.constantFrom(...edges) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 1e-60, -1e-60, 1e300, -1e300, 3.5e38) },
);
const frame = fc.constantFrom<Frame>('u', 'scale', 'raw');
const marker = fc.constantFrom(...MARKERS);
const edge = fc.option(fc.constantFrom(...edges), { nil: null });
/** Coordinates that fit their frame: u and scale are small numbers. */
const coordinate = (of: Frame) =>
  of === 'raw'
    ? fc.constantFrom(...edges)
    : fc.oneof(fc.double({ min: -2, max: 9, noNaN: true }), fc.integer({ min: -1, max: 2 }));
const planeOf = fc
  .tuple(marker, marker, frame, frame)
  .map(([a, b, fa, fb]) => ({ dims: [axisOf(a, fa), axisOf(b, fb)] as const, frames: [fa, fb] as const }));
const pointIn = ([a, b]: readonly [Frame, Frame]): fc.Arbitrary<Point> => fc.tuple(coordinate(a), coordinate(b));

const polygon = planeOf.chain(({ dims, frames }) =>
  fc
    .array(pointIn(frames), { minLength: 3, maxLength: 7 })
    .map((vertices): Geometry => ({ kind: 'polygon', dims, vertices, vertices_raw: vertices })),
);
const ellipse = planeOf.chain(({ dims, frames }) =>
  fc
    .tuple(
      pointIn(frames),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      fc.double({ min: -0.99, max: 0.99, noNaN: true }),
    )
    .map(([mean, size, lean]): Geometry => {
      const [sx, sy] = frames.map((one) => size * (one === 'raw' ? 5000 : 0.2)) as [number, number];
      const covariance = [
        [sx * sx, lean * sx * sy],
        [lean * sx * sy, sy * sy],
      ];
      return { kind: 'ellipse', dims, mean, covariance, distance_square: 2 };
    }),
);
const strip = planeOf.chain(({ dims, frames }) =>
  fc.tuple(pointIn(frames), fc.double({ min: 0, max: 7, noNaN: true })).map(
    ([origin, turn]): Geometry => ({
      kind: 'strip',
      dims,
      origin,
      direction: [Math.cos(turn), Math.sin(turn)],
      from: -1,
      half_width: 1.5,
    }),
  ),
);
const bounds = fc.tuple(marker, edge, edge).map(([m, min, max]) => boundsOf(m, min, max));
const simple: fc.Arbitrary<Geometry> = fc.oneof(
  bounds.map((dim): Geometry => ({ kind: 'interval', dims: [dim] })),
  fc.array(bounds, { minLength: 1, maxLength: 3 }).map((dims): Geometry => ({ kind: 'rectangle', dims })),
  fc.tuple(fc.constantFrom(...edges), fc.constantFrom(...edges)).map(
    (dividers): Geometry => ({
      kind: 'quadrant',
      dims: [axisOf('X'), axisOf('Z')],
      dividers,
      dividers_raw: dividers,
      side: ['above', 'below'],
    }),
  ),
  fc.constant<Geometry>({ kind: 'ratio', dims: [axisOf('X'), axisOf('Z')], min: 0.2, max: 4 }),
  fc
    .array(fc.tuple(edge, edge), { maxLength: 3 })
    .map((ranges): Geometry => ({ kind: 'ranges', dims: [axisOf('Y')], ranges })),
  strip,
  polygon,
  ellipse,
);
const nowhere = fc.constant<Geometry>({ kind: 'none' });
const allOf = (part: fc.Arbitrary<Geometry>) =>
  fc.array(part, { maxLength: 4 }).map((of): Geometry => ({ kind: 'all', of }));
const parts = fc.oneof({ weight: 12, arbitrary: simple }, { weight: 1, arbitrary: nowhere });
const geometry: fc.Arbitrary<Geometry> = fc.oneof(
  { weight: 9, arbitrary: simple },
  { weight: 3, arbitrary: allOf(parts) },
  { weight: 1, arbitrary: allOf(fc.oneof(parts, allOf(simple))) },
  { weight: 1, arbitrary: nowhere },
);

interface Drawn {
  readonly parent: number;
  readonly geometry: Geometry;
  readonly combines: { readonly op: 'and' | 'or'; readonly of: readonly { of: number; complement: boolean }[] } | null;
}
const drawnGate: fc.Arbitrary<Drawn> = fc.record({
  parent: fc.nat(6),
  geometry,
  combines: fc.option(
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(fc.record({ of: fc.nat(6), complement: fc.boolean() }), { minLength: 1, maxLength: 2 }),
    }),
    { nil: null, freq: 5 },
  ),
});

function bookOf(drawn: readonly Drawn[], isBiex: boolean): TubeBook {
  const gates = drawn.map((gate, i) => {
    const combines = gate.combines;
    const own: Geometry =
      combines === null || i === 0
        ? gate.geometry
        : {
            kind: 'boolean',
            op: combines.op,
            of: combines.of.map(({ of, complement }) => ({ population: `P${of % i}`, complement })),
          };
    // A parent of itself is none: the first one hangs at the root.
    const parent = gate.parent % (i + 1);
    return { population: `P${i}`, parent: parent === i ? 'root' : `P${parent}`, geometry: own, flags: [] };
  });
  return { sampleId: 'tube', scales: isBiex ? [biex, ...scales.slice(1)] : scales, gates };
}

/** Grids as one text each: thousands of cells are compared at once. */
const comparable = ({ pictures, ...rest }: TubeCounts) => ({
  ...rest,
  pictures: pictures.map(({ density, inside, ...picture }) => ({
    ...picture,
    density: density.join(' '),
    inside: inside.join(' '),
  })),
});

/** The events in blocks of a size, the way files give them: the same block object, over and over. */
function passOf(columns: Record<string, readonly number[]>, book: TubeBook, size: number, questions: CountQuestions) {
  const eventCount = columns['X-A']?.length ?? 0;
  const pass = countPass(book, { membership: true, pictures: true, questions, eventCount });
  const block = {
    firstEvent: 0,
    eventCount: 0,
    fill(channel: string, rows: Uint32Array, count: number, out: Float64Array) {
      for (let e = 0; e < count; e++) out[e] = columns[channel]?.[block.firstEvent + (rows[e] ?? 0)] ?? Number.NaN;
    },
  } satisfies EventBlock;
  for (; block.firstEvent < eventCount; block.firstEvent += size) {
    block.eventCount = Math.min(size, eventCount - block.firstEvent);
    pass.add(block);
  }
  return pass.counts();
}

const questionsOf = (book: TubeBook, others: readonly Geometry[]): CountQuestions => {
  const last = book.gates.at(-1);
  if (last === undefined) throw new Error('no gate');
  const { population, parent } = last;
  return {
    intensities: [
      { population, marker: 'X', channel: 'X-A' },
      { population: 'P0', marker: 'Y', channel: 'Y-A' },
      { population, marker: 'W', channel: null },
    ],
    draws: [{ population, parent, geometries: others }],
    profiles: [
      { alignment: 'a', parent, dims: [axisOf('X', 'u'), axisOf('Y', 'u')], origin: [1, 1], direction: [0.6, 0.8] },
    ],
    overlaps: book.gates.map((gate) => ({ population, without: gate.population })),
    others: others.map((one, i) => ({ other: String(i), population, parent, geometry: one })),
  };
};

describe('counting block by block', () => {
  it('gives what counting all events at once gives, number for number: members, counts, pictures and answers', () => {
    let compared = 0;
    const rows = fc.array(fc.tuple(value, value, value), { maxLength: 60, size: 'max' });
    const size = fc.integer({ min: 1, max: 64 });
    const drawn = fc.array(drawnGate, { minLength: 1, maxLength: 7 });
    const asked = fc.array(geometry, { maxLength: 3 });
    fc.assert(
      fc.property(rows, drawn, asked, size, fc.boolean(), (events, gates, others, blockSize, isBiex) => {
        const columns = Object.fromEntries(MARKERS.map((m, i) => [`${m}-A`, events.map((one) => one[i] ?? 0)]));
        const book = bookOf(gates, isBiex);
        const questions = questionsOf(book, others);
        const plain = countPopulations(memoryEvents(columns), book, { membership: true, pictures: true, questions });
        expect(comparable(passOf(columns, book, blockSize, questions))).toEqual(comparable(plain));
        compared += events.length * gates.length;
      }),
      { numRuns: 600 },
    );
    expect(compared).toBeGreaterThan(10_000);
  });

  it('does so for many events around the edges of polygons and ellipses on every scale', () => {
    const gate = fc.oneof(polygon, ellipse);
    let compared = 0;
    fc.assert(
      fc.property(gate, fc.array(fc.tuple(value, value, value), { minLength: 40, maxLength: 60 }), (one, events) => {
        // Every pair of values of the draw: the plane is covered, edges met from both sides.
        const pairs = events.flatMap((a) => events.map((b): readonly number[] => [a[0], b[1], a[2]]));
        const columns = Object.fromEntries(MARKERS.map((m, i) => [`${m}-A`, pairs.map((pair) => pair[i] ?? 0)]));
        const book: TubeBook = {
          sampleId: 'tube',
          scales,
          gates: [{ population: 'P0', parent: 'root', geometry: one, flags: [] }],
        };
        const plain = countPopulations(memoryEvents(columns), book, { membership: true, pictures: true });
        expect(comparable(passOf(columns, book, BLOCK_EVENTS, NO_QUESTIONS))).toEqual(comparable(plain));
        compared += pairs.length;
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(50_000);
  });

  it('of a tube without events names every population, with a count of 0 where its gate has a place', () => {
    const book: TubeBook = {
      sampleId: 'tube',
      scales,
      gates: [
        { population: 'A', parent: 'root', geometry: { kind: 'none' }, flags: [] },
        { population: 'B', parent: 'root', geometry: { kind: 'interval', dims: [boundsOf('X', 0, 1)] }, flags: [] },
      ],
    };
    expect(passOf({ 'X-A': [] }, book, 8, NO_QUESTIONS).populations.map(({ count }) => count)).toEqual([0, null, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { type EventIndex, type Geometry, members, type Point } from '../../src/gating/index.ts';
import { axisOf, boundsOf, contextOf, logicleOf, memoryEvents } from './memoryEvents.ts';

const { NaN: noNumber, POSITIVE_INFINITY: above, NEGATIVE_INFINITY: below } = Number;

/** Which of some points on the axes X and Y are inside. */
function inside(geometry: Geometry, points: readonly Point[], parent: EventIndex = 'all') {
  const events = memoryEvents({ 'X-A': points.map(([x]) => x), 'Y-A': points.map(([, y]) => y) });
  const index = members(geometry, contextOf(events, [logicleOf('X'), logicleOf('Y')]), parent);
  return index === 'all' ? points.map((_, i) => i) : index && [...index];
}

function polygon(...vertices: Point[]): Geometry {
  return { kind: 'polygon', dims: [axisOf('X'), axisOf('Y')], vertices, vertices_raw: vertices };
}

function onX(values: readonly number[]): Point[] {
  return values.map((x) => [x, 0]);
}

describe('an interval', () => {
  const interval: Geometry = { kind: 'interval', dims: [boundsOf('X', 10, 20)] };

  it('holds its lower edge and not its upper one', () => {
    expect(inside(interval, onX([9.999, 10, 15, 19.999, 20]))).toEqual([1, 2, 3]);
  });

  it('open above holds infinity, open below minus infinity, and neither a value that is no number', () => {
    const values = onX([below, -5, 5, above, noNumber]);
    expect(inside({ kind: 'interval', dims: [boundsOf('X', 0, null)] }, values)).toEqual([2, 3]);
    expect(inside({ kind: 'interval', dims: [boundsOf('X', null, 0)] }, values)).toEqual([0, 1]);
    expect(inside({ kind: 'interval', dims: [boundsOf('X', null, null)] }, values)).toEqual([0, 1, 2, 3]);
  });

  it('is decided at its raw edges, whatever its coordinates on a scale say', () => {
    const dims = [{ ...axisOf('X', 'scale'), min: 0.99, max: null, min_raw: 100, max_raw: null }] as const;
    expect(inside({ kind: 'interval', dims }, onX([99, 100, 101]))).toEqual([1, 2]);
  });

  it('is asked only for the events of its parent', () => {
    expect(inside(interval, onX([12, 13, 30, 14]), Uint32Array.of(1, 2, 3))).toEqual([1, 3]);
    expect(inside(interval, onX([12, 13]), new Uint32Array(0))).toEqual([]);
  });
});

describe('a rectangle', () => {
  it('holds its lower left corner and neither of its upper edges', () => {
    const rectangle: Geometry = { kind: 'rectangle', dims: [boundsOf('X', 0, 2), boundsOf('Y', 0, 2)] };
    expect(
      inside(rectangle, [
        [0, 0],
        [2, 1],
        [1, 2],
        [1, 1],
        [noNumber, 1],
        [1, noNumber],
      ]),
    ).toEqual([0, 3]);
  });
});

describe('a polygon', () => {
  const square = polygon([0, 0], [4, 0], [4, 4], [0, 4]);

  it('holds the points on its edges and its vertices', () => {
    expect(
      inside(square, [
        [0, 0],
        [4, 4],
        [4, 0],
        [0, 4],
        [2, 0],
        [4, 2],
        [2, 4],
        [0, 2],
      ]),
    ).toHaveLength(8);
  });

  it('holds nothing beyond its edges, on their lines neither', () => {
    expect(
      inside(square, [
        [-1, 0],
        [5, 4],
        [4, 5],
        [0, -1],
        [above, 2],
        [2, below],
        [noNumber, 2],
      ]),
    ).toEqual([]);
  });

  it('holds a point exactly on an oblique edge, as the reference results of Gating-ML do', () => {
    // The three events on which readers differ (set 1, Poly1u) lie on y = x / 2, as this one.
    expect(
      inside(polygon([0, 0], [20, 10], [0, 10]), [
        [14.8, 7.4],
        [14.8, 7.3],
        [14.8, 7.5],
      ]),
    ).toEqual([0, 2]);
  });

  it('leaves the notch of a concave shape outside', () => {
    const arrow = polygon([0, 0], [4, 0], [4, 4], [2, 1], [0, 4]);
    expect(
      inside(arrow, [
        [2, 2],
        [2, 1],
        [1, 1],
        [3, 1],
        [2, 0.5],
      ]),
    ).toEqual([1, 2, 3, 4]);
  });

  it('leaves outside what a crossing outline encloses twice', () => {
    const star = polygon([0, 3], [6, 3], [1, 6], [3, 0], [5, 6]);
    expect(
      inside(star, [
        [3, 4],
        [3, 1.5],
        [1, 3.1],
        [5, 3.1],
      ]),
    ).toEqual([1, 2, 3]);
  });

  it('of which a vertex is named twice is the same', () => {
    const doubled = polygon([0, 0], [4, 0], [4, 0], [4, 4], [0, 4], [0, 0]);
    const grid = Array.from({ length: 49 }, (_, i): Point => [(i % 7) - 1, Math.floor(i / 7) - 1]);
    expect(inside(doubled, grid)).toEqual(inside(square, grid));
  });

  it('lies in the coordinates of its scale', () => {
    const { forward } = logicleScale();
    const vertices: Point[] = [
      [forward(0), forward(0)],
      [forward(1e4), forward(0)],
      [forward(1e4), forward(1e4)],
    ];
    const dims = [axisOf('X', 'scale'), axisOf('Y', 'scale')] as const;
    const triangle: Geometry = { kind: 'polygon', dims, vertices, vertices_raw: [] };
    // A straight edge on two equal scales holds x = y, and what lies below it, in linear units as well.
    expect(
      inside(triangle, [
        [5e3, 4e3],
        [4e3, 5e3],
        [2e4, 1e3],
        [500, 400],
      ]),
    ).toEqual([0, 3]);
  });
});

function logicleScale() {
  const context = contextOf(memoryEvents({}), [logicleOf('X')]);
  const scale = context.scaleOf(axisOf('X', 'scale'));
  if (!scale) throw new Error('no scale');
  return scale;
}

describe('an ellipse', () => {
  it('holds the points at its distance and none beyond', () => {
    const covariance = [
      [4, 0],
      [0, 1],
    ];
    const geometry: Geometry = {
      kind: 'ellipse',
      dims: [axisOf('X'), axisOf('Y')],
      mean: [1, 1],
      covariance,
      distance_square: 1,
    };
    expect(
      inside(geometry, [
        [3, 1],
        [1, 2],
        [3.001, 1],
        [1, 2.001],
        [noNumber, 1],
        [above, 1],
      ]),
    ).toEqual([0, 1]);
  });

  it('leans as its covariance does', () => {
    const covariance = [
      [2, 1.5],
      [1.5, 2],
    ];
    const geometry: Geometry = {
      kind: 'ellipse',
      dims: [axisOf('X'), axisOf('Y')],
      mean: [0, 0],
      covariance,
      distance_square: 2,
    };
    expect(
      inside(geometry, [
        [1.8, 1.8],
        [1.8, -1.8],
        [-1.8, -1.8],
      ]),
    ).toEqual([0, 2]);
  });
});

describe('a quadrant', () => {
  it('above holds its divider, below does not', () => {
    const corner = (side: readonly ['above' | 'below', 'above' | 'below']): Geometry => ({
      kind: 'quadrant',
      dims: [axisOf('X'), axisOf('Y')],
      dividers: [5, 5],
      dividers_raw: [5, 5],
      side,
    });
    expect(
      inside(corner(['above', 'above']), [
        [5, 5],
        [4, 5],
        [5, 4],
      ]),
    ).toEqual([0]);
    expect(
      inside(corner(['below', 'above']), [
        [5, 5],
        [4, 5],
        [5, 4],
      ]),
    ).toEqual([1]);
  });
});

describe('a strip', () => {
  it('holds its border across and not its sides', () => {
    const geometry: Geometry = {
      kind: 'strip',
      dims: [axisOf('X'), axisOf('Y')],
      origin: [0, 0],
      direction: [1, 0],
      from: 2,
      half_width: 1,
    };
    expect(
      inside(geometry, [
        [2, 0],
        [1.999, 0],
        [50, 0.999],
        [50, 1],
        [50, -1],
        [above, 0],
        [noNumber, 0],
      ]),
    ).toEqual([0, 2]);
  });
});

describe('a ratio', () => {
  it('leaves out events whose lower value is not positive', () => {
    const geometry: Geometry = { kind: 'ratio', dims: [axisOf('X'), axisOf('Y')], min: 1, max: 2 };
    expect(
      inside(geometry, [
        [1, 1],
        [2, 1],
        [1.5, 1],
        [-3, -2],
        [0, 0],
        [noNumber, 1],
        [1, 0],
      ]),
    ).toEqual([0, 2]);
  });
});

describe('all of several geometries', () => {
  it('of none is the whole parent', () => {
    expect(inside({ kind: 'all', of: [] }, onX([1, noNumber]))).toEqual([0, 1]);
    expect(inside({ kind: 'all', of: [] }, onX([1, 2, 3]), Uint32Array.of(2))).toEqual([2]);
  });

  it('has no place where one of them has none', () => {
    const interval: Geometry = { kind: 'interval', dims: [boundsOf('X', 0, 1)] };
    expect(inside({ kind: 'all', of: [interval, { kind: 'none' }] }, onX([0.5]))).toBeNull();
  });
});

describe('a marker without a scale in the book', () => {
  it('is a fault of the program, said by name', () => {
    const geometry: Geometry = {
      kind: 'polygon',
      dims: [axisOf('Z', 'u'), axisOf('Y')],
      vertices: [[0, 0]],
      vertices_raw: [],
    };
    expect(() => inside(geometry, [[1, 1]])).toThrow('marker "Z"');
  });
});

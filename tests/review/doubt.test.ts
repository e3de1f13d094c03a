import { describe, expect, test } from 'vitest';
import type { BookTubeGate, Geometry, TubeBook } from '../../src/gating/index.ts';
import { sampleTube } from '../../src/review/index.ts';
import { boundsOf, logicleOf, memoryEvents } from '../gating/memoryEvents.ts';
import { fromU, normals } from '../placement/inMemory.ts';

// 700 dim and 300 bright cells; the valley lies at u = 2.
const events = memoryEvents({
  'CD56-A': fromU([...normals(1, 700, 0.5, 0.4), ...normals(2, 300, 4, 0.4)]),
  'SSC-A': fromU(normals(3, 1000, 5, 0.5)),
});

function cutAt(u: number): Geometry {
  return { kind: 'interval', dims: [{ ...boundsOf('CD56', null, null), frame: 'u', min: u, min_raw: fromU([u])[0]! }] };
}

function doubtAt(u: number) {
  const gate = { population: 'NK', parent: 'root', geometry: cutAt(u), flags: [] as BookTubeGate['flags'] };
  const scales = [logicleOf('CD56'), { ...logicleOf('SSC'), marker: 'SSC-A', channel: 'SSC-A' }];
  const book: TubeBook = { sampleId: 'A', scales, gates: [gate] };
  const places = { NK: [1.9, 2, 2.1].map(cutAt) };
  const request = {
    channels: { CD56: 'CD56-A', 'SSC-A': 'SSC-A' },
    targets: [{ population: 'NK', denominator: 'root', weight: 1 }],
    places,
  };
  return sampleTube(events, book, request).gates[0]!;
}

describe('the rank of a gate', () => {
  test('a cut in the valley is doubted least, one on a population more, one beyond all events most', () => {
    const score = (u: number) => doubtAt(u).uncertainty * doubtAt(u).leverage;
    expect(score(2)).toBeLessThan(0.001);
    expect(score(3.6)).toBeGreaterThan(20 * score(2));
    // There is no slope out there; the gates of all other tubes say that it is wrong.
    expect(score(7)).toBeGreaterThan(0.05);
    expect(score(7)).toBeGreaterThan(score(2));
  });

  test('the page gets every event of a small parent, on the right side of its edge', () => {
    const { edges, marks, axes, parentCount, handles, lever } = doubtAt(3.6);
    expect([parentCount, marks.length]).toEqual([1000, 1000]);
    const inside = edges[0]!.column.filter((steps) => steps >= 0).length;
    const raw = fromU([3.6])[0]!;
    expect(inside).toBe([...events.values({ name: 'CD56-A', scale: undefined }, 'all')].filter((x) => x >= raw).length);
    expect(axes.map(({ marker }) => marker)).toEqual(['SSC-A']);
    expect(handles).toEqual(['CD56', 'CD56 min']);
    expect(lever).toBe('CD56 min');
  });
});

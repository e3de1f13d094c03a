import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coordinate, patternSearch } from '../../src/placement/tools.ts';

const wide = (start: number): Coordinate => ({ start, step: 0.5, min: -10, max: 10 });

/** A valley along the diagonal, `narrowness` times as steep across it as along it, lowest at a point. */
function valley(at: readonly [number, number], narrowness: number) {
  return ([x = 0, y = 0]: readonly number[]) => {
    const [along, across] = [x - at[0] + (y - at[1]), x - at[0] - (y - at[1])];
    return along ** 2 + narrowness * across ** 2;
  };
}

describe('a pattern search', () => {
  it('follows a narrow valley that lies across its coordinates to the lowest point', () => {
    const place = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(place, place, fc.double({ min: 1, max: 100, noNaN: true }), (x, y, narrowness) => {
        const { at } = patternSearch(valley([x, y], narrowness), [wide(0), wide(0)], 1e-4);
        expect(Math.hypot(at[0]! - x, at[1]! - y)).toBeLessThan(0.01);
      }),
    );
  });

  it('stays within its bounds, and ends on the one that the minimum lies beyond', () => {
    const bounded = { start: 0, step: 0.3, min: -1, max: 1 };
    const asked: number[] = [];
    const { at } = patternSearch(
      ([x = 0]) => {
        asked.push(x);
        return (x - 5) ** 2;
      },
      [bounded],
      1e-3,
    );
    expect(at).toEqual([1]);
    expect(Math.max(...asked)).toBeLessThanOrEqual(1);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(-1);
  });

  it('ends where the function is no number, and never goes there', () => {
    const coordinate = { start: 0, step: 0.15, min: -1.7, max: 1.7 };
    const hole = ([x = 0]: readonly number[]) => (x > 1 ? Number.NaN : (x - 1.2) ** 2);
    expect(patternSearch(hole, [coordinate], 1e-3).value).toBeCloseTo(0.04, 3);
    expect(patternSearch(() => Number.NaN, [coordinate], 1e-3).at).toEqual([0]);
    expect(patternSearch(() => Number.POSITIVE_INFINITY, [coordinate], 1e-3).at).toEqual([0]);
  });

  it('brings a start that lies beyond a bound to it', () => {
    const { at, value } = patternSearch(([x = 0]) => (x - 5) ** 2, [{ start: 9, step: 0.3, min: -1, max: 4 }], 1e-3);
    expect(at).toEqual([4]);
    expect(value).toBe(1);
  });
});

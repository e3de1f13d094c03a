import { describe, expect, it } from 'vitest';
import { randomOrder, streamFor } from '../../samples/random.ts';

const count = 200_000;

function draws(next: () => number): Float64Array {
  return Float64Array.from({ length: count }, next);
}

/** Share of values with |x| > limit. */
function shareBeyond(values: Float64Array, limit: number): number {
  return values.reduce((sum, value) => sum + (Math.abs(value) > limit ? 1 : 0), 0) / values.length;
}

/** Five standard errors of a share. */
function tolerance(share: number): number {
  return 5 * Math.sqrt((share * (1 - share)) / count);
}

describe('random numbers of the synthetic trial', () => {
  it('gives the same numbers for the same key, and other numbers for any other key', () => {
    const first = (seed: number, ...key: number[]) => streamFor(seed, ...key).uniform();
    expect(first(7, 1, 2)).toBe(first(7, 1, 2));
    const keys = [first(7, 1, 2), first(8, 1, 2), first(7, 2, 1), first(7, 1, 3), first(7, 1)];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('draws normals whose tails are those of the printed tables', () => {
    const stream = streamFor(1, 1);
    const values = draws(() => stream.normal());
    // two-sided points of the standard normal: 1.960 (5 %), 2.576 (1 %)
    expect(Math.abs(shareBeyond(values, 1.96) - 0.05)).toBeLessThan(tolerance(0.05));
    expect(Math.abs(shareBeyond(values, 2.5758) - 0.01)).toBeLessThan(tolerance(0.01));
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / count)).toBeLessThan(5 / Math.sqrt(count));
  });

  it('draws Student t with 5 degrees of freedom, scaled to variance 1', () => {
    const stream = streamFor(1, 2);
    const values = draws(() => stream.studentT5());
    const scale = Math.sqrt(3 / 5);
    // two-sided points of t with 5 degrees of freedom: 2.571 (5 %), 4.032 (1 %), 6.869 (0.1 %)
    expect(Math.abs(shareBeyond(values, 2.5706 * scale) - 0.05)).toBeLessThan(tolerance(0.05));
    expect(Math.abs(shareBeyond(values, 4.0321 * scale) - 0.01)).toBeLessThan(tolerance(0.01));
    expect(Math.abs(shareBeyond(values, 6.8688 * scale) - 0.001)).toBeLessThan(tolerance(0.001));
  });

  it('shuffles without losing an event', () => {
    const order = randomOrder(streamFor(3, 1), 1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect([...order.slice(0, 10)]).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectedQuantile, sortedQuantile } from '../../src/statistics/index.ts';

describe('a quantile of many values in any order', () => {
  it('is, to the last bit, that of the sorted values: also of ties, zeros of both signs and infinities', () => {
    const value = fc.oneof(
      { weight: 4, arbitrary: fc.double({ noNaN: true }) },
      { weight: 4, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
      fc.constantFrom(0, -0, 1, 1 + 2 ** -52, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    const some = fc.array(value, { minLength: 1, maxLength: 60 });
    const p = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.05, 0.5, 0.9999, 1));
    // Short lists are sorted outright: each is repeated, jittered, until there are many.
    const many = fc.tuple(some, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4096, max: 9000 }));
    fc.assert(
      fc.property(many, p, ([values, jitter, count], at) => {
        const all = Float64Array.from({ length: count }, (_, i) => values[i % values.length]! * (1 + jitter * (i % 7)));
        const numbers = all.filter((one) => !Number.isNaN(one));
        const before = numbers.slice();
        expect(selectedQuantile(numbers, at)).toBe(sortedQuantile(numbers.slice().sort(), at));
        expect(numbers).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });

  it('of few is the same, and of none is none', () => {
    expect(selectedQuantile(Float64Array.of(3, 1, 2), 0.5)).toBe(2);
    expect(selectedQuantile(new Float64Array(0), 0.5)).toBeUndefined();
  });
});

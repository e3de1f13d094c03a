import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quartiles, sortedQuantile } from '../../src/statistics/index.ts';

it('quartiles of values in any order are, to the last bit, those of the sorted values', () => {
  const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, 2));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (drawn) => {
      const values = Float64Array.from(drawn);
      const sorted = values.slice().sort();
      expect(quartiles(values)).toEqual([sortedQuantile(sorted, 0.25), sortedQuantile(sorted, 0.75)]);
      expect(values).toEqual(Float64Array.from(drawn));
    }),
    { numRuns: 500 },
  );
});

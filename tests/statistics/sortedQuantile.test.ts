import { quantileSorted } from 'd3-array';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedQuantile } from '../../src/statistics/index.ts';

test('a quantile of sorted values is that of d3, to the last bit', () => {
  const share = fc.double({ noNaN: true, min: 0, max: 1 });
  const property = fc.property(
    fc.float64Array({ noNaN: true, min: -1e9, max: 1e9, maxLength: 40 }),
    share,
    (made, p) => {
      const sorted = made.map((x) => x || 0).sort();
      expect(sortedQuantile(sorted, p)).toBe(quantileSorted([...sorted], p));
    },
  );
  fc.assert(property, { numRuns: 500 });
});

import { expect, test } from 'vitest';
import { signedRankTest } from '../../src/statistics/tools.ts';

test('the signed-rank p of many patients does not depend on their order, to the last bit', () => {
  const values = Array.from({ length: 90 }, (_, i) => Math.sin(7 * i) + 0.2);
  const p = (of: readonly number[]) => {
    const found = signedRankTest({ values: of, tolerance: 0, alternative: 'two-sided', zeroHandling: 'wilcoxon' });
    return found.status === 'ok' ? found.p : undefined;
  };
  expect(p(values)).toBeGreaterThan(0);
  for (const turned of [
    values.toReversed(),
    values.toSorted((a, b) => a - b),
    [...values.slice(40), ...values.slice(0, 40)],
  ])
    expect(p(turned)).toBe(p(values));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AgreementPair, agreement } from '../../src/statistics/index.ts';

const percents = fc.double({ min: 0.1, max: 90, noNaN: true }).map((x) => Math.round(100 * x) / 100);
const pair = fc.record({ subject: fc.constantFrom('A', 'B', 'C', 'D'), manual: percents, auto: percents });
const someTubes = fc.array(pair, { minLength: 8, maxLength: 16 });

// Manual 1…10, ours 0.1 higher in every second tube: worked out by hand below.
const ten = Array.from({ length: 10 }, (_, i) => ({ subject: `P${i}`, manual: i + 1, auto: i + 1 + (i % 2) / 10 }));
const independent = (pairs: readonly AgreementPair[]) => pairs.map((one, i) => ({ ...one, subject: `P${i}` }));

describe('agreement of two counts of the same tubes', () => {
  test('the order of rows changes nothing', () => {
    fc.assert(
      fc.property(someTubes, (pairs) => {
        const slope = (rows: readonly AgreementPair[]) => agreement(rows)?.passingBablok?.slope;
        expect(slope(independent(pairs).reverse())).toBe(slope(independent(pairs)));
        const [one, other] = [agreement(pairs), agreement([...pairs].reverse())];
        expect(other?.plain.bias).toBeCloseTo(one?.plain.bias ?? 0, 9);
        expect(other?.plain.sd).toBeCloseTo(one?.plain.sd ?? 0, 9);
      }),
      { numRuns: 60 },
    );
  });

  test('swapping the two turns the bias and mirrors the limits', () => {
    fc.assert(
      fc.property(someTubes, (pairs) => {
        const swapped = pairs.map(({ subject, manual, auto }) => ({ subject, manual: auto, auto: manual }));
        const [one, other] = [agreement(pairs)?.plain, agreement(swapped)?.plain];
        expect(other?.bias).toBeCloseTo(-(one?.bias ?? 0), 9);
        expect(other?.limits?.low).toBeCloseTo(-(one?.limits?.high ?? 0), 9);
        expect(other?.upperInterval?.high).toBeCloseTo(-(one?.lowerInterval?.low ?? 0), 9);
      }),
      { numRuns: 60 },
    );
  });

  test('a constant difference is all bias: limits without width, slope 1, concordance below 1', () => {
    const found = agreement(ten.map((one) => ({ ...one, auto: one.manual + 2 })));
    expect(found?.plain).toMatchObject({ bias: 2, sd: 0, limits: { low: 2, high: 2 } });
    expect(found?.passingBablok).toMatchObject({ slope: 1, intercept: 2 });
    expect(found?.lin?.pearson).toBeCloseTo(1, 12);
    // 2·8.25 / (8.25 + 8.25 + 4)
    expect(found?.lin?.concordance).toBeCloseTo(16.5 / 20.5, 12);
  });

  test('fewer than eight tubes give point values only', () => {
    const found = agreement(ten.slice(0, 7));
    expect(found?.plain).toMatchObject({ n: 7, biasInterval: null, lowerInterval: null, slope: null });
    expect(found?.plain.limits).not.toBeNull();
    expect(found?.lin?.interval).toBeNull();
    expect(found?.passingBablok?.slopeInterval).toBeNull();
    expect(found?.deming?.slopeInterval).toBeNull();
  });

  test('tubes of one subject are not counted as subjects: variance between and within', () => {
    // Five subjects, two tubes each: differences 0 and 0.1, so every mean is 0.05 and all variance lies within.
    const pairs = ten.map((one, i) => ({ ...one, subject: `P${Math.floor(i / 2)}` }));
    const found = agreement(pairs)?.plain;
    expect(found).toMatchObject({ model: 'random_subject', n: 10, subjectCount: 5 });
    expect(found?.bias).toBeCloseTo(0.05, 12);
    // Within mean square 5·0.005/5 = 0.005, of which (1 − ½) stands beside the variance of the means, 0.
    expect(found?.sd).toBeCloseTo(Math.sqrt(0.0025), 12);
  });

  test('nothing is NaN where nothing varies, everything is zero, or there is one tube', () => {
    const flat = ten.map((one) => ({ ...one, manual: 3, auto: 3 }));
    const zero = ten.map((one) => ({ ...one, manual: 0, auto: 0 }));
    for (const pairs of [flat, zero, ten.slice(0, 1), ten.slice(0, 2)]) {
      expect(JSON.stringify(agreement(pairs), (_, x) => (Number.isNaN(x) ? 'NaN' : x))).not.toContain('NaN');
    }
    expect(agreement(flat)).toMatchObject({ lin: null, passingBablok: null });
    expect(agreement(zero)).toMatchObject({ log: null, zeroCount: 10 });
    expect(agreement([])).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeScale, type ScaleSpec } from '../../src/scale/index.ts';

const T = fc.double({ min: 1, max: 2 ** 24, noNaN: true });
const M = fc.double({ min: 1, max: 7, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Legal W and A for M: W a share of M/2, A a share of the way from −W to M − 2W. */
const biexponential = (kind: 'logicle' | 'hyperlog'): fc.Arbitrary<ScaleSpec> =>
  fc.tuple(T, M, share, share).map(([top, decades, w, a]) => {
    const W = Math.max(kind === 'hyperlog' ? 1e-3 : 0, (w * decades) / 2);
    return { kind, T: top, M: decades, W, A: Math.min(decades - 2 * W, -W + a * (decades - W)) };
  });
const anyScale: fc.Arbitrary<ScaleSpec> = fc.oneof(
  fc.tuple(T, share).map(([top, a]): ScaleSpec => ({ kind: 'linear', T: top, A: a * top })),
  fc.tuple(T, M).map(([top, decades]): ScaleSpec => ({ kind: 'log', T: top, M: decades })),
  fc.double({ min: 1e-3, max: 1e4, noNaN: true }).map((cofactor): ScaleSpec => ({ kind: 'arcsinh', cofactor })),
  fc.tuple(T, M, share).map(([top, decades, a]): ScaleSpec => ({ kind: 'asinh', T: top, M: decades, A: a * decades })),
  biexponential('logicle'),
  biexponential('hyperlog'),
);
/** A raw value as a share of the top: as small and as large as instruments give, of both signs. */
const raw = fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.double({ min: -1e-4, max: 1e-4, noNaN: true }));
const topOf = (spec: ScaleSpec): number => ('T' in spec ? spec.T : 262144);
const isDefined = (spec: ScaleSpec, x: number): boolean => spec.kind !== 'log' || x > 0;

describe('every scale', () => {
  it('rises: a greater raw value never has a lesser coordinate', () => {
    fc.assert(
      fc.property(anyScale, raw, raw, (spec, u, v) => {
        const scale = makeScale(spec);
        const [low, high] = [Math.min(u, v) * topOf(spec), Math.max(u, v) * topOf(spec)];
        fc.pre(isDefined(spec, low));
        // Neighbours may swap by rounding in the last places; anything more is a fold.
        return scale.forward(low) <= scale.forward(high) + 4e-15 * Math.max(1, Math.abs(scale.forward(high)));
      }),
      { numRuns: 2000 },
    );
  });

  it('comes back: inverse(forward(x)) is x within 1e-9 of it, and of the top near zero', () => {
    fc.assert(
      fc.property(anyScale, raw, (spec, u) => {
        const scale = makeScale(spec);
        const x = u * topOf(spec);
        fc.pre(isDefined(spec, x));
        return Math.abs(scale.inverse(scale.forward(x)) - x) <= 1e-9 * Math.max(Math.abs(x), 1e-3 * topOf(spec));
      }),
      { numRuns: 2000 },
    );
  });

  it('puts the top at 1', () => {
    fc.assert(
      fc.property(anyScale, (spec) => {
        fc.pre('T' in spec);
        const scale = makeScale(spec);
        const top = topOf(spec);
        return Math.abs(scale.forward(top) - 1) <= 1e-14 && Math.abs(scale.inverse(1) - top) <= 1e-12 * top;
      }),
    );
  });

  it('fills a column as it answers one value, also in place', () => {
    fc.assert(
      fc.property(anyScale, fc.array(raw, { maxLength: 20 }), (spec, shares) => {
        const scale = makeScale(spec);
        const column = Float64Array.from(shares, (u) => u * topOf(spec));
        const one = column.map((x) => scale.forward(x));
        scale.forwardColumn(column, column);
        column.forEach((y, i) => {
          if (Number.isNaN(one[i])) expect(y).toBeNaN();
          else expect(Math.abs(y - (one[i] as number))).toBeLessThanOrEqual(1e-12);
        });
      }),
    );
  });
});

describe('logicle and hyperlog', () => {
  it('are mirrored at data zero, which lies at (A + W)/(M + A)', () => {
    fc.assert(
      fc.property(fc.oneof(biexponential('logicle'), biexponential('hyperlog')), raw, (spec, u) => {
        fc.pre('W' in spec && 'A' in spec);
        const scale = makeScale(spec);
        const zero = (spec.A + spec.W) / (spec.M + spec.A);
        const x = u * spec.T;
        expect(scale.forward(0)).toBe(zero);
        expect(scale.forward(x) + scale.forward(-x)).toBeCloseTo(2 * zero, 12);
        // zero ± u are rounded, and far out an ulp of a coordinate is worth more than a fixed number of decimals.
        const above = scale.inverse(zero + u);
        expect(Math.abs(above + scale.inverse(zero - u))).toBeLessThanOrEqual(
          1e-12 * Math.max(spec.T, Math.abs(above)),
        );
      }),
    );
  });

  it('answer at the ends of what a double holds', () => {
    const scale = makeScale({ kind: 'logicle', T: 1, W: 0.1, M: 2, A: 0 });
    expect(scale.forward(Number.MAX_VALUE)).toBeGreaterThan(scale.forward(1e300));
    expect(scale.forward(Number.MIN_VALUE)).toBe(scale.forward(0));
    expect(scale.inverse(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(scale.inverse(Number.NaN)).toBeNaN();
  });
});

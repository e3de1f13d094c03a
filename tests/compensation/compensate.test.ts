import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compensateColumn, makeCompensator, type Spillover } from '../../src/compensation/index.ts';

/** Spillover of up to 12 dyes whose rows are dominated by their diagonal: always solvable. */
const spillover: fc.Arbitrary<Spillover> = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.array(fc.double({ min: -0.05, max: 0.9, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((cells) => {
    const channels = Array.from({ length: n }, (_, i) => `C${i}`);
    const matrix = Float64Array.from(cells, (value, i) => (i % (n + 1) === 0 ? 1 : value / n));
    return { channels, matrix, source: 'test', conditionNumber: 1 };
  }),
);
const events = fc.array(fc.double({ min: -1000, max: 262144, noNaN: true }), { minLength: 12, maxLength: 60 });

/** Columns of `n` channels from a flat list of values. */
function columnsOf(values: readonly number[], n: number): Float64Array[] {
  const count = Math.floor(values.length / n);
  return Array.from({ length: n }, (_, k) => Float64Array.from(values.slice(k * count, (k + 1) * count)));
}

/** observed = true × S, the definition. */
function observe(truth: readonly Float64Array[], { channels, matrix }: Spillover): Float64Array[] {
  const n = channels.length;
  return channels.map((_, detector) =>
    Float64Array.from(truth[0] ?? [], (_first, event) =>
      truth.reduce((sum, column, dye) => sum + (column[event] ?? 0) * (matrix[dye * n + detector] ?? 0), 0),
    ),
  );
}

function compensate(raw: readonly Float64Array[], matrix: Spillover): Float64Array[] {
  const compensator = makeCompensator(matrix);
  return matrix.channels.map((channel) => {
    const out = new Float64Array(raw[0]?.length ?? 0).fill(7);
    compensateColumn(raw, compensator.weights(channel)?.weights ?? new Float64Array(), out);
    return out;
  });
}

describe('compensation', () => {
  it('recovers what was mixed: observed = true × S', () => {
    fc.assert(
      fc.property(spillover, events, (matrix, values) => {
        const truth = columnsOf(values, matrix.channels.length);
        const found = compensate(observe(truth, matrix), matrix);
        truth.forEach((column, k) => {
          column.forEach((value, event) => {
            expect(Math.abs((found[k]?.[event] ?? Number.NaN) - value)).toBeLessThan(1e-7);
          });
        });
      }),
    );
  });

  it('with the identity leaves every value as it is', () => {
    const raw = columnsOf([1.1, -2, 3e5, 0.7, 5, -0.3], 2);
    const matrix = { channels: ['A', 'B'], matrix: Float64Array.of(1, 0, 0, 1), source: 'test', conditionNumber: 1 };
    expect(compensate(raw, matrix)).toEqual(raw);
  });

  it('gives the same values whatever the order of the channels in the matrix', () => {
    fc.assert(
      fc.property(spillover, events, fc.nat(), (matrix, values, seed) => {
        const n = matrix.channels.length;
        const raw = columnsOf(values, n);
        const order = matrix.channels.map((_, i) => (i + seed) % n).reverse();
        const turned: Spillover = {
          ...matrix,
          channels: order.map((i) => matrix.channels[i] ?? ''),
          matrix: Float64Array.from(order.flatMap((i) => order.map((j) => matrix.matrix[i * n + j] ?? 0))),
        };
        const one = compensate(raw, matrix);
        const other = compensate(
          order.map((i) => raw[i] ?? new Float64Array()),
          turned,
        );
        order.forEach((i, k) => {
          one[i]?.forEach((value, event) => {
            expect(other[k]?.[event]).toBeCloseTo(value, 6);
          });
        });
      }),
    );
  });

  it('of a long column is bit for bit the sum of products, event by event', () => {
    const count = 10_007;
    const raw = [3, 5, 7].map((k) => Float64Array.from({ length: count }, (_, i) => ((i * k * 7919) % 262144) / 7));
    const weights = Float64Array.of(1.01, 0, -0.013);
    const out = new Float64Array(count);
    compensateColumn(raw, weights, out);
    const [first = out, , third = out] = raw;
    expect(out).toEqual(first.map((value, i) => value * 1.01 + (third[i] ?? 0) * -0.013));
  });

  it('does not read the column of a channel that does not matter', () => {
    const out = new Float64Array(2);
    compensateColumn([Float64Array.of(1, 2), new Float64Array()], Float64Array.of(1, 0), out);
    expect([...out]).toEqual([1, 2]);
  });

  it('has no weights for a channel outside the matrix', () => {
    const compensator = makeCompensator({
      channels: ['A'],
      matrix: Float64Array.of(1),
      source: 'test',
      conditionNumber: 1,
    });
    expect(compensator.weights('FSC-A')).toBeUndefined();
    expect(compensator.weights('A')?.channels).toEqual(['A']);
  });

  it('throws on a singular matrix: those are refused when read', () => {
    const matrix = Float64Array.of(1, 1, 1, 1);
    expect(() => makeCompensator({ channels: ['A', 'B'], matrix, source: 'SPILL', conditionNumber: 1 })).toThrow(
      RangeError,
    );
  });
});

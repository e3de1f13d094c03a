import { agreement, hodgesLehmann, meanInterval, pairedTTest } from '../../src/statistics/index.ts';
import { type Cell, exactly, shareOf } from './cell.ts';
import { drawsFor, drawsOf, type Shape } from './draws.ts';

const symmetric: readonly Shape[] = ['normal', 't3', 'laplace'];

/** How often an interval holds the true shift, 0. */
export function coverage(runs: number): Cell[] {
  return [...hodgesLehmannCells(runs), ...tCells(runs), ...limitCells(runs)];
}

function hodgesLehmannCells(runs: number): Cell[] {
  return [5, 6, 7, 8, 9, 10, 12].flatMap((n) =>
    symmetric.map((shape, s): Cell => {
      const seed = 2000 + 10 * n + s;
      const stream = drawsFor(seed);
      let level = 0;
      const held = shareOf(runs, () => {
        const interval = hodgesLehmann(drawsOf(stream, shape, n), 0.95);
        level = interval?.level ?? 0;
        return interval !== undefined && interval.low <= 0 && interval.high >= 0;
      });
      return { what: `Hodges–Lehmann, ${n} pairs, ${shape}, achieved level`, seed, ...held, expected: exactly(level) };
    }),
  );
}

function tCells(runs: number): Cell[] {
  return symmetric.map((shape, s): Cell => {
    const seed = 2200 + s;
    const stream = drawsFor(seed);
    const held = shareOf(runs, () => {
      const values = drawsOf(stream, shape, 8);
      const t = pairedTTest({ values, tolerance: 0, alternative: 'two-sided', zeroHandling: 'wilcoxon' });
      if (t.status === 'not_estimable') return false;
      const { low, high } = meanInterval(t, 0.95);
      return low <= 0 && high >= 0;
    });
    const expected: Cell['expected'] =
      shape === 'normal' ? exactly(0.95) : { kind: 'between', low: 0.955, high: 0.967 };
    return { what: `t interval, 8 pairs, ${shape}`, seed, ...held, expected };
  });
}

/** The interval of the upper limit of agreement holds the true one: alone, and with three tubes of each of 12 subjects. */
function limitCells(runs: number): Cell[] {
  const trueLimit = 1.959963984540054;
  const cell = (what: string, seed: number, perSubject: number, between: number, expected: Cell['expected']): Cell => {
    const stream = drawsFor(seed);
    const within = Math.sqrt(1 - between ** 2);
    const held = shareOf(Math.min(runs, 4000), () => {
      const pairs = Array.from({ length: 12 }, (_, subject) => {
        const own = between * stream.normal();
        const tube = () => ({ subject: String(subject), manual: 0, auto: own + within * stream.normal() });
        return Array.from({ length: perSubject }, tube);
      }).flat();
      const interval = agreement(pairs)?.plain.upperInterval;
      return interval != null && interval.low <= trueLimit && interval.high >= trueLimit;
    });
    return { what, seed, ...held, expected };
  };
  return [
    cell('upper limit of agreement, 12 subjects, 1 tube each (exact)', 2300, 1, 0, exactly(0.95)),
    cell('the same, 3 tubes each, equal variances (MOVER)', 2301, 3, Math.SQRT1_2, {
      kind: 'between',
      low: 0.93,
      high: 0.97,
    }),
    cell('the same, 3 tubes each, subjects differ most', 2302, 3, Math.sqrt(0.9), {
      kind: 'between',
      low: 0.93,
      high: 0.97,
    }),
  ];
}

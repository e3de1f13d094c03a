import { pairedTTest, signedRankTest, signFlipTest, tieTolerance } from '../../src/statistics/index.ts';
import { attainedLevel, changeTests, signTest } from '../../src/statistics/tools.ts';
import { type Cell, exactly, printed, shareOf } from './cell.ts';
import { draw, drawsFor, drawsOf, type Shape } from './draws.ts';

const ALPHA = 0.05;
const symmetric: readonly Shape[] = ['normal', 't3', 'laplace'];
const sizes = [5, 6, 7, 8, 9, 10, 12, 15, 20];

type Test = typeof signedRankTest | typeof pairedTTest | typeof signTest | typeof signFlipTest;

/** Rejections of a true null at α = .05, two-sided. */
export function typeOne(runs: number): Cell[] {
  return [...signedRankCells(runs), ...roundedCells(runs), ...otherTests(runs), ...skewedCells(runs)];
}

function isRejected(test: Test, values: readonly number[], zeroHandling: 'wilcoxon' | 'pratt' = 'wilcoxon'): boolean {
  const tolerance = tieTolerance('log-ratio', []);
  const outcome = test({ values, tolerance, alternative: 'two-sided', zeroHandling });
  return outcome.status !== 'not_estimable' && outcome.p <= ALPHA;
}

function signedRankCells(runs: number): Cell[] {
  return sizes.flatMap((n) =>
    symmetric.map((shape, s): Cell => {
      const seed = 1000 + 10 * n + s;
      const stream = drawsFor(seed);
      const rejected = shareOf(runs, () => isRejected(signedRankTest, drawsOf(stream, shape, n)));
      const expected = exactly(attainedLevel(n, ALPHA, 'two-sided'));
      return { what: `signed-rank, ${n} pairs, ${shape}`, seed, ...rejected, expected };
    }),
  );
}

/** Differences rounded to a grid of so many standard deviations tie and vanish: the exact test then rejects less often. */
function roundedCells(runs: number): Cell[] {
  const expected = [0.036, 0.024, 0.007];
  return [0.25, 0.5, 1].flatMap((grid, g) =>
    (['wilcoxon', 'pratt'] as const).map((zeros, z): Cell => {
      const seed = 1300 + 2 * g + z;
      const stream = drawsFor(seed);
      const rounded = () => Array.from({ length: 8 }, () => grid * Math.round(draw(stream, 'normal') / grid));
      const rejected = shareOf(runs, () => isRejected(signedRankTest, rounded(), zeros));
      const what = `signed-rank (${zeros}), 8 pairs, rounded to ${grid} sd`;
      // The printed value stands for both zero rules, from 4,000 runs.
      return { what, seed, ...rejected, expected: printed(expected[g] ?? 0, 3, 4000) };
    }),
  );
}

function otherTests(runs: number): Cell[] {
  const cell = (what: string, seed: number, test: Test, expected: Cell['expected']): Cell => {
    const stream = drawsFor(seed);
    return { what, seed, ...shareOf(runs, () => isRejected(test, drawsOf(stream, 'normal', 8))), expected };
  };
  return [
    cell('paired t, 8 pairs, normal', 1400, pairedTTest, exactly(ALPHA)),
    // Two-sided sign test of 8: at most 0 or at least 8 of 8 rise, 2/256.
    cell('sign test, 8 pairs, normal', 1401, signTest, exactly(2 / 256)),
    // 12 of 256 patterns are the largest even number not above .05.
    cell('sign flips, 8 pairs, normal', 1402, signFlipTest, exactly(12 / 256)),
  ];
}

/**
 * A skewed shift is no null of the signed-rank test, which tests symmetry: neither the mean nor the median. Here the
 * median is 0 and the sign test keeps its level.
 */
function skewedCells(runs: number): Cell[] {
  const cell = (test: keyof typeof changeTests, seed: number, expected: Cell['expected']): Cell => {
    const stream = drawsFor(seed);
    const rejected = shareOf(runs, () => isRejected(changeTests[test].run, drawsOf(stream, 'lognormal', 12)));
    return { what: `${test}, 12 pairs, log-normal with median 0 (skewed)`, seed, ...rejected, expected };
  };
  return [
    cell('signed_rank', 1500, { kind: 'shown' }),
    cell('paired_t', 1501, { kind: 'shown' }),
    // At most 2 or at least 10 of 12 rise: 2·(1 + 12 + 66)/4096.
    cell('sign', 1502, exactly((2 * 79) / 4096)),
  ];
}

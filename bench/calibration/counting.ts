import { signedRankTest } from '../../src/statistics/index.ts';
import { type Cell, printed } from './cell.ts';
import { binomial, drawsFor } from './draws.ts';

/** Power where events are few: 8 patients, a share of 3 % that doubles, sd of the ln ratio .35. */
export function counting(runs: number): Cell[] {
  const known: readonly (readonly [number, number, number])[] = [
    [100, 0.83, 0.51],
    [300, 0.58, 0.8],
    [1000, 0.43, 0.95],
    [3000, 0.38, 0.98],
  ];
  return known.flatMap(([parents, sd, power], i): Cell[] => {
    const seed = 7000 + i;
    const { variances, passed } = simulate(parents, runs, seed);
    const mean = variances.reduce((a, b) => a + b, 0) / runs;
    const spread = Math.sqrt(variances.reduce((a, b) => a + (b - mean) ** 2, 0) / (runs - 1));
    const found = Math.sqrt(mean);
    // Of a root: half the relative error of the mean variance.
    const error = spread / Math.sqrt(runs) / (2 * found);
    const what = `${parents} parents a tube`;
    return [
      {
        what: `${what}: sd of the differences`,
        runs,
        seed,
        found,
        error,
        expected: { kind: 'near', value: sd, slack: 0.01 },
      },
      {
        what: `${what}: power of the signed-rank test`,
        runs,
        seed,
        found: passed / runs,
        error: Math.sqrt(((passed / runs) * (1 - passed / runs)) / runs),
        expected: printed(power, 2, 4000),
      },
    ];
  });
}

function simulate(parents: number, runs: number, seed: number): { variances: number[]; passed: number } {
  const stream = drawsFor(seed);
  const variances: number[] = [];
  let passed = 0;
  const value = (share: number) => Math.log((binomial(stream, parents, Math.min(1, share)) + 0.5) / (parents + 1));
  for (let run = 0; run < runs; run++) {
    const values = Array.from({ length: 8 }, () => {
      const before = 0.03 * Math.exp(0.5 * stream.normal());
      const after = before * 2 * Math.exp(0.35 * stream.normal());
      const start = value(before);
      return value(after) - start;
    });
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    variances.push(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1));
    const outcome = signedRankTest({ values, tolerance: 1e-9, alternative: 'two-sided', zeroHandling: 'wilcoxon' });
    if (outcome.status !== 'not_estimable' && outcome.p <= 0.05) passed++;
  }
  return { variances, passed };
}

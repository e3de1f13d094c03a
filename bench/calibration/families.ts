import { adjustments, maxT, signedRankTest, tieTolerance } from '../../src/statistics/index.ts';
import { type Cell, printed, shareOfCount } from './cell.ts';
import { correlated, drawsFor } from './draws.ts';

const ALPHA = 0.05;
const TAU = tieTolerance('log-ratio', []);

type Rows = readonly (readonly (number | null)[])[];

/** Any rejection in a family of true nulls, and both of two real effects found. */
export function families(runs: number): Cell[] {
  const nulls = [2, 4, 6].flatMap((size) =>
    [0, 0.5, 0.9].flatMap((rho, r) =>
      familyCells({ size, rho, effect: 0, missing: 0, seed: 3000 + 10 * size + r }, runs),
    ),
  );
  const found = familyCells({ size: 2, rho: 0.5, effect: 1.2, missing: 0, seed: 3100 }, runs);
  // Every member loses each patient with probability .2, on its own.
  const missing = familyCells({ size: 2, rho: 0.5, effect: 0, missing: 0.2, seed: 3200 }, runs).slice(1);
  return [...nulls, ...found, ...missing];
}

interface Setting {
  readonly size: number;
  readonly rho: number;
  readonly effect: number;
  readonly missing: number;
  readonly seed: number;
}

function familyCells({ size, rho, effect, missing, seed }: Setting, runs: number): Cell[] {
  const stream = drawsFor(seed);
  const counts = { holm: 0, rank: 0, t: 0 };
  const isNull = effect === 0;
  const counted = (p: readonly (number | null)[]) => {
    const rejected = p.map((one) => one !== null && one <= ALPHA);
    return isNull ? rejected.some(Boolean) : rejected.every(Boolean);
  };
  for (let run = 0; run < runs; run++) {
    const rows = Array.from({ length: 8 }, () =>
      correlated(stream, rho, size).map((d) => (missing > 0 && stream.uniform() < missing ? null : d + effect)),
    );
    if (counted(holm(rows, size))) counts.holm++;
    if (counted(stepDown(rows, size, 'signed_rank'))) counts.rank++;
    if (counted(stepDown(rows, size, 't'))) counts.t++;
  }
  const wanted = isNull ? 'any of' : 'all of';
  const what = `${wanted} ${size} endpoints, ρ ${rho}${isNull ? '' : `, dz ${effect}`}${missing > 0 ? ', 20 % missing' : ''}`;
  const cell = (name: string, count: number, known: number): Cell => {
    const isKnown = size === 2 && rho === 0.5 && missing === 0;
    const expected: Cell['expected'] = isKnown
      ? printed(known, isNull ? 3 : 2, 6000)
      : { kind: 'atMost', value: ALPHA };
    return { what: `${what}: ${name}`, seed, ...shareOfCount(count, runs), expected };
  };
  return [
    cell('Holm on signed-rank', counts.holm, isNull ? 0.043 : 0.61),
    cell('maxT on ranks', counts.rank, isNull ? 0.044 : 0.61),
    cell('maxT on t', counts.t, isNull ? 0.048 : 0.67),
  ];
}

function holm(rows: Rows, size: number): readonly (number | null)[] {
  const p = Array.from({ length: size }, (_, j) => {
    const values = rows.flatMap((row) => row[j] ?? []);
    const outcome = signedRankTest({ values, tolerance: TAU, alternative: 'two-sided', zeroHandling: 'wilcoxon' });
    return outcome.status === 'not_estimable' ? 1 : outcome.p;
  });
  return adjustments.holm.adjust(p);
}

function stepDown(rows: Rows, size: number, statistic: 'signed_rank' | 't'): readonly (number | null)[] {
  return maxT({ rows, tolerances: new Array<number>(size).fill(TAU), statistic, zeroHandling: 'wilcoxon', seed: 1 })
    .pStepDown;
}

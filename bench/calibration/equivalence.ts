import { tostT, transientTest } from '../../src/statistics/index.ts';
import { tostSignedRank } from '../../src/statistics/tools.ts';
import { type Cell, exactly, printed, shareOf } from './cell.ts';
import { drawsFor } from './draws.ts';

const ALPHA = 0.05;
const MARGINS = { low: Math.log(0.8), high: Math.log(1.25) };

/** Power of equivalence where nothing changes, and its error where the truth lies on a margin. */
export function equivalence(runs: number): Cell[] {
  const deviations = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4];
  const known = {
    t: new Map([
      [8, [1, 0.97, 0.77, 0.49, 0.27, 0.07]],
      [12, [1, 1, 0.95, 0.79, 0.56, 0.2]],
      [20, [1, 1, 1, 0.97, 0.88, 0.55]],
    ]),
    'signed-rank': new Map([
      [8, [1, 0.94, 0.68, 0.39, 0.2, 0.05]],
      [12, [1, 1, 0.93, 0.75, 0.51, 0.17]],
    ]),
  } as const;
  const tests = { t: tostT, 'signed-rank': tostSignedRank } as const;
  return (['t', 'signed-rank'] as const).flatMap((name, i) =>
    [...known[name]].flatMap(([n, powers]) =>
      deviations.flatMap((sd, s): Cell[] => {
        const seed = 4000 + 1000 * i + 10 * n + s;
        const shown = (truth: number, from: number) => {
          const stream = drawsFor(from);
          return shareOf(runs, () => {
            const values = Array.from({ length: n }, () => truth + sd * stream.normal());
            const outcome = tests[name]({ ...plain, values }, MARGINS);
            return outcome.status !== 'not_estimable' && outcome.p <= ALPHA;
          });
        };
        const what = `TOST by ${name}, ${n} pairs, sd ${sd}`;
        const atMargin: Cell = {
          what: `${what}: truth on the margin`,
          seed: seed + 500,
          ...shown(MARGINS.high, seed + 500),
          expected: { kind: 'atMost', value: ALPHA },
        };
        const power: Cell = {
          what: `${what}: power`,
          seed,
          ...shown(0, seed),
          expected: printed(powers[s] ?? 0, 2, 40_000),
        };
        return [power, atMargin];
      }),
    ),
  );
}

const plain = { tolerance: 1e-9, alternative: 'two-sided', zeroHandling: 'wilcoxon' } as const;

/** Rise and return to baseline: error at both corners, power, and what the usual reading of two p-values would call. */
export function transientRise(runs: number): Cell[] {
  const rise = Math.log(2);
  const margin = Math.log(1.25);
  const cell = (what: string, seed: number, truth: Truth, expected: Cell['expected']): Cell => {
    const stream = drawsFor(seed);
    return { what, seed, ...shareOf(runs, () => isTransient(stream, truth)), expected };
  };
  const fall = (sd: number, seed: number, value: number): Cell =>
    cell(
      `rise ×2 and fall, sd ${sd}: power`,
      seed,
      { rise, sd, later: 0, laterSd: sd, by: 'fall' },
      printed(value, sd === 0.25 ? 3 : 2, 40_000),
    );
  const back = (laterSd: number, seed: number, value: number): Cell => {
    const truth: Truth = { rise, sd: 0.4, later: 0, laterSd, by: 'equivalence' };
    return cell(`rise ×2 and back, later sd ${laterSd}: power`, seed, truth, printed(value, 2, 40_000));
  };
  return [
    cell(
      'no rise, later at baseline',
      5000,
      { rise: 0, sd: 0.4, later: 0, laterSd: 0.05, by: 'equivalence' },
      exactly(10 / 256),
    ),
    cell(
      'rise ×2, later on the margin ×1.25',
      5001,
      { rise, sd: 0.4, later: margin, laterSd: 0.15, by: 'equivalence' },
      { kind: 'atMost', value: ALPHA },
    ),
    back(0.15, 5002, 0.96),
    back(0.25, 5003, 0.48),
    back(0.4, 5004, 0.07),
    fall(0.25, 5005, 0.998),
    fall(0.4, 5006, 0.89),
  ];
}

interface Truth {
  /** ln ratios of the first and the later visit against baseline, and their spread within patients. */
  readonly rise: number;
  readonly sd: number;
  readonly later: number;
  readonly laterSd: number;
  readonly by: 'fall' | 'equivalence';
}

function isTransient(stream: ReturnType<typeof drawsFor>, { rise, sd, later, laterSd, by }: Truth): boolean {
  const first = Array.from({ length: 8 }, () => rise + sd * stream.normal());
  const second = Array.from({ length: 8 }, () => later + laterSd * stream.normal());
  // Both visits vary about the truth, so a fall from one to the other has the spread of both.
  const values = by === 'fall' ? second.map((value, i) => value - (first[i] ?? 0)) : second;
  const back =
    by === 'fall'
      ? ({ by, differences: { ...plain, values } } as const)
      : ({ by, differences: { ...plain, values }, margins: MARGINS } as const);
  const outcome = transientTest({ ...plain, values: first }, back);
  return outcome.status !== 'not_estimable' && outcome.p <= ALPHA;
}

import { overVisits } from '../../src/analysis/tools.ts';
import { hodgesLehmann, tostT, transientTest } from '../../src/statistics/index.ts';
import { tostInterval } from '../../src/statistics/tools.ts';
import { type Cell, exactly, shareOf } from './cell.ts';
import { drawsFor } from './draws.ts';

const ALPHA = 0.05;
const MARGINS = { low: Math.log(0.8), high: Math.log(1.25) };
const PATIENTS = 8;
const plain = { tolerance: 1e-9, alternative: 'two-sided', zeroHandling: 'wilcoxon' } as const;
const atMost = { kind: 'atMost', value: ALPHA } as const;

/** Claims of several endpoints or visits: their error, their power, and the coverage of what stands beside them. */
export function claims(runs: number): Cell[] {
  return [...joint(runs), ...fall(runs), ...several(runs), ...coverage(runs)];
}

/** All endpoints within their margins: the largest p of their two one-sided t tests. */
function joint(runs: number): Cell[] {
  const cell = (what: string, seed: number, truth: Truths, expected: Cell['expected']): Cell => {
    const stream = drawsFor(seed);
    return { what, seed, ...shareOf(runs, () => isJoint(stream, truth)), expected };
  };
  const same = [0, 0, 0, 0];
  const edge = MARGINS.high;
  return [
    // scipy, one endpoint integrated numerically and raised to the fourth power (vector joint.power.n8).
    cell(
      'joint equivalence of 4, sd .20: power, independent',
      7000,
      { means: same, sd: 0.2, rho: 0 },
      exactly(0.34402196),
    ),
    cell(
      'joint equivalence of 4, sd .20: power, correlated .5',
      7001,
      { means: same, sd: 0.2, rho: 0.5 },
      { kind: 'atLeast', value: 0.344 },
    ),
    cell(
      'joint equivalence of 4: one on its margin, sd .05',
      7002,
      { means: [edge, 0, 0, 0], sd: 0.05, rho: 0 },
      atMost,
    ),
    cell(
      'joint equivalence of 4: one on its margin, sd .15',
      7003,
      { means: [edge, 0, 0, 0], sd: 0.15, rho: 0 },
      atMost,
    ),
    cell(
      'joint equivalence of 4: all on their margins, correlated .9',
      7004,
      { means: [edge, edge, edge, edge], sd: 0.1, rho: 0.9 },
      atMost,
    ),
  ];
}

interface Truths {
  readonly means: readonly number[];
  readonly sd: number;
  /** Correlation of the endpoints within patients. */
  readonly rho: number;
}

function isJoint(stream: ReturnType<typeof drawsFor>, { means, sd, rho }: Truths): boolean {
  const common = Array.from({ length: PATIENTS }, () => stream.normal());
  return means.every((mean) => {
    const own = common.map((shared) => mean + sd * (Math.sqrt(rho) * shared + Math.sqrt(1 - rho) * stream.normal()));
    const outcome = tostT({ ...plain, values: own }, MARGINS);
    return outcome.status !== 'not_estimable' && outcome.p <= ALPHA;
  });
}

/** Rise and later fall where one of the two is not there. */
function fall(runs: number): Cell[] {
  const cell = (what: string, seed: number, truth: Course, expected: Cell['expected']): Cell => {
    const stream = drawsFor(seed);
    return { what, seed, ...shareOf(runs, () => (risesAndFalls(stream, truth, 1)[0] ?? 1) <= ALPHA), expected };
  };
  return [
    cell('rise ×2, no later fall', 7100, { rise: Math.log(2), later: [Math.log(2)], sd: 0.25 }, atMost),
    cell('no rise, later below', 7101, { rise: 0, later: [-Math.log(2)], sd: 0.25 }, atMost),
    cell('neither rise nor fall', 7102, { rise: 0, later: [0], sd: 0.25 }, atMost),
  ];
}

interface Course {
  /** ln ratios against baseline; each visit varies by `sd` within patients. */
  readonly rise: number;
  readonly later: readonly number[];
  readonly sd: number;
}

/** p of rise and later fall for each later visit. */
function risesAndFalls(stream: ReturnType<typeof drawsFor>, { rise, later, sd }: Course, visits: number): number[] {
  const noise = () => Array.from({ length: PATIENTS }, () => sd * stream.normal());
  const first = noise().map((own) => rise + own);
  return later.slice(0, visits).map((mean) => {
    const values = noise().map((own, i) => mean + own - first[i]!);
    const back = { by: 'fall', differences: { ...plain, values } } as const;
    const outcome = transientTest({ ...plain, values: first }, back);
    return outcome.status === 'not_estimable' ? 1 : outcome.p;
  });
}

/** Several later visits: all must hold, or the first after Holm. */
function several(runs: number): Cell[] {
  const cell = (what: string, seed: number, holds: 'all' | 'first', later: readonly number[]): Cell => {
    const stream = drawsFor(seed);
    const returnTo = { visit: 'a', by: 'fall', several: { visits: ['a', 'b', 'c'], holds } } as const;
    const isShown = () => {
      const answers = risesAndFalls(stream, { rise: Math.log(2), later, sd: 0.25 }, 3).map((p) => ({
        p,
        smallestP: 0,
      }));
      return (overVisits(answers, { returnTo }, ALPHA).p ?? 1) <= ALPHA;
    };
    return { what, seed, ...shareOf(runs, isShown), expected: atMost };
  };
  const up = Math.log(2);
  return [
    cell('three later visits, all must hold: one did not fall', 7200, 'all', [0, up, 0]),
    cell('three later visits, the first that holds: none fell', 7201, 'first', [up, up, up]),
  ];
}

/** The intervals beside the claims, of the patients with all visits. */
function coverage(runs: number): Cell[] {
  const of = (seed: number, covers: (values: number[]) => boolean) => {
    const stream = drawsFor(seed);
    return shareOf(runs, () => covers(Array.from({ length: PATIENTS }, () => -0.6 + 0.3 * stream.normal())));
  };
  const walsh = (values: number[]) => {
    const found = hodgesLehmann(values, 0.95);
    return found !== undefined && found.low <= -0.6 && found.high >= -0.6;
  };
  const mean = (values: number[]) => {
    const found = tostInterval({ ...plain, values }, ALPHA);
    return found !== null && found.low <= -0.6 && found.high >= -0.6;
  };
  return [
    {
      what: 'later ÷ visit of the rise: interval of Walsh averages, nominal 95 %',
      seed: 7300,
      ...of(7300, walsh),
      expected: { kind: 'atLeast', value: 0.95 },
    },
    {
      what: 'later ÷ baseline: 90 % t interval of the equivalence',
      seed: 7301,
      ...of(7301, mean),
      expected: { kind: 'atLeast', value: 0.9 },
    },
  ];
}

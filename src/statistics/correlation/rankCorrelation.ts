import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { shuffle } from '../pairedTests/friedman.ts';
import { midranks } from '../tieRule.ts';

export interface RankCorrelation {
  readonly status: 'ok' | 'approximate';
  /** Spearman's ρ or Kendall's τ-b. */
  readonly estimate: number;
  /** What the permutations are counted by: Σ of products of doubled centred ranks, or Kendall's S. */
  readonly statistic: number;
  readonly p: number;
  /** p = count / total; null where the null distribution holds probabilities. */
  readonly count: number | null;
  readonly total: number | null;
  readonly method: 'exact-enumeration' | 'exact-recurrence' | 'random-permutations';
}

export interface NoCorrelation {
  readonly status: 'not_estimable';
  readonly reason: 'too_few' | 'constant';
}

/** Two columns of the same patients, with the tie tolerance of each. */
export interface RankedColumns {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly toleranceX: number;
  readonly toleranceY: number;
  /** Of the random permutations. */
  readonly seed: number;
}

// 9! = 362,880 orders take a moment; 10! ten of them.
const MOST_ENUMERATED = 9;
const MOST_UNTIED_KENDALL = 50;
const RANDOM_PERMUTATIONS = 99_999;

/**
 * Spearman's ρ: Pearson's correlation of midranks; p two-sided, the share of permutations at least as far from no
 * correlation (Spearman 1904). Exact to nine patients with or without ties, beyond by seeded permutations.
 */
export function spearman(columns: RankedColumns): RankCorrelation | NoCorrelation {
  const ranked = rankBoth(columns);
  if ('reason' in ranked) return ranked;
  const n = ranked.x.length;
  // Doubled ranks less n + 1 are centred integers.
  const [a, b] = [ranked.x.map((rank) => 2 * rank - n - 1), ranked.y.map((rank) => 2 * rank - n - 1)];
  const size = Math.sqrt(sumOfSquares(a) * sumOfSquares(b));
  const statistic = (order: readonly number[]) => a.reduce((sum, value, i) => sum + value * order[i]!, 0);
  return permutationP(b, statistic, columns.seed, (observed) => observed / size);
}

/**
 * Kendall's τ-b and the permutation p of |S| (Kendall 1938, 1945). Untied columns to 50 patients by the recurrence of
 * inversions, tied ones exact to nine, beyond by seeded permutations.
 */
export function kendall(columns: RankedColumns): RankCorrelation | NoCorrelation {
  const ranked = rankBoth(columns);
  if ('reason' in ranked) return ranked;
  const { x, y } = ranked;
  const statistic = (order: readonly number[]) => concordance(x, order);
  const size = Math.sqrt(untiedPairs(x) * untiedPairs(y));
  const isUntied = new Set(x).size === x.length && new Set(y).size === y.length;
  if (isUntied && x.length > MOST_ENUMERATED && x.length <= MOST_UNTIED_KENDALL) return byInversions(x, y, size);
  return permutationP(y, statistic, columns.seed, (observed) => observed / size);
}

function rankBoth({ x, y, toleranceX, toleranceY }: RankedColumns): { x: number[]; y: number[] } | NoCorrelation {
  if (x.length < 4) return { status: 'not_estimable', reason: 'too_few' };
  const ranks = { x: midranks(x, toleranceX).ranks, y: midranks(y, toleranceY).ranks };
  const isConstant = new Set(ranks.x).size === 1 || new Set(ranks.y).size === 1;
  return isConstant ? { status: 'not_estimable', reason: 'constant' } : ranks;
}

const sumOfSquares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);

function concordance(x: readonly number[], y: readonly number[]): number {
  let s = 0;
  for (let i = 1; i < x.length; i++) {
    for (let j = 0; j < i; j++) s += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
  }
  return s;
}

function untiedPairs(values: readonly number[]): number {
  let pairs = 0;
  for (let i = 1; i < values.length; i++) for (let j = 0; j < i; j++) if (values[i] !== values[j]) pairs++;
  return pairs;
}

function permutationP(
  values: readonly number[],
  statistic: (order: readonly number[]) => number,
  seed: number,
  scale: (observed: number) => number,
): RankCorrelation {
  const observed = statistic(values);
  const order = [...values];
  let [count, total] = [0, 0];
  const look = () => {
    total++;
    // Statistics are integers or halves, so equal ones are equal.
    if (Math.abs(statistic(order)) >= Math.abs(observed)) count++;
  };
  const isEnumerated = values.length <= MOST_ENUMERATED;
  if (isEnumerated) forEachOrder(order, look);
  else {
    look();
    const random = xoroshiro128plus(seed);
    for (let round = 0; round < RANDOM_PERMUTATIONS; round++) {
      shuffle(order, () => random.next() >>> 0);
      look();
    }
  }
  return {
    status: isEnumerated ? 'ok' : 'approximate',
    estimate: scale(observed),
    statistic: observed,
    p: count / total,
    count,
    total,
    method: isEnumerated ? 'exact-enumeration' : 'random-permutations',
  };
}

/** All orders of the array, by Heap's algorithm (Heap 1963); changes `order` from look to look. */
function forEachOrder(order: number[], look: () => void): void {
  const steps = new Array<number>(order.length).fill(0);
  look();
  for (let i = 1; i < order.length; ) {
    if (steps[i]! < i) {
      const from = i % 2 === 0 ? 0 : steps[i]!;
      [order[from], order[i]] = [order[i]!, order[from]!];
      look();
      steps[i]!++;
      i = 1;
    } else {
      steps[i] = 0;
      i++;
    }
  }
}

/** Untied: orders with a given number of inversions, by recurrence, as probabilities (Kendall 1970, 5.2). */
function byInversions(x: readonly number[], y: readonly number[], size: number): RankCorrelation {
  const s = concordance(x, y);
  const pairs = (x.length * (x.length - 1)) / 2;
  let ways = [1];
  for (let n = 2; n <= x.length; n++) {
    const next = new Array<number>(ways.length + n - 1).fill(0);
    ways.forEach((share, inversions) => {
      for (let add = 0; add < n; add++) next[inversions + add]! += share / n;
    });
    ways = next;
  }
  // S = pairs − 2 × inversions.
  const p = ways.reduce(
    (sum, share, inversions) => (Math.abs(pairs - 2 * inversions) >= Math.abs(s) ? sum + share : sum),
    0,
  );
  return {
    status: 'ok',
    estimate: s / size,
    statistic: s,
    p: Math.min(1, p),
    count: null,
    total: null,
    method: 'exact-recurrence',
  };
}

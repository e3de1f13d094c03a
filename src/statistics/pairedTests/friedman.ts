import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { midranks } from '../tieRule.ts';

export interface FriedmanOutcome {
  readonly status: 'ok' | 'approximate';
  /** Friedman's Q, corrected for ties. */
  readonly q: number;
  readonly p: number;
  /** p = count / total. */
  readonly count: number;
  readonly total: number;
  readonly method: 'exact-convolution' | 'random-permutations';
}

export interface NoFriedman {
  readonly status: 'not_estimable';
  readonly reason: 'no_pairs' | 'one_visit' | 'all_tied';
}

const RANDOM_PERMUTATIONS = 99_999;
// 6^n patterns stay exact integers of a double up to 20 patients.
const MOST_EXACT = 20;

/**
 * Friedman's test over visits, patients who have all of them (Friedman 1937; ties: Conover 1999, 5.8). Three visits:
 * exact, all 6ⁿ within-patient orders by convolution; more visits or more than 20 patients: seeded permutations,
 * p = (k+1)/(B+1), B = 99,999, error about 4√(p(1−p)/B). The chi-square form is off by a third at eight patients.
 * @param rows one a patient: values on the scale, one a visit
 * @param tolerance τ of the tie rule
 */
export function friedmanTest(
  rows: readonly (readonly number[])[],
  tolerance: number,
  seed: number,
): FriedmanOutcome | NoFriedman {
  const visits = rows[0]?.length ?? 0;
  if (rows.length === 0) return { status: 'not_estimable', reason: 'no_pairs' };
  if (visits < 2) return { status: 'not_estimable', reason: 'one_visit' };
  // Doubled midranks are integers, so sums and their squares compare exactly.
  const ranks = rows.map((row) => midranks(row, tolerance).ranks.map((rank) => Math.round(2 * rank)));
  const squares = ranks.flat().reduce((sum, rank) => sum + rank * rank, 0) / 4;
  const expected = (rows.length * visits * (visits + 1) ** 2) / 4;
  if (squares - expected <= 0) return { status: 'not_estimable', reason: 'all_tied' };
  const spread = sumOfSquares(columnSums(ranks));
  const q = ((visits - 1) * (spread / 4 - rows.length * expected)) / (squares - expected);
  if (visits === 3 && rows.length <= MOST_EXACT) {
    const [count, total] = [countExact(ranks, spread), 6 ** rows.length];
    return { status: 'ok', q, p: count / total, count, total, method: 'exact-convolution' };
  }
  const count = 1 + countRandom(ranks, spread, seed);
  const total = RANDOM_PERMUTATIONS + 1;
  return { status: 'approximate', q, p: count / total, count, total, method: 'random-permutations' };
}

function columnSums(ranks: readonly (readonly number[])[]): number[] {
  return ranks[0]!.map((_, j) => ranks.reduce((sum, row) => sum + row[j]!, 0));
}

function sumOfSquares(sums: readonly number[]): number {
  return sums.reduce((total, sum) => total + sum * sum, 0);
}

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** Patients' six orders convolved over the first two column sums; the third follows from the whole. */
function countExact(ranks: readonly (readonly number[])[], observed: number): number {
  const whole = ranks.flat().reduce((sum, rank) => sum + rank, 0);
  let ways = new Map<number, number>([[0, 1]]);
  const width = whole + 1;
  for (const row of ranks) {
    const next = new Map<number, number>();
    for (const [key, count] of ways) {
      for (const [a, b] of orders) {
        const moved = key + row[a]! * width + row[b]!;
        next.set(moved, (next.get(moved) ?? 0) + count);
      }
    }
    ways = next;
  }
  let count = 0;
  for (const [key, patterns] of ways) {
    const [first, second] = [Math.floor(key / width), key % width];
    if (sumOfSquares([first, second, whole - first - second]) >= observed) count += patterns;
  }
  return count;
}

function countRandom(ranks: readonly (readonly number[])[], observed: number, seed: number): number {
  const random = xoroshiro128plus(seed);
  const shuffled = ranks.map((row) => [...row]);
  let count = 0;
  for (let round = 0; round < RANDOM_PERMUTATIONS; round++) {
    for (const row of shuffled) shuffle(row, () => random.next() >>> 0);
    if (sumOfSquares(columnSums(shuffled)) >= observed) count++;
  }
  return count;
}

/** Fisher–Yates with a remainder; its bias below 2^-29 for a row of visits is far under the stated error. Changes `row`. */
export function shuffle(row: number[], next: () => number): void {
  for (let i = row.length - 1; i > 0; i--) {
    const j = next() % (i + 1);
    [row[i], row[j]] = [row[j]!, row[i]!];
  }
}

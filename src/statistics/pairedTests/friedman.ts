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
/** 6! orders a patient; more are never few enough. */
const MOST_VISITS = 6;
/** Sums × orders of one patient: below half a second for all of them. */
const MOST_STEPS = 600_000;

/**
 * Friedman's test over visits, patients who have all of them (Friedman 1937; ties: Conover 1999, 5.8). Exact where the
 * orders within patients can be counted by convolution of the column sums: three visits to 20 patients, four to 11, and a
 * few patients at five or six; else seeded permutations, p = (k+1)/(B+1), B = 99,999, error about 4√(p(1−p)/B). The chi-square form is off by a third at eight patients.
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
  // Patterns stay exact integers of a double: 20 patients at three visits, 11 at four.
  const patterns = factorial(visits) ** rows.length;
  const exact = patterns <= Number.MAX_SAFE_INTEGER ? countExact(ranks, spread) : undefined;
  if (exact !== undefined) {
    return { status: 'ok', q, p: exact / patterns, count: exact, total: patterns, method: 'exact-convolution' };
  }
  const count = 1 + countRandom(ranks, spread, seed);
  const total = RANDOM_PERMUTATIONS + 1;
  return { status: 'approximate', q, p: count / total, count, total, method: 'random-permutations' };
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function columnSums(ranks: readonly (readonly number[])[]): number[] {
  return ranks[0]!.map((_, j) => ranks.reduce((sum, row) => sum + row[j]!, 0));
}

function sumOfSquares(sums: readonly number[]): number {
  return sums.reduce((total, sum) => total + sum * sum, 0);
}

/** All orders of so many places. */
function ordersOf(length: number): number[][] {
  if (length === 0) return [[]];
  return ordersOf(length - 1).flatMap((order) =>
    Array.from({ length }, (_, at) => [...order.slice(0, at), length - 1, ...order.slice(at)]),
  );
}

/**
 * Patients' orders convolved over all column sums but the last, which follows from the whole.
 * @returns undefined where there are too many different sums to count
 */
function countExact(ranks: readonly (readonly number[])[], observed: number): number | undefined {
  const whole = ranks.flat().reduce((sum, rank) => sum + rank, 0);
  const [width, visits] = [whole + 1, ranks[0]!.length];
  if (visits > MOST_VISITS || width ** (visits - 1) > Number.MAX_SAFE_INTEGER) return undefined;
  const orders = ordersOf(visits);
  let ways = new Map<number, number>([[0, 1]]);
  for (const row of ranks) {
    if (ways.size * orders.length > MOST_STEPS) return undefined;
    const next = new Map<number, number>();
    const moves = orders.map((order) => order.slice(1).reduce((key, place) => key * width + row[place]!, 0));
    for (const [key, count] of ways) {
      for (const move of moves) next.set(key + move, (next.get(key + move) ?? 0) + count);
    }
    ways = next;
  }
  let count = 0;
  for (const [key, patterns] of ways) {
    const sums: number[] = [];
    for (let rest = key, i = 1; i < visits; i++) {
      sums.push(rest % width);
      rest = Math.floor(rest / width);
    }
    const last = whole - sums.reduce((total, sum) => total + sum, 0);
    if (sumOfSquares([...sums, last]) >= observed) count += patterns;
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

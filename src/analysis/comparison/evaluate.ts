import {
  countingShare,
  type Differences,
  hodgesLehmann,
  meanInterval,
  median,
  pairedTests,
  pairedTTest,
  rankBiserial,
  signedRanks,
  signedRankTest,
  standardizedMean,
  tenDigits,
  usesDetectionLimit,
} from '../../statistics/index.ts';
import { asDifferences, type Decision, decide, testOf } from './decide.ts';
import { type CompletePair, type ScaledPairs, scalePairs } from './pairing.ts';
import type { Setup } from './setup.ts';

interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number | null;
  readonly reachesNominal: boolean;
}

/** One analysis of one endpoint, before anything is adjusted over its family. */
export interface Evaluation {
  readonly setup: Setup;
  readonly decision: Decision;
  /** p as the tables have it: count/total exactly, else 10 significant digits; null where not estimable. */
  readonly p: number | null;
  readonly smallestP: number;
  /** Of the pairs that take part, on the scale; empty where the scale has no value for one. */
  readonly differences: readonly { readonly subject: string; readonly value: number }[];
  /** τ of these differences. */
  readonly tolerance: number;
  readonly counts: { pairs: number; used: number; zero: number; tied: number; up: number; down: number };
  readonly medianFrom: number | null;
  readonly medianTo: number | null;
  /** On the scale of the analysis. */
  readonly estimate: Estimate | null;
  /** In percentage points. */
  readonly points: Estimate | null;
  readonly rankBiserial: number | null;
  readonly dz: number | null;
  readonly gz: { value: number; low: number; high: number } | null;
  /** The interval of an equivalence, with the level that it reaches. */
  readonly tost: { low: number; high: number; level: number } | null;
  /** Two-sided exact signed-rank p of the change, where the question is another one. */
  readonly differenceP: number | null;
  readonly countingShare: number | null;
  /** Whether half the limit of detection stood for a zero. */
  readonly usesDetectionLimit: boolean;
}

/** Everything that a row says about one analysis, from the pairs that take part. */
export function evaluate(pairs: readonly CompletePair[], setup: Setup): Evaluation {
  const decision = decide(pairs, setup);
  const scaled = scalePairs(pairs, setup.rule);
  const isEmpty = pairs.length === 0 || !scaled.isOnScale;
  const percents = setup.rule.isAbsolute ? [] : pairs;
  const base = {
    setup,
    decision,
    p: decision.status === 'not_estimable' ? null : exactP(decision),
    smallestP: decision.status === 'not_estimable' ? 1 : decision.smallestP,
    counts: countsOf(pairs.length, isEmpty ? undefined : scaled, setup),
    differences: isEmpty ? [] : pairs.map(({ subject }, i) => ({ subject, value: scaled.differences[i]! })),
    tolerance: scaled.tolerance,
    medianFrom: median(percents.flatMap((pair) => pair.from.percent ?? [])) ?? null,
    medianTo: median(percents.flatMap((pair) => pair.to.percent ?? [])) ?? null,
    points: percentagePoints(percents, setup),
    usesDetectionLimit: pairs.some((pair) => [pair.from, pair.to].some((tube) => usesDetectionLimit(tube, setup.rule))),
  };
  return { ...base, ...(isEmpty ? nothing : effectsOf(pairs, scaled, setup)) };
}

const nothing = {
  estimate: null,
  rankBiserial: null,
  dz: null,
  gz: null,
  tost: null,
  differenceP: null,
  countingShare: null,
} as const;

/** p = count/total where it was counted in exact integers, else rounded to the digits that a table prints. */
export function exactP(outcome: { readonly p: number; readonly count: number | null }): number {
  return outcome.count === null ? tenDigits(outcome.p) : outcome.p;
}

function countsOf(pairs: number, scaled: ScaledPairs | undefined, setup: Setup): Evaluation['counts'] {
  if (!scaled) return { pairs, used: 0, zero: 0, tied: 0, up: 0, down: 0 };
  const ranks = signedRanks(scaled.differences, scaled.tolerance, setup.zeroHandling);
  return {
    pairs,
    used: testOf(setup).dropsZeros ? pairs - ranks.zeroCount : pairs,
    zero: ranks.zeroCount,
    tied: ranks.tiedCount,
    up: ranks.upCount,
    down: ranks.downCount,
  };
}

function effectsOf(pairs: readonly CompletePair[], scaled: ScaledPairs, setup: Setup) {
  const { differences, tolerance } = scaled;
  const standardized = standardizedMean(differences, tolerance, setup.level);
  const tests = asDifferences(scaled, setup);
  const isEquivalence = setup.question === 'equivalence';
  return {
    estimate: estimateOf(scaled, setup),
    rankBiserial: rankBiserial(differences, tolerance, setup.zeroHandling)?.r ?? null,
    dz: standardized?.dz ?? null,
    gz: standardized ? { value: standardized.gz, low: standardized.gzLow, high: standardized.gzHigh } : null,
    tost: isEquivalence ? equivalenceInterval(tests, setup) : null,
    differenceP: setup.question === 'change' ? null : differenceP(scaled, setup),
    countingShare: setup.rule.isAbsolute
      ? null
      : (countingShare(pairs, differences, setup.rule.scale, tolerance) ?? null),
  };
}

/** Of the estimate that the equivalence test stands on. */
function equivalenceInterval(tests: Differences, setup: Setup): Evaluation['tost'] {
  const test = pairedTests[setup.test];
  return test.question === 'equivalence' ? test.interval(tests, setup.alpha) : null;
}

function differenceP(scaled: ScaledPairs, setup: Setup): number | null {
  const outcome = signedRankTest({ ...asDifferences(scaled, setup), alternative: 'two-sided' });
  return outcome.status === 'not_estimable' ? null : exactP(outcome);
}

/** The companion of the row's test: the mean and its t interval, or Hodges–Lehmann with its achieved level. */
function estimateOf(scaled: ScaledPairs, setup: Setup): Estimate | null {
  if (testOf(setup).companion === 'hodges_lehmann') return shift(scaled.differences, setup.level);
  const outcome = pairedTTest(asDifferences(scaled, setup));
  if (outcome.status === 'not_estimable') return null;
  const { low, high } = meanInterval(outcome, setup.level);
  return { value: outcome.mean, low, high, level: setup.level, reachesNominal: true };
}

function percentagePoints(pairs: readonly CompletePair[], setup: Setup): Estimate | null {
  const differences = pairs.map((pair) => (pair.to.percent ?? Number.NaN) - (pair.from.percent ?? Number.NaN));
  return differences.every(Number.isFinite) ? shift(differences, setup.level) : null;
}

// One difference has no interval: its level would be 0.
function shift(differences: readonly number[], level: number): Estimate | null {
  const found = hodgesLehmann(differences, level);
  if (!found) return null;
  if (found.level <= 0) return { value: found.estimate, low: null, high: null, level: null, reachesNominal: false };
  return {
    value: found.estimate,
    low: found.low,
    high: found.high,
    level: found.level,
    reachesNominal: found.reachesNominal,
  };
}

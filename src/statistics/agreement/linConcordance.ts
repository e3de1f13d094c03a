import { normalQuantile } from '../distributions/normal.ts';
import { studentQuantile } from '../distributions/studentT.ts';
import { mean, standardDeviation } from '../moments.ts';
import {
  type AgreementPair,
  bySubject,
  FEWEST_FOR_INTERVALS,
  type LevelLimits,
  leaveOneSubjectOut,
} from './agreementPair.ts';

export interface LinConcordance {
  /** ρ_c, −1…1: how near the points lie to the line of equal counts. */
  readonly concordance: number;
  readonly interval: LevelLimits | null;
  /** Standard error of artanh ρ_c. */
  readonly standardErrorZ: number | null;
  /** Pearson's r: how near they lie to any line. */
  readonly pearson: number;
  /** C_b = ρ_c / r: how near that line is to the one of equal counts. */
  readonly biasCorrection: number;
  /** (manual − auto) over the geometric mean of both standard deviations. */
  readonly locationShift: number;
  /** Standard deviation of auto over that of manual. */
  readonly scaleShift: number;
}

/**
 * Lin's concordance correlation with 1/n moments (Lin 1989, corrected 2000), its interval through artanh. Where subjects
 * have several tubes the interval comes from leaving out one subject at a time.
 * @returns undefined below three tubes or where one of the two does not vary; fewer than 8 tubes: no interval
 */
export function linConcordance(pairs: readonly AgreementPair[], level = 0.95): LinConcordance | undefined {
  const m = moments(pairs);
  if (m === undefined) return undefined;
  const { n, concordance: rho, pearson: r, locationShift: u } = m;
  const shared = {
    concordance: rho,
    pearson: r,
    biasCorrection: rho / r,
    locationShift: u,
    scaleShift: m.scaleShift,
  };
  const none = { ...shared, interval: null, standardErrorZ: null };
  if (n < FEWEST_FOR_INTERVALS || Math.abs(rho) >= 1) return none;
  const tail = (1 - level) / 2;
  const subjects = bySubject(pairs).length;
  if (subjects < n) {
    const error = jackknifeErrorZ(pairs);
    return error === undefined ? none : { ...shared, ...around(rho, error, studentQuantile(1 - tail, subjects - 1)) };
  }
  const variance =
    (((1 - r ** 2) * rho ** 2 * (1 - rho ** 2)) / r ** 2 +
      (2 * rho ** 3 * (1 - rho) * u ** 2) / r -
      (0.5 * rho ** 4 * u ** 4) / r ** 2) /
    (n - 2);
  const error = Math.sqrt(Math.max(0, variance)) / (1 - rho ** 2);
  return { ...shared, ...around(rho, error, normalQuantile(1 - tail)) };
}

function around(rho: number, standardErrorZ: number, reach: number) {
  const z = Math.atanh(rho);
  const interval = { low: Math.tanh(z - reach * standardErrorZ), high: Math.tanh(z + reach * standardErrorZ) };
  return { interval, standardErrorZ };
}

function jackknifeErrorZ(pairs: readonly AgreementPair[]): number | undefined {
  const z = (kept: readonly AgreementPair[]) => {
    const rho = moments(kept)?.concordance;
    return rho === undefined ? undefined : Math.atanh(rho);
  };
  const left = leaveOneSubjectOut(pairs, z);
  if (left === undefined || left.length < 2) return undefined;
  // √((g−1)/g · Σ(z₍ᵢ₎ − z̄)²) over g subjects (Tukey 1958).
  return (standardDeviation(left) * (left.length - 1)) / Math.sqrt(left.length);
}

function moments(pairs: readonly AgreementPair[]) {
  const n = pairs.length;
  if (n < 3) return undefined;
  const [x, y] = [mean(pairs.map(({ manual }) => manual)), mean(pairs.map(({ auto }) => auto))];
  const sum = (of: (pair: AgreementPair) => number) => pairs.reduce((total, pair) => total + of(pair), 0);
  const xx = sum(({ manual }) => (manual - x) ** 2) / n;
  const yy = sum(({ auto }) => (auto - y) ** 2) / n;
  const xy = sum(({ manual, auto }) => (manual - x) * (auto - y)) / n;
  // A billionth of the mean is rounding of decimals, no spread.
  if (Math.sqrt(xx) <= 1e-9 * Math.abs(x) || Math.sqrt(yy) <= 1e-9 * Math.abs(y) || xy === 0) return undefined;
  return {
    n,
    concordance: (2 * xy) / (xx + yy + (x - y) ** 2),
    pearson: xy / Math.sqrt(xx * yy),
    locationShift: (x - y) / (xx * yy) ** 0.25,
    scaleShift: Math.sqrt(yy / xx),
  };
}

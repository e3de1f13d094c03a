import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { standardDeviation } from '../moments.ts';
import { signedRanks } from '../tieRule.ts';
import type { AdjustmentFacts } from './steps.ts';

/** Differences of the endpoints of a family: one row a patient, null where the patient lacks that endpoint. */
export interface FamilyDifferences {
  readonly rows: readonly (readonly (number | null)[])[];
  /** τ of the tie rule, one an endpoint. */
  readonly tolerances: readonly number[];
  readonly statistic: 'signed_rank' | 't';
  readonly zeroHandling: 'wilcoxon' | 'pratt';
  /** Of the random flips, where there are too many patterns to enumerate. */
  readonly seed: number;
}

export interface MaxTOutcome {
  readonly status: 'ok' | 'approximate';
  /** |T| of each endpoint; null where it cannot be computed. */
  readonly statistic: readonly (number | null)[];
  readonly pRaw: readonly (number | null)[];
  readonly pSingleStep: readonly (number | null)[];
  readonly pStepDown: readonly (number | null)[];
  /** Sign patterns that were looked at. */
  readonly total: number;
}

/** An adjustment that needs the differences themselves: a two-sided change by a test that can be flipped. */
export interface JointAdjustment extends AdjustmentFacts {
  readonly needs: 'differences';
  readonly adjust: (family: FamilyDifferences) => MaxTOutcome;
}

// 2^20 patterns of a few endpoints take a second; beyond, random flips.
const MOST_ENUMERATED = 20;
const RANDOM_FLIPS = 99_999;

/**
 * Westfall & Young's maxT: whole patients are flipped, one sign for all endpoints of a patient, so that the dependence
 * of the endpoints is kept (Westfall & Young 1993, 2.5–2.8). An endpoint that a patient lacks uses its own patients
 * while the flips stay common. All 2ⁿ patterns up to 20 patients; beyond, 99,999 seeded flips, status `approximate`.
 */
export function maxT(family: FamilyDifferences): MaxTOutcome {
  const endpoints = family.tolerances.map((tolerance, j) => scores(family, tolerance, j));
  const patients = family.rows.length;
  const isEnumerated = patients <= MOST_ENUMERATED;
  const total = isEnumerated ? 2 ** patients : RANDOM_FLIPS + 1;
  const observedSigns = new Int8Array(patients).fill(1);
  const observed = endpoints.map((endpoint) => (endpoint ? Math.abs(endpoint(observedSigns)) : null));
  // Equal statistics differ in their last bits: both Z and t are of the order of one.
  const known = observed.flatMap((value, j) =>
    value === null ? [] : [{ j, bound: value - 1e-9 * Math.max(1, value) }],
  );
  // Largest first; of equal ones the earlier endpoint.
  known.sort((a, b) => b.bound - a.bound || a.j - b.j);
  const counts = { raw: known.map(() => 0), single: known.map(() => 0), step: known.map(() => 0) };
  for (const signs of patterns(patients, isEnumerated, family.seed)) {
    let largest = 0;
    for (let i = known.length - 1; i >= 0; i--) {
      const { j, bound } = known[i]!;
      const value = Math.abs(endpoints[j]!(signs));
      largest = Math.max(largest, value);
      if (value >= bound) counts.raw[i]!++;
      if (largest >= bound) counts.step[i]!++;
    }
    known.forEach(({ bound }, i) => {
      if (largest >= bound) counts.single[i]!++;
    });
  }
  return outcomeOf({ known, counts, total, observed, isEnumerated });
}

export const westfallYoung: JointAdjustment = {
  needs: 'differences',
  summary: 'family-wise error, step-down, with the dependence of the endpoints kept; signed-rank or t, two-sided',
  source: 'Westfall & Young 1993',
  words: 'maxT-adjusted',
  adjust: maxT,
};

interface Counted {
  readonly known: readonly { readonly j: number }[];
  readonly counts: Readonly<Record<'raw' | 'single' | 'step', readonly number[]>>;
  readonly total: number;
  readonly observed: readonly (number | null)[];
  readonly isEnumerated: boolean;
}

function outcomeOf({ known, counts, total, observed, isEnumerated }: Counted): MaxTOutcome {
  const place = (values: readonly number[]) => {
    const cells = observed.map((): number | null => null);
    known.forEach(({ j }, i) => {
      cells[j] = values[i]!;
    });
    return cells;
  };
  const share = (list: readonly number[]) => list.map((count) => count / total);
  let running = 0;
  const stepDown = share(counts.step).map((p) => {
    running = Math.max(running, p);
    return running;
  });
  return {
    status: isEnumerated ? 'ok' : 'approximate',
    statistic: observed,
    pRaw: place(share(counts.raw)),
    pSingleStep: place(share(counts.single)),
    pStepDown: place(stepDown),
    total,
  };
}

/** The statistic of one endpoint as a function of the patients' signs; undefined where it has none. */
function scores(
  { rows, statistic, zeroHandling }: FamilyDifferences,
  tolerance: number,
  endpoint: number,
): ((signs: Int8Array) => number) | undefined {
  const at = rows.flatMap((row, patient) => (row[endpoint] == null ? [] : [patient]));
  const values = at.map((patient) => rows[patient]![endpoint]!);
  if (statistic === 'signed_rank') {
    const { signed } = signedRanks(values, tolerance, zeroHandling);
    const size = Math.sqrt(signed.reduce((sum, rank) => sum + rank * rank, 0));
    return size === 0 ? undefined : (signs) => signedSum(signed, at, signs) / size;
  }
  const n = values.length;
  if (n < 2 || standardDeviation(values) <= tolerance) return undefined;
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  return (signs) => {
    const centre = signedSum(values, at, signs) / n;
    const variance = (squares - n * centre * centre) / (n - 1);
    // A pattern in which all differences agree but for rounding has no spread: its t is as large as can be.
    return variance <= 1e-15 * squares ? Math.sign(centre) * 1e150 : centre / Math.sqrt(variance / n);
  };
}

function signedSum(values: readonly number[], at: readonly number[], signs: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += signs[at[i]!]! * values[i]!;
  return sum;
}

/** Sign patterns, one array filled anew; the observed one (all +) is among them. */
function* patterns(patients: number, isEnumerated: boolean, seed: number): Generator<Int8Array> {
  const signs = new Int8Array(patients).fill(1);
  if (isEnumerated) {
    for (let pattern = 0; pattern < 2 ** patients; pattern++) {
      for (let i = 0; i < patients; i++) signs[i] = (pattern >> i) & 1 ? -1 : 1;
      yield signs;
    }
    return;
  }
  yield signs;
  const random = xoroshiro128plus(seed);
  for (let flip = 0; flip < RANDOM_FLIPS; flip++) {
    let bits = 0;
    for (let i = 0; i < patients; i++) {
      if (i % 31 === 0) bits = random.next();
      signs[i] = (bits >> (i % 31)) & 1 ? -1 : 1;
    }
    yield signs;
  }
}

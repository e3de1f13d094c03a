import type { BlandAltman } from '../../statistics/index.ts';
import { roundSignificant } from '../../tables/index.ts';
import type { Compared } from './compareCounts.ts';

/** The machine form of `agree`: of each population and measure both counts of every tube, and what was found. */
export function agreementJson(names: { readonly auto: string; readonly manual: string }, results: readonly Compared[]) {
  return {
    format: 'cytopair/agree/1',
    auto: names.auto,
    manual: names.manual,
    difference: 'auto - manual',
    level: 0.95,
    populations: results.map(({ population, measure, pairs, agreement }) => ({
      population,
      measure,
      n_tubes: agreement.plain.n,
      n_subjects: agreement.plain.subjectCount,
      model: agreement.plain.model,
      difference: limitsJson(agreement.plain, (x) => x),
      ratio: agreement.log && limitsJson(agreement.log, Math.exp),
      n_zero: agreement.zeroCount,
      lin: linJson(agreement.lin),
      passing_bablok: passingBablokJson(agreement.passingBablok),
      deming: demingJson(agreement.deming),
      tubes: pairs.map(({ sampleId, subject, manual, auto }) => ({ sample_id: sampleId, subject, manual, auto })),
    })),
  };
}
export type AgreementJson = ReturnType<typeof agreementJson>;

/** @param shown exp where the values are logarithms: then bias and limits are ratios, and sd stays on the log scale */
function limitsJson(found: BlandAltman, shown: (x: number) => number) {
  const number = (x: number) => roundSignificant(shown(x));
  const ends = (interval: Ends) => interval && [number(interval.low), number(interval.high)];
  return {
    n: found.n,
    bias: number(found.bias),
    bias_interval: ends(found.biasInterval),
    sd: roundNumber(found.sd),
    limits: ends(found.limits),
    lower_limit_interval: ends(found.lowerInterval),
    upper_limit_interval: ends(found.upperInterval),
    slope: found.slope && { value: roundSignificant(found.slope.value), interval: pair(found.slope.interval) },
  };
}

function linJson(lin: Compared['agreement']['lin']) {
  if (lin === null) return null;
  return {
    concordance: roundSignificant(lin.concordance),
    interval: pair(lin.interval),
    pearson: roundSignificant(lin.pearson),
    c_b: roundSignificant(lin.biasCorrection),
    location_shift: roundSignificant(lin.locationShift),
    scale_shift: roundSignificant(lin.scaleShift),
  };
}

function passingBablokJson(line: Compared['agreement']['passingBablok']) {
  if (line === null) return null;
  return {
    slope: roundSignificant(line.slope),
    slope_interval: pair(line.slopeInterval),
    intercept: roundSignificant(line.intercept),
    intercept_interval: pair(line.interceptInterval),
  };
}

function demingJson(line: Compared['agreement']['deming']) {
  if (line === null) return null;
  return {
    slope: roundSignificant(line.slope),
    slope_interval: pair(line.slopeInterval),
    intercept: roundSignificant(line.intercept),
    intercept_se: roundNumber(line.interceptError),
  };
}

type Ends = { readonly low: number; readonly high: number } | null;

function pair(interval: Ends) {
  return interval && [roundSignificant(interval.low), roundSignificant(interval.high)];
}

function roundNumber(x: number | null): number | null {
  return x === null ? null : roundSignificant(x);
}

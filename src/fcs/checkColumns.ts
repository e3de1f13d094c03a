import { andMore, counted } from '../problems/index.ts';
import type { FcsParameter } from './fcsFile.ts';
import type { Findings } from './findings.ts';

/** What stored values of one parameter show, gathered block by block. */
export interface ColumnSurvey {
  notFiniteCount: number;
  /** Of finite values; ±Infinity where there is none. */
  min: number;
  max: number;
  negativeCount: number;
  /** Steps back from one event to the next. */
  descentCount: number;
  last: number;
}

export function emptySurvey(): ColumnSurvey {
  const min = Number.POSITIVE_INFINITY;
  const max = Number.NEGATIVE_INFINITY;
  return { notFiniteCount: 0, min, max, negativeCount: 0, descentCount: 0, last: max };
}

/** Adds the first `count` values of a column, which follow those that were added before. Changes `survey`. */
export function addToSurvey(survey: ColumnSurvey, column: Float64Array, count: number): void {
  let { notFiniteCount, min, max, negativeCount, descentCount, last } = survey;
  for (let i = 0; i < count; i++) {
    const value = column[i] as number;
    if (!Number.isFinite(value)) {
      notFiniteCount++;
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
    if (value < 0) negativeCount++;
    if (value < last) descentCount++;
    last = value;
  }
  Object.assign(survey, { notFiniteCount, min, max, negativeCount, descentCount, last });
}

/** The same of values that lie `width` apart, the first at `offset`. Changes `survey`. */
export function addRowsToSurvey(
  survey: ColumnSurvey,
  data: Float32Array,
  { offset, width, count }: { readonly offset: number; readonly width: number; readonly count: number },
  isTime: boolean,
): void {
  let { notFiniteCount, min, max, negativeCount, descentCount, last } = survey;
  const end = offset + count * width;
  for (let at = offset; at < end; at += width) {
    const value = data[at]!;
    // What is not finite less itself is no number.
    if (value - value !== 0) {
      notFiniteCount++;
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
    if (isTime) {
      if (value < 0) negativeCount++;
      if (value < last) descentCount++;
      last = value;
    }
  }
  Object.assign(survey, { notFiniteCount, min, max, negativeCount, descentCount, last });
}

/**
 * Reports what stands out in stored values: not finite, above $PnR, time that runs backwards or below zero. Nothing is
 * changed.
 * @param surveys one a parameter
 */
export function reportSurveys(
  parameters: readonly FcsParameter[],
  surveys: readonly ColumnSurvey[],
  findings: Findings,
): void {
  const notFinite: string[] = [];
  const notNumbers: string[] = [];
  const exceeding: string[] = [];
  for (const [c, parameter] of parameters.entries()) {
    const survey = surveys[c] as ColumnSurvey;
    if (survey.notFiniteCount > 0) {
      const named = `"${parameter.name}" (${counted(survey.notFiniteCount, 'event')})`;
      (parameter.dataType === 'A' ? notNumbers : notFinite).push(named);
    }
    const isFloat = parameter.dataType === 'F' || parameter.dataType === 'D';
    if (isFloat && parameter.range !== undefined && survey.max > parameter.range) {
      exceeding.push(`"${parameter.name}" (up to ${survey.max}, $PnR ${parameter.rangeText})`);
    }
    if (parameter.isTime) checkTime(parameter, survey, findings);
  }
  if (notFinite.length > 0) {
    findings.add('warning', 'fcs.data-not-finite', `values that are not finite: ${andMore(notFinite)}; they were kept`);
  }
  if (notNumbers.length > 0) {
    findings.add('error', 'fcs.data-not-numeric', `DATA is text, and holds what is no number: ${andMore(notNumbers)}`);
  }
  if (exceeding.length > 0) {
    findings.add('note', 'fcs.range-exceeded', `values above $PnR: ${andMore(exceeding)}; they were kept`);
  }
}

function checkTime(parameter: FcsParameter, survey: ColumnSurvey, findings: Findings): void {
  if (survey.negativeCount > 0) {
    const message = `"${parameter.name}" is below zero in ${counted(survey.negativeCount, 'event')}`;
    findings.add('warning', 'fcs.time-negative', message);
  }
  // The low word of a time kept in two wraps by design.
  if (survey.descentCount > 0 && !/lsw$/i.test(parameter.name)) {
    const message = `"${parameter.name}" steps back ${counted(survey.descentCount, 'time')}; nothing was put in order`;
    findings.add('warning', 'fcs.time-not-monotone', message);
  }
}

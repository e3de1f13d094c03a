import type { FcsParameter } from './fcsFile.ts';
import { type Findings, someOf } from './findings.ts';

/** What one pass over a column of stored values finds. */
interface Survey {
  readonly notFiniteCount: number;
  readonly max: number;
  readonly negativeCount: number;
  /** Steps back from one event to the next. */
  readonly descentCount: number;
}

/**
 * Reports what stands out in stored values: not finite, above $PnR, time that runs backwards or below zero. Nothing is
 * changed.
 */
export function checkColumns(
  parameters: readonly FcsParameter[],
  columns: readonly Float64Array[],
  findings: Findings,
): void {
  const notFinite: string[] = [];
  const notNumbers: string[] = [];
  const exceeding: string[] = [];
  for (const [c, parameter] of parameters.entries()) {
    const survey = surveyOf(columns[c] as Float64Array);
    if (survey.notFiniteCount > 0) {
      const named = `"${parameter.name}" (${survey.notFiniteCount} events)`;
      (parameter.dataType === 'A' ? notNumbers : notFinite).push(named);
    }
    const isFloat = parameter.dataType === 'F' || parameter.dataType === 'D';
    if (isFloat && parameter.range !== undefined && survey.max > parameter.range) {
      exceeding.push(`"${parameter.name}" (up to ${survey.max}, $PnR ${parameter.rangeText})`);
    }
    if (parameter.isTime) checkTime(parameter, survey, findings);
  }
  if (notFinite.length > 0) {
    findings.add('warning', 'fcs.data-not-finite', `values that are not finite: ${someOf(notFinite)}; they were kept`);
  }
  if (notNumbers.length > 0) {
    findings.add('error', 'fcs.data-not-numeric', `DATA is text, and holds what is no number: ${someOf(notNumbers)}`);
  }
  if (exceeding.length > 0) {
    findings.add('note', 'fcs.range-exceeded', `values above $PnR: ${someOf(exceeding)}; they were kept`);
  }
}

function surveyOf(column: Float64Array): Survey {
  let notFiniteCount = 0;
  let max = Number.NEGATIVE_INFINITY;
  let negativeCount = 0;
  let descentCount = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (!Number.isFinite(value)) {
      notFiniteCount++;
      continue;
    }
    if (value > max) max = value;
    if (value < 0) negativeCount++;
    if (value < last) descentCount++;
    last = value;
  }
  return { notFiniteCount, max, negativeCount, descentCount };
}

function checkTime(parameter: FcsParameter, survey: Survey, findings: Findings): void {
  if (survey.negativeCount > 0) {
    const message = `"${parameter.name}" is below zero in ${survey.negativeCount} events`;
    findings.add('warning', 'fcs.time-negative', message);
  }
  // The low word of a time kept in two wraps by design.
  if (survey.descentCount > 0 && !/lsw$/i.test(parameter.name)) {
    const message = `"${parameter.name}" steps back ${survey.descentCount} times; nothing was put in order`;
    findings.add('warning', 'fcs.time-not-monotone', message);
  }
}

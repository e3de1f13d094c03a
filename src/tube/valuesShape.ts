import { bisectLeft } from 'd3-array';
import type { FcsParameter } from '../fcs/index.ts';
import { sortedQuantile } from '../statistics/index.ts';
import { isFluorescence } from './fluorescence.ts';
import { isLinearised } from './storedValues.ts';

/** How the stored numbers of one channel lie, of the finite ones of a sample; says on which scale they may stand. */
export interface ValuesShape {
  /** $PnN. */
  readonly name: string;
  /** `linearised`: a log amplifier by the file's own words; `other`: scatter, pulse widths, event numbers. */
  readonly role: 'fluorescence' | 'linearised' | 'other';
  /** True for data that the file keeps as integers. */
  readonly isInteger: boolean;
  /** $PnR; null where it is no positive number. */
  readonly range: number | null;
  readonly count: number;
  readonly min: number;
  readonly q01: number;
  readonly q50: number;
  readonly q99: number;
  readonly max: number;
  /** Share below zero, 0-1. */
  readonly negatives: number;
  /** True where every number is whole. */
  readonly isWhole: boolean;
  /** Fourth moment over the squared second: 3 for a normal distribution; 0 where all are equal. */
  readonly kurtosis: number;
}

/** @param sorted stored numbers, not compensated, the finite ones ascending; @returns undefined where there is none, and for time */
export function valuesShape(parameter: FcsParameter, sorted: Float64Array): ValuesShape | undefined {
  const count = sorted.length;
  if (count === 0 || parameter.isTime) return undefined;
  const { name, range, dataType } = parameter;
  const at = (p: number): number => sortedQuantile(sorted, p) ?? 0;
  return {
    name,
    role: roleOf(parameter),
    isInteger: dataType === 'I',
    range: range !== undefined && Number.isFinite(range) && range > 0 ? range : null,
    count,
    min: sorted[0]!,
    q01: at(0.01),
    q50: at(0.5),
    q99: at(0.99),
    max: sorted[count - 1]!,
    negatives: bisectLeft(sorted, 0) / count,
    isWhole: sorted.every(Number.isInteger),
    kurtosis: kurtosisOf(sorted),
  };
}

function roleOf(parameter: FcsParameter): ValuesShape['role'] {
  if (!isFluorescence(parameter)) return 'other';
  return isLinearised(parameter) ? 'linearised' : 'fluorescence';
}

function kurtosisOf(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let second = 0;
  let fourth = 0;
  for (const value of values) {
    const square = (value - mean) ** 2;
    second += square / values.length;
    fourth += square ** 2 / values.length;
  }
  return second > 0 ? fourth / second ** 2 : 0;
}

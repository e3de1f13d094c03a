import { mean, twoErrors } from './figures.ts';

/** A markdown table; cells are words already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** Mean and worst of values of which more is better; "–" of none. */
export function meanAndWorst(values: readonly number[], digits = 3): string {
  if (values.length === 0) return '–';
  return `${mean(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)})`;
}

/** Geometric mean of ratios, with the factor that two standard errors of its logarithm make. */
export interface MeanRatio {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly most: number;
  readonly count: number;
}

export function meanRatio(ratios: readonly number[]): MeanRatio | undefined {
  if (ratios.length === 0) return undefined;
  const logs = ratios.map(Math.log);
  const [centre, error] = [mean(logs), ratios.length > 1 ? twoErrors(logs) : 0];
  return {
    mean: Math.exp(centre),
    low: Math.exp(centre - error),
    high: Math.exp(centre + error),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    count: ratios.length,
  };
}

export function ratioWords(ratio: MeanRatio | undefined): string {
  if (!ratio) return '–';
  const { mean: centre, low, high, least, most, count } = ratio;
  if (count === 1) return `${centre.toFixed(3)}, one cohort`;
  return `${centre.toFixed(3)} [${low.toFixed(3)}–${high.toFixed(3)}], cohorts ${least.toFixed(2)}–${most.toFixed(2)}`;
}

/** "yes" or "**no**", so that a miss is seen. */
export function isMet(met: boolean | undefined): string {
  if (met === undefined) return 'not measured';
  return met ? 'yes' : '**no**';
}

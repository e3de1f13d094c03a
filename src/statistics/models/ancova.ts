import { studentQuantile, studentTwoSided } from '../distributions/studentT.ts';
import { mean } from '../moments.ts';
import { dot, inverted, times } from './smallMatrix.ts';

export interface Ancova {
  readonly status: 'ok';
  /** Of the second group against the first, at the same baseline, on the scale of the values. */
  readonly effect: number;
  readonly se: number;
  readonly df: number;
  readonly t: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
  /** Change of the later value per unit of baseline. */
  readonly slope: number;
}

export interface NoAncova {
  readonly status: 'not_estimable';
  readonly reason: 'empty_group' | 'no_residual_df' | 'constant' | 'sd_zero';
}

/**
 * Analysis of covariance: later ~ baseline + group by least squares, baseline centred, t with N − 3 degrees of freedom
 * (Fisher 1932; Vickers & Altman 2001).
 * @param groups 0 for the first group, 1 for the second
 * @param tolerance a residual standard deviation at or below it is none
 */
export function ancova(
  columns: {
    readonly baseline: readonly number[];
    readonly later: readonly number[];
    readonly groups: readonly (0 | 1)[];
  },
  level: number,
  tolerance: number,
): Ancova | NoAncova {
  const { baseline, later, groups } = columns;
  const df = later.length - 3;
  if (!groups.includes(0) || !groups.includes(1)) return { status: 'not_estimable', reason: 'empty_group' };
  if (df < 1) return { status: 'not_estimable', reason: 'no_residual_df' };
  const centre = mean(baseline);
  const rows = baseline.map((value, i) => [1, value - centre, groups[i]!]);
  const cross = [0, 1, 2].map((a) => [0, 1, 2].map((b) => rows.reduce((sum, row) => sum + row[a]! * row[b]!, 0)));
  const solved = inverted(cross);
  if (!solved) return { status: 'not_estimable', reason: 'constant' };
  const { inverse } = solved;
  const right = [0, 1, 2].map((a) => rows.reduce((sum, row, i) => sum + row[a]! * later[i]!, 0));
  const beta = times(inverse, right);
  const residual = rows.reduce((sum, row, i) => sum + (later[i]! - dot(row, beta)) ** 2, 0) / df;
  if (Math.sqrt(residual) <= tolerance) return { status: 'not_estimable', reason: 'sd_zero' };
  const [effect, se] = [beta[2]!, Math.sqrt(residual * inverse[2]![2]!)];
  const reach = studentQuantile(1 - (1 - level) / 2, df) * se;
  const t = effect / se;
  const slope = beta[1]!;
  return {
    status: 'ok',
    effect,
    se,
    df,
    t,
    p: studentTwoSided(t, df),
    low: effect - reach,
    high: effect + reach,
    slope,
  };
}

import { type Comparison, unitOf } from '../analysis/index.ts';
import { isRatioScale } from '../statistics/index.ts';
import { levelText, noValue, numberText, pointsWithInterval, ratioWithInterval } from './displayNumbers.ts';
import { ends } from './effectBar.ts';
import { type Html, html } from './html.ts';
import { endpointParts } from './populationName.ts';

/** The effect in the words of its scale, with its interval and the level that it reaches. */
export function effectText(row: Comparison): Html {
  const words = effectWords(row);
  if (words === undefined) return html`${noValue}`;
  const at = words.level === '' ? null : html` <span class="level">${words.level}</span>`;
  return html`<span class="effect">${words.effect}</span>${at}${points(row)}`;
}

/**
 * `×2.07 [1.35, 2.94]`, and the level that its interval reaches; empty without an interval.
 * @returns undefined where there is no estimate
 */
export function effectWords(row: Comparison): { readonly effect: string; readonly level: string } | undefined {
  if (row.estimate === null) return undefined;
  const { low, high } = ends(row);
  const level = row.question === 'equivalence' && row.tost_ci_level !== null ? row.tost_ci_level : row.ci_level;
  const isOpen = low === null && high === null;
  return { effect: onScale(row, row.estimate, low, high), level: isOpen ? '' : levelText(level) };
}

/** The margins in the same unit as the effect; empty without margins. */
export function marginText(row: Comparison): string {
  const { margin_low: low, margin_high: high } = row;
  if (low === null || high === null) return '';
  const value = (x: number): string => numberText(!isRatioScale(row.scale) ? x : Math.exp(x));
  const unit = { percent: 'points', logit: 'odds ratio' }[row.scale ?? ''] ?? 'ratio';
  return `${value(low)} to ${value(high)} (${unit})`;
}

function onScale(row: Comparison, estimate: number, low: number | null, high: number | null): string {
  if (!isRatioScale(row.scale)) {
    const unit = unitText(row);
    return `${pointsWithInterval(estimate, low, high)} ${unit}`;
  }
  const exp = (x: number | null): number | null => (x === null ? null : Math.exp(x));
  const text = ratioWithInterval(Math.exp(estimate), exp(low), exp(high));
  return row.scale === 'logit' ? `odds ratio ${text}` : text;
}

/** Of a difference: what it is a difference of. */
function unitText({ endpoint, scale }: Comparison): string {
  if (scale === 'arcsinh') return 'arcsinh units';
  const unit = unitOf(endpointParts(endpoint ?? '').measure);
  return unit === 'percentage points' ? 'points' : unit;
}

/** Beside a ratio, the same change in percentage points: how large it is, not only by what factor. */
function points(row: Comparison): Html | null {
  if (!isRatioScale(row.scale) || row.diff_points === null) return null;
  const text = pointsWithInterval(row.diff_points, row.diff_low, row.diff_high);
  return html`<br><span class="minor">${text} points</span>`;
}

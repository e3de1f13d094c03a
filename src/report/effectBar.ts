import type { Comparison } from '../analysis/index.ts';
import { type Html, html } from './html.ts';

const width = 132;
const height = 30;

/** How far the axis of a family's bars reaches to either side of "the same", on the scale of the estimates. */
export function barReach(rows: readonly Comparison[]): number {
  const sizes = rows.flatMap((row) => {
    const { low, high } = ends(row);
    return [row.estimate, low, high, row.margin_low, row.margin_high].map((x) => (x === null ? 0 : Math.abs(x)));
  });
  return 1.08 * Math.max(0, ...sizes);
}

/**
 * The estimate with its interval on one axis, the line of no change in the middle and the margins as a band. The numbers
 * stand in the same row, so the picture is hidden from readers of the text.
 * @param reach half the width of the axis, on the scale of the estimate
 */
export function effectBar(row: Comparison, reach: number): Html | null {
  if (row.estimate === null || reach === 0) return null;
  const x = (value: number): number =>
    Math.round((width / 2) * (1 + Math.max(-1, Math.min(1, value / reach))) * 10) / 10;
  const { low, high } = ends(row);
  const { margin_low, margin_high } = row;
  const band =
    margin_low === null || margin_high === null
      ? null
      : html`<rect class="margins" x="${x(margin_low)}" y="3" width="${round(x(margin_high) - x(margin_low))}" height="24"/>`;
  const whisker =
    low === null && high === null
      ? null
      : html`<path class="whisker" d="M${x(low ?? -reach)} 15H${x(high ?? reach)}"/>`;
  return html`<svg class="bar" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${band}
<path class="none" d="M${width / 2} 0V${height}"/>${whisker}<circle class="point" cx="${x(row.estimate)}" cy="15" r="4"/></svg>`;
}

/** The interval that belongs to the question: for equivalence that of the two one-sided tests. */
export function ends(row: Comparison): { readonly low: number | null; readonly high: number | null } {
  if (row.question === 'equivalence') return { low: row.tost_ci_low, high: row.tost_ci_high };
  return { low: row.ci_low, high: row.ci_high };
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}

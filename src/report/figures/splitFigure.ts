import { ticks } from 'd3-array';
import type { Pair } from '../../analysis/index.ts';
import { html } from '../html.ts';
import { at, fitted, ink, paper } from './paper.ts';

const moves = [
  { key: 'cells_moved', fill: '#00677a', word: 'cells moved' },
  { key: 'gate_moved', fill: '#d4781f', word: 'gate moved' },
] as const;

const rowHeight = 11;
const [left, right, top] = [52, 230, 30] as const;

/**
 * Each patient's change in percentage points, split in what the cells did under one gate and what the gate's own move did.
 * @returns undefined where no pair was split
 */
export function splitFigure(
  title: string,
  pairs: readonly Pair[],
  numberOf: (subject: string) => number,
): string | undefined {
  const rows = pairs.flatMap(({ subject, cells_moved, gate_moved }) =>
    cells_moved === null || gate_moved === null ? [] : [{ subject: subject ?? '', cells_moved, gate_moved }],
  );
  if (rows.length === 0) return undefined;
  const values = [0, ...rows.flatMap((row) => [row.cells_moved, row.gate_moved])];
  const axis = ticks(Math.min(...values), Math.max(...values), 5);
  const [low, high] = [Math.min(...values, ...axis), Math.max(...values, ...axis)];
  const x = (points: number): number => at(left + ((points - low) / (high - low || 1)) * (right - left));
  const bottom = top + rows.length * rowHeight;
  const bars = rows.map((row, i) => {
    const y = top + i * rowHeight;
    const own = moves.map(({ key, fill }, b) => {
      const [from, to] = [Math.min(x(0), x(row[key])), Math.max(x(0), x(row[key]))];
      return html`<rect x="${from}" y="${at(y + 1.5 + b * 4)}" width="${at(to - from)}" height="3.4" fill="${fill}"/>`;
    });
    return html`<g class="row" data-s="${numberOf(row.subject)}"><text x="${left - 4}" y="${at(y + 7.5)}" text-anchor="end" fill="${ink.text}">${fitted(row.subject, left - 6)}</text>${own}</g>`;
  });
  const marks = axis.map(
    (value) =>
      html`<path class="f-tick" d="M${x(value)} ${bottom}v2.5" stroke="${ink.soft}" stroke-width=".6"/><text x="${x(value)}" y="${at(bottom + 10)}" text-anchor="middle">${String(value).replace('-', '−')}</text>`,
  );
  const legend = moves.map(
    ({ fill, word }, i) =>
      html`<rect x="${4 + i * 70}" y="16" width="8" height="5" fill="${fill}"/><text x="${15 + i * 70}" y="21" fill="${ink.soft}">${word}</text>`,
  );
  const height = bottom + 22;
  const body = html`<text class="f-title" x="4" y="9.5" font-size="8.5" font-weight="bold" fill="${ink.text}">${fitted(`${title}: cells or gate`, 233, 8.5)}</text>
<g class="f-legend">${legend}<text x="144" y="21" fill="${ink.soft}">n = ${rows.length} pairs</text></g>${bars}<g class="f-axis" fill="${ink.soft}"><path d="M${left} ${bottom}H${right}" stroke="${ink.soft}" stroke-width=".6"/><path class="f-tick" d="M${x(0)} ${top}V${bottom}" stroke="${ink.quiet}" stroke-width=".6"/>${marks}
<text x="${right}" y="${at(bottom + 19)}" text-anchor="end">change in percentage points</text></g>`;
  return paper(
    { width: 241, height },
    `${title}: change of each patient, split in cells moved and gate moved, ${rows.length} patients`,
    body,
    'fig split',
  );
}

import { ticks } from 'd3-array';
import type { ProfileEffect } from '../../analysis/index.ts';
import { pText } from '../displayNumbers.ts';
import { html } from '../html.ts';
import { at, fitted, ink, paper } from './paper.ts';
import { type Area, valueAxis } from './plotFrame.ts';
import { valueScale } from './valueScale.ts';

const area: Area = { left: 34, right: 228, top: 44, bottom: 140 };

/**
 * The effect over every border along a ridge with its interval, the border that was chosen marked: an effect that is there
 * wherever the border is drawn does not hang on the gate.
 * @returns undefined where no ridge was followed
 */
export function borderFigure(title: string, effects: readonly ProfileEffect[]): string | undefined {
  const rows = effects.flatMap(({ analysis, border, ratio, estimate, ci_low, ci_high, is_chosen }) => {
    if (analysis !== 'border' || border === null || ratio === null || estimate === null) return [];
    const [low, high] = [ci_low === null ? ratio : Math.exp(ci_low), ci_high === null ? ratio : Math.exp(ci_high)];
    return [{ border, ratio, low, high, isChosen: is_chosen === true }];
  });
  const [first] = rows;
  if (first === undefined || rows.length < 2) return undefined;
  const scale = valueScale([1, ...rows.flatMap(({ low, high }) => [low, high])], true);
  const [from, to] = [Math.min(...rows.map(({ border }) => border)), Math.max(...rows.map(({ border }) => border))];
  const x = (border: number): number =>
    at(area.left + 4 + ((border - from) / (to - from)) * (area.right - area.left - 8));
  const y = (ratio: number): number => at(area.bottom - scale.place(ratio) * (area.bottom - area.top));
  const whiskers = rows.map(({ border, low, high }) => html`<path d="M${x(border)} ${y(low)}V${y(high)}"/>`);
  const line = rows.map(({ border, ratio }, i) => `${i === 0 ? 'M' : 'L'}${x(border)} ${y(ratio)}`).join('');
  const chosen = rows.flatMap(({ border, ratio, isChosen }) =>
    isChosen
      ? [
          html`<path class="chosen" d="M${x(border)} ${area.top}V${area.bottom}" stroke="#d4781f" stroke-width=".8" stroke-dasharray="3 2"/><circle class="dot" cx="${x(border)}" cy="${y(ratio)}" r="2.6" fill="#d4781f"/>`,
        ]
      : [],
  );
  const marks = ticks(from, to, 5).map(
    (value) =>
      html`<path class="f-tick" d="M${x(value)} ${area.bottom}v2.5" stroke="${ink.soft}" stroke-width=".6"/><text x="${x(value)}" y="${at(area.bottom + 9.5)}" text-anchor="middle">${String(value).replace('-', '−')}</text>`,
  );
  const body = html`<text class="f-title" x="4" y="9.5" font-size="8.5" font-weight="bold" fill="${ink.text}">${fitted(`${title}: the effect over every border`, 233, 8.5)}</text>
<text class="f-facts" x="4" y="18" fill="${ink.soft}">bars: intervals; orange, dashed: the border that was chosen</text><text class="f-facts" x="4" y="25.6" fill="${ink.soft}">${factsOf(effects)}</text>${valueAxis(area, scale, 'ratio, logarithmic')}
<path class="f-none" d="M${area.left} ${y(1)}H${area.right}" stroke="${ink.text}" stroke-width=".8"/><g class="whiskers" stroke="${ink.quiet}" stroke-width="2" stroke-opacity=".7">${whiskers}</g>
<path class="curve" d="${line}" fill="none" stroke="#00677a" stroke-width="1.3"/>${chosen}<g class="f-axis" fill="${ink.soft}"><path d="M${area.left} ${area.bottom}H${area.right}" stroke="${ink.soft}" stroke-width=".6"/>${marks}
<text x="${area.right}" y="${area.bottom + 18}" text-anchor="end">border along the ridge (u from the core)</text></g>`;
  return paper(
    { width: 241, height: 166 },
    `${title}: ratio at ${rows.length} borders along the ridge`,
    body,
    'fig border',
  );
}

/** Of how many pairs, and whether the effect is there at any border, each border having its say. */
function factsOf(effects: readonly ProfileEffect[]): string {
  const any = effects.find(({ analysis }) => analysis === 'any_border');
  const pairs = (any ?? effects[0])?.n_pairs ?? null;
  const n = pairs === null ? '' : `n = ${pairs} pairs`;
  const p = any?.p ?? null;
  return p === null ? n : `${n}; at any border p ${p < 0.0001 ? '' : '= '}${pText(p)} (maxT)`;
}

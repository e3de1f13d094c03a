import { type Html, html } from '../html.ts';
import { at, ink, textWidth } from './paper.ts';
import type { Plane } from './patientLines.ts';
import type { ValueScale } from './valueScale.ts';

/** Where the axes of a figure lie, in points. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Axis of values with its lines and its name above. */
export function valueAxis({ left, right, top, bottom }: Area, scale: ValueScale, name: string): Html {
  const lines = scale.ticks.map(({ value, label }) => {
    const y = at(bottom - scale.place(value) * (bottom - top));
    const words =
      label === '' ? null : html`<text x="${left - 4}" y="${at(y + 2.4)}" text-anchor="end">${label}</text>`;
    const line = label === '' ? null : html`<path d="M${left} ${y}H${right}" stroke="${ink.rule}" stroke-width=".4"/>`;
    return html`${line}<path class="f-tick" d="M${left} ${y}h-${label === '' ? 1.5 : 2.5}" stroke="${ink.soft}" stroke-width=".6"/>${words}`;
  });
  return html`<g class="f-axis" fill="${ink.soft}">${lines}<path d="M${left} ${top}V${bottom}" stroke="${ink.soft}" stroke-width=".6" fill="none"/>
<text class="f-named" x="${left - 26}" y="${top - 5}">${name}</text></g>`;
}

/** Axis of visits; names that would touch stand on two lines. */
export function visitAxis({ left, right, bottom }: Area, plane: Plane, visits: readonly string[], note: string): Html {
  let isLow = false;
  let end = Number.NEGATIVE_INFINITY;
  const marks = visits.map((visit) => {
    const x = plane.x(visit);
    const half = textWidth(visit) / 2;
    isLow = x - half < end + 2 ? !isLow : false;
    end = x + half;
    return html`<path class="f-tick" d="M${at(x)} ${bottom}v2.5" stroke="${ink.soft}" stroke-width=".6"/><text x="${at(x)}" y="${bottom + (isLow ? 16.5 : 9.5)}" text-anchor="middle">${visit}</text>`;
  });
  const words =
    note === '' ? null : html`<text class="f-named" x="${right}" y="${bottom + 16.5}" text-anchor="end">${note}</text>`;
  return html`<g class="f-axis" fill="${ink.soft}"><path d="M${left} ${bottom}H${right}" stroke="${ink.soft}" stroke-width=".6" fill="none"/>${marks}${words}</g>`;
}

import type { VisitRow } from '../analysis/index.ts';
import { isRatioScale } from '../statistics/index.ts';
import {
  countText,
  levelText,
  percentText,
  percentWithInterval,
  pointsWithInterval,
  pText,
  ratioWithInterval,
} from './displayNumbers.ts';
import { gateLink } from './gateLink.ts';
import { type Html, html, trusted } from './html.ts';
import { pairedFigures } from './pairedLines.ts';
import { patientList, saveButtons } from './patientList.ts';
import { breakable, endpointParts, lastName, measureText, panelText } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';
import { valueMatrix } from './valueMatrix.ts';

/** The courses of the endpoints over all visits: a figure each, and the numbers of visits.csv in a fold below it. */
export function coursesSection(input: ReportInput): Section | undefined {
  const figures = pairedFigures(input);
  if (figures.length === 0) return undefined;
  const cards = figures.map(({ endpoint, panel, svg, fileName, further }) => {
    const { population, measure } = endpointParts(endpoint);
    const own = input.visitRows.filter((row) => row.endpoint === endpoint && row.panel === panel);
    const rows = own.filter((row) => row.family === own[0]?.family);
    return html`<figure class="course-card">${trusted(svg)}<figcaption class="path">${breakable(population)}, ${measureText(measure)}${panelText(panel)}${gateLink(input, population)}${saveButtons(fileName)}</figcaption>${further.map(({ svg: more, fileName: name }) => html`<figure class="further">${trusted(more)}<figcaption class="path">${saveButtons(name)}</figcaption></figure>`)}${valueMatrix(input, { endpoint, panel })}${visitTable(rows, lastName(population))}</figure>`;
  });
  const legend = html`<p class="legend">One line a patient: <span class="key up"></span> up in the comparison, <span class="key down"></span> down (dashed, triangles),
<span class="key other"></span> level, or dotted without a pair. The band marks the compared visits, grey bars the medians. A thin dotted bridge leads over a visit without a
usable value. On a logarithmic axis a zero is a hollow mark on the floor. The values are those that were analysed.</p>`;
  return {
    id: 'courses',
    title: 'Courses',
    body: html`${legend}${patientList(input)}<div class="courses">${cards}</div>`,
  };
}

/** Both views of the visits side by side: pair by pair, and the mixed model over all of them. */
function visitTable(rows: readonly VisitRow[], name: string): Html | null {
  if (rows.length === 0) return null;
  const table = html`<table><thead><tr><th scope="col">Visit</th><th scope="col">n</th><th scope="col">Median % [quartiles]</th>
<th scope="col">Pairs</th><th scope="col">Against the first visit, pairs</th><th scope="col">p</th><th scope="col">p, Holm over visits</th>
<th scope="col">Against the first visit, mixed model</th><th scope="col">p of the model</th><th scope="col">p of the model, Holm over visits</th></tr></thead>
<tbody>${rows.map(visitHtml)}</tbody></table>`;
  return html`<details><summary>Numbers by visit</summary>${scrollingTable(`Numbers by visit of ${name}`, table)}</details>`;
}

function visitHtml(row: VisitRow): Html {
  const { scale, hl, hl_low, hl_high, lmm_estimate, lmm_low, lmm_high } = row;
  const level = hl_low === null || row.hl_level === null ? '' : `, ${levelText(row.hl_level)}`;
  const flag =
    row.lmm_flag === null || row.lmm_flag === ''
      ? null
      : html`<br><span class="minor">${row.lmm_flag.replaceAll('_', ' ')}</span>`;
  return html`<tr><th scope="row">${row.visit ?? ''}</th><td>${countText(row.n)} of ${countText(row.n_planned)}</td>
<td>${row.median_pct === null ? percentText(null) : percentWithInterval(row.median_pct, row.q1_pct, row.q3_pct)}</td>
<td>${countText(row.n_pairs)}</td><td>${onScale(scale, hl, [hl_low, hl_high])}${level}</td><td>${pText(row.p)}</td><td>${pText(row.p_adj)}</td>
<td>${onScale(scale, lmm_estimate, [lmm_low, lmm_high])}${flag}</td><td>${pText(row.lmm_p)}</td><td>${pText(row.lmm_p_adj)}</td></tr>`;
}

type Ends = readonly [low: number | null, high: number | null];

/** An estimate with its interval in the words of its scale. */
function onScale(scale: string | null, estimate: number | null, [low, high]: Ends): string {
  if (estimate === null) return percentText(null);
  if (!isRatioScale(scale)) return `${pointsWithInterval(estimate, low, high)} points`;
  const exp = (x: number | null): number | null => (x === null ? null : Math.exp(x));
  const unit = scale === 'logit' ? 'odds ratio ' : '';
  return `${unit}${ratioWithInterval(Math.exp(estimate), exp(low), exp(high))}`;
}

import type { SiblingRow } from '../frequencies/index.ts';
import { countText, noValue, numberText, percentText } from './displayNumbers.ts';
import { type Html, html } from './html.ts';
import { endpointParts, lastName, measureText, panelText } from './populationName.ts';
import { scrollingTable } from './sections.ts';

/** What else moved where the primary endpoints moved: other denominators, cells/µL, the other parts of the same parent. */
export function siblingsTable(rows: readonly SiblingRow[], family: string): Html | null {
  const own = rows.filter((row) => row.family === family);
  if (own.length === 0) return null;
  const heads = new Map(own.map((row) => [`${row.endpoint}\n${row.panel}`, row]));
  const bodies = [...heads.values()].map(({ endpoint, panel }) => {
    const { population, measure } = endpointParts(endpoint);
    const head = html`<tr><th scope="rowgroup" colspan="5" title="${population}">Beside ${lastName(population)}, ${measureText(measure)}${panelText(panel)}</th></tr>`;
    const rows = own.filter((row) => row.endpoint === endpoint && row.panel === panel);
    return html`<tbody>${head}${rows.map(rowHtml)}</tbody>`;
  });
  const [first] = own;
  const table = html`<table><thead><tr><th scope="col">Population</th><th scope="col">Measure</th><th scope="col">Pairs</th>
<th scope="col">Up / down</th><th scope="col">Median <span class="minor">${first?.visit_from ?? ''} → ${first?.visit_to ?? ''}, median ratio</span></th></tr></thead>${bodies}</table>`;
  return html`<details><summary>What else moved: other measures of the endpoints, and the other parts of their parent</summary>
<p class="legend">A share of a closed sum rises when another part falls. Described, not tested; the numbers in full stand in siblings.csv.</p>
${scrollingTable(`Other measures and siblings of family ${family}`, table)}</details>`;
}

function rowHtml(row: SiblingRow): Html {
  const text = row.measure === 'cells_per_ul' ? numberText : percentText;
  const ratio = row.median_ratio === null ? noValue : `×${row.median_ratio.toFixed(2)}`;
  return html`<tr><th scope="row" title="${row.population}">${lastName(row.population)}</th><td>${measureText(row.measure)}</td>
<td>${countText(row.n_pairs)}</td><td>${countText(row.n_up)} / ${countText(row.n_down)}</td>
<td>${text(row.median_from)} → ${text(row.median_to)} <span class="minor">${ratio}</span></td></tr>`;
}
